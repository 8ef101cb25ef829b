/** The joins that decide whether a row is mock, and the flags that they bring. A row follows the rows that it belongs to. */

export const account = { table: 'public.client_accounts', by: 'client_account_id' } as const;
export const user = { table: 'public.users', by: 'user_id' } as const;

/** The account and the engagement of a row, and the account of that engagement. */
export const tenancy = {
  account,
  engagement: { table: 'public.engagements', by: 'engagement_id' },
  owner: { table: 'public.client_accounts', by: 'engagement.client_account_id' },
} as const;
export const tenancyFlags = ['account.is_mock', 'engagement.is_mock', 'owner.is_mock'] as const;

/** The discovery flow of a row's master flow, which the row names by its key. */
const master = { table: 'public.crewai_flow_state_extensions', by: 'master_flow_id' } as const;
export const masterFlow = {
  master,
  masterFlow: { table: 'public.discovery_flows', by: 'master.discovery_flow_id' },
} as const;

/** The import of a row, with its tenancy and its flow. */
export const imports = {
  imported: { table: 'public.data_imports', by: 'data_import_id' },
  importAccount: { table: 'public.client_accounts', by: 'imported.client_account_id' },
  importEngagement: { table: 'public.engagements', by: 'imported.engagement_id' },
  importOwner: { table: 'public.client_accounts', by: 'importEngagement.client_account_id' },
  importMaster: { table: 'public.crewai_flow_state_extensions', by: 'imported.master_flow_id' },
  importFlow: { table: 'public.discovery_flows', by: 'importMaster.discovery_flow_id' },
} as const;
export const importFlags = [
  'imported.is_mock',
  'importAccount.is_mock',
  'importEngagement.is_mock',
  'importOwner.is_mock',
  'importFlow.is_mock',
] as const;

/** The v3 import of a row, with its tenancy. */
export const v3Imports = {
  v3: { table: 'public.v3_data_imports', by: 'data_import_id' },
  v3Account: { table: 'public.client_accounts', by: 'v3.client_account_id' },
  v3Engagement: { table: 'public.engagements', by: 'v3.engagement_id' },
  v3Owner: { table: 'public.client_accounts', by: 'v3Engagement.client_account_id' },
} as const;
export const v3ImportFlags = ['v3Account.is_mock', 'v3Engagement.is_mock', 'v3Owner.is_mock'] as const;

/** The asset of a row, with its tenancy and its flow. */
export const assetJoins = {
  asset: { table: 'public.assets', by: 'asset_id' },
  assetAccount: { table: 'public.client_accounts', by: 'asset.client_account_id' },
  assetEngagement: { table: 'public.engagements', by: 'asset.engagement_id' },
  assetOwner: { table: 'public.client_accounts', by: 'assetEngagement.client_account_id' },
  assetFlow: { table: 'public.discovery_flows', by: 'asset.discovery_flow_id' },
} as const;
export const assetFlags = [
  'asset.is_mock',
  'assetAccount.is_mock',
  'assetEngagement.is_mock',
  'assetOwner.is_mock',
  'assetFlow.is_mock',
] as const;
