import type { Relation } from '../../public/index.ts';

// Reasons.
const declared = 'declared by both schemas';
const named = 'implied by the column name in the old schema, declared by the new one';
const merged = 'the parent is merged into the table without the prefix and keeps its id';
const rekeyed = 'the old schema refers to the key of the master flow, the new one to its flow id';
const unenforced = 'the new schema has the column without a foreign key';
const tenanted =
  'the new schema has the column without a foreign key; nobody would see a row without a tenant, so it is rejected';
const reversed = 'in the new schema flows refer to their master flow, and no longer the reverse';
const asText = 'the column is text in the new schema';
const gone = 'the new schema has no column for this reference';

interface Side {
  readonly child: string;
  readonly columns: readonly string[];
  readonly parent: string;
  readonly parentColumns: readonly string[];
}

function enforced(source: string, target: string, why: string): Relation {
  return { ...sideOf(source), decision: 'foreign-key', none: [], target: sideOf(target), why };
}

function checked(source: string, target: string, why: string): Relation {
  return { ...sideOf(source), decision: 'lookup', none: [], target: sideOf(target), why };
}

function unrelated(source: string, why: string): Relation {
  return { ...sideOf(source), decision: 'none', none: [], why };
}

/** Reads `public.assets(engagement_id) > public.engagements(id)`. */
function sideOf(text: string): Side {
  const match = /^(\S+)\((.+)\) > (\S+)\((.+)\)$/.exec(text);
  if (match === null) throw new Error(`not a relation: ${text}`);
  const [, child, column, parent, parentColumn] = match as unknown as [string, string, string, string, string];
  return { child, columns: [column], parent, parentColumns: [parentColumn] };
}

/** The decision on every relation of the migrated tables. Each line has the source side first, then the target side. */
// biome-ignore format: one relation a line
export const relations: readonly Relation[] = [
  checked('public.client_accounts(created_by) > public.users(id)', 'client_accounts(created_by) > users(id)', unenforced),
  enforced('public.engagements(client_account_id) > public.client_accounts(id)', 'engagements(client_account_id) > client_accounts(id)', declared),
  enforced('public.engagements(engagement_lead_id) > public.users(id)', 'engagements(engagement_lead_id) > users(id)', declared),
  checked('public.engagements(created_by) > public.users(id)', 'engagements(created_by) > users(id)', unenforced),
  enforced('public.users(default_client_id) > public.client_accounts(id)', 'users(default_client_id) > client_accounts(id)', declared),
  checked('public.users(default_engagement_id) > public.engagements(id)', 'users(default_engagement_id) > engagements(id)', unenforced),
  enforced('public.user_profiles(user_id) > public.users(id)', 'user_profiles(user_id) > users(id)', declared),
  enforced('public.user_profiles(approved_by) > public.users(id)', 'user_profiles(approved_by) > users(id)', declared),
  enforced('public.user_roles(user_id) > public.users(id)', 'user_roles(user_id) > users(id)', declared),
  enforced('public.user_roles(scope_client_id) > public.client_accounts(id)', 'user_roles(scope_client_id) > client_accounts(id)', declared),
  enforced('public.user_roles(scope_engagement_id) > public.engagements(id)', 'user_roles(scope_engagement_id) > engagements(id)', declared),
  enforced('public.user_roles(assigned_by) > public.users(id)', 'user_roles(assigned_by) > users(id)', declared),
  enforced('public.user_account_associations(user_id) > public.users(id)', 'user_account_associations(user_id) > users(id)', declared),
  enforced('public.user_account_associations(client_account_id) > public.client_accounts(id)', 'user_account_associations(client_account_id) > client_accounts(id)', declared),
  enforced('public.user_account_associations(created_by) > public.users(id)', 'user_account_associations(created_by) > users(id)', declared),
  enforced('public.client_access(user_profile_id) > public.user_profiles(user_id)', 'client_access(user_profile_id) > user_profiles(user_id)', declared),
  enforced('public.client_access(client_account_id) > public.client_accounts(id)', 'client_access(client_account_id) > client_accounts(id)', declared),
  enforced('public.client_access(granted_by) > public.users(id)', 'client_access(granted_by) > users(id)', declared),
  enforced('public.engagement_access(user_profile_id) > public.user_profiles(user_id)', 'engagement_access(user_profile_id) > user_profiles(user_id)', declared),
  enforced('public.engagement_access(engagement_id) > public.engagements(id)', 'engagement_access(engagement_id) > engagements(id)', declared),
  enforced('public.engagement_access(granted_by) > public.users(id)', 'engagement_access(granted_by) > users(id)', declared),
  unrelated('public.crewai_flow_state_extensions(discovery_flow_id) > public.discovery_flows(id)', reversed),
  checked('public.discovery_flows(client_account_id) > public.client_accounts(id)', 'discovery_flows(client_account_id) > client_accounts(id)', tenanted),
  checked('public.discovery_flows(engagement_id) > public.engagements(id)', 'discovery_flows(engagement_id) > engagements(id)', unenforced),
  enforced('public.discovery_flows(data_import_id) > public.data_imports(id)', 'discovery_flows(data_import_id) > data_imports(id)', named),
  enforced('public.discovery_flows(master_flow_id) > public.crewai_flow_state_extensions(flow_id)', 'discovery_flows(master_flow_id) > crewai_flow_state_extensions(flow_id)', declared),
  checked('public.v3_discovery_flows(client_account_id) > public.client_accounts(id)', 'discovery_flows(client_account_id) > client_accounts(id)', tenanted),
  checked('public.v3_discovery_flows(engagement_id) > public.engagements(id)', 'discovery_flows(engagement_id) > engagements(id)', unenforced),
  enforced('public.v3_discovery_flows(data_import_id) > public.v3_data_imports(id)', 'discovery_flows(data_import_id) > data_imports(id)', merged),
  enforced('public.data_imports(client_account_id) > public.client_accounts(id)', 'data_imports(client_account_id) > client_accounts(id)', declared),
  enforced('public.data_imports(engagement_id) > public.engagements(id)', 'data_imports(engagement_id) > engagements(id)', declared),
  enforced('public.data_imports(imported_by) > public.users(id)', 'data_imports(imported_by) > users(id)', declared),
  enforced('public.data_imports(master_flow_id) > public.crewai_flow_state_extensions(id)', 'data_imports(master_flow_id) > crewai_flow_state_extensions(flow_id)', rekeyed),
  enforced('public.v3_data_imports(client_account_id) > public.client_accounts(id)', 'data_imports(client_account_id) > client_accounts(id)', named),
  enforced('public.v3_data_imports(engagement_id) > public.engagements(id)', 'data_imports(engagement_id) > engagements(id)', named),
  enforced('public.raw_import_records(data_import_id) > public.data_imports(id)', 'raw_import_records(data_import_id) > data_imports(id)', declared),
  enforced('public.raw_import_records(client_account_id) > public.client_accounts(id)', 'raw_import_records(client_account_id) > client_accounts(id)', declared),
  enforced('public.raw_import_records(engagement_id) > public.engagements(id)', 'raw_import_records(engagement_id) > engagements(id)', declared),
  enforced('public.raw_import_records(master_flow_id) > public.crewai_flow_state_extensions(id)', 'raw_import_records(master_flow_id) > crewai_flow_state_extensions(flow_id)', rekeyed),
  checked('public.raw_import_records(asset_id) > public.assets(id)', 'raw_import_records(asset_id) > assets(id)', unenforced),
  enforced('public.v3_raw_import_records(data_import_id) > public.v3_data_imports(id)', 'raw_import_records(data_import_id) > data_imports(id)', merged),
  enforced('public.import_field_mappings(data_import_id) > public.data_imports(id)', 'import_field_mappings(data_import_id) > data_imports(id)', declared),
  unrelated('public.import_field_mappings(validated_by) > public.users(id)', asText),
  enforced('public.v3_field_mappings(data_import_id) > public.v3_data_imports(id)', 'import_field_mappings(data_import_id) > data_imports(id)', merged),
  enforced('public.v3_field_mappings(client_account_id) > public.client_accounts(id)', 'import_field_mappings(client_account_id) > client_accounts(id)', named),
  enforced('public.assessments(client_account_id) > public.client_accounts(id)', 'assessments(client_account_id) > client_accounts(id)', declared),
  enforced('public.assessments(engagement_id) > public.engagements(id)', 'assessments(engagement_id) > engagements(id)', declared),
  unrelated('public.assessments(asset_id) > public.assets(id)', gone),
  unrelated('public.assessments(migration_id) > public.migrations(id)', gone),
  enforced('public.assets(client_account_id) > public.client_accounts(id)', 'assets(client_account_id) > client_accounts(id)', declared),
  enforced('public.assets(engagement_id) > public.engagements(id)', 'assets(engagement_id) > engagements(id)', declared),
  checked('public.assets(master_flow_id) > public.crewai_flow_state_extensions(flow_id)', 'assets(master_flow_id) > crewai_flow_state_extensions(flow_id)', unenforced),
  checked('public.assets(discovery_flow_id) > public.discovery_flows(id)', 'assets(discovery_flow_id) > discovery_flows(id)', unenforced),
  checked('public.assets(imported_by) > public.users(id)', 'assets(imported_by) > users(id)', unenforced),
  checked('public.assets(created_by) > public.users(id)', 'assets(created_by) > users(id)', unenforced),
  checked('public.assets(updated_by) > public.users(id)', 'assets(updated_by) > users(id)', unenforced),
  unrelated('public.assets(session_id) > public.data_import_sessions(id)', gone),
  unrelated('public.assets(migration_id) > public.migrations(id)', gone),
  enforced('public.asset_dependencies(asset_id) > public.assets(id)', 'asset_dependencies(asset_id) > assets(id)', declared),
  enforced('public.asset_dependencies(depends_on_asset_id) > public.assets(id)', 'asset_dependencies(depends_on_asset_id) > assets(id)', declared),
  enforced('public.migration_waves(client_account_id) > public.client_accounts(id)', 'migration_waves(client_account_id) > client_accounts(id)', declared),
  enforced('public.migration_waves(engagement_id) > public.engagements(id)', 'migration_waves(engagement_id) > engagements(id)', declared),
  enforced('public.migration_waves(created_by) > public.users(id)', 'migration_waves(created_by) > users(id)', declared),
];
