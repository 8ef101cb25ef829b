import { Adjusted, carry, derive, Rejected, ref } from '../../../public/index.ts';
import { assetFlags, assetJoins } from '../joins.ts';
import { mapping, required } from '../mapping.ts';
import { tenant, unlessMock } from '../mock.ts';

const mockFlags = [
  'is_mock',
  ...assetFlags,
  'other.is_mock',
  'otherAccount.is_mock',
  'otherEngagement.is_mock',
  'otherOwner.is_mock',
  'otherFlow.is_mock',
] as const;

/** Tenant and engagement come from the dependent asset. A dependency is mock if either asset is. */
export const assetDependencies = mapping({
  from: 'public.asset_dependencies',
  to: 'asset_dependencies',
  joins: {
    ...assetJoins,
    other: { table: 'public.assets', by: 'depends_on_asset_id' },
    otherAccount: { table: 'public.client_accounts', by: 'other.client_account_id' },
    otherEngagement: { table: 'public.engagements', by: 'other.engagement_id' },
    otherOwner: { table: 'public.client_accounts', by: 'otherEngagement.client_account_id' },
    otherFlow: { table: 'public.discovery_flows', by: 'other.discovery_flow_id' },
  },
  filter: unlessMock(mockFlags),
  columns: {
    id: carry('id'),
    asset_id: ref('assets', 'asset_id', required),
    depends_on_asset_id: ref('assets', 'depends_on_asset_id', required),
    dependency_type: carry('dependency_type'),
    description: carry('description'),
    created_at: derive(
      ['created_at', 'asset.created_at'],
      { kind: 'timestamptz', native: 'timestamp with time zone', scale: 6 },
      (row) => row.created_at ?? new Adjusted(row['asset.created_at'] ?? '1970-01-01 00:00:00+00', 'no-created-at'),
      { mayBeNull: false },
    ),
    client_account_id: tenant('asset.client_account_id', mockFlags),
    engagement_id: derive(
      ['asset.engagement_id'],
      { kind: 'uuid', native: 'uuid' },
      (row) => row['asset.engagement_id'] ?? new Rejected('no-asset'),
      { mayBeNull: false },
    ),
  },
});
