import { carry, derive, ref } from '../../../core/mapping/rules.ts';
import { Adjusted, Rejected } from '../../../core/model/value.ts';
import { mapping, required } from '../mapping.ts';
import { tenant, unlessMock } from '../mock.ts';

/** Tenant and engagement come from the dependent asset. A dependency is mock if either asset is. */
export const assetDependencies = mapping({
  from: 'public.asset_dependencies',
  to: 'asset_dependencies',
  joins: {
    asset: { table: 'public.assets', by: 'asset_id' },
    other: { table: 'public.assets', by: 'depends_on_asset_id' },
    account: { table: 'public.client_accounts', by: 'asset.client_account_id' },
    engagement: { table: 'public.engagements', by: 'asset.engagement_id' },
  },
  filter: unlessMock(['is_mock', 'asset.is_mock', 'other.is_mock', 'account.is_mock', 'engagement.is_mock']),
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
    client_account_id: tenant('asset.client_account_id', [
      'is_mock',
      'asset.is_mock',
      'other.is_mock',
      'account.is_mock',
      'engagement.is_mock',
    ]),
    engagement_id: derive(
      ['asset.engagement_id'],
      { kind: 'uuid', native: 'uuid' },
      (row) => row['asset.engagement_id'] ?? new Rejected('no-asset'),
      { mayBeNull: false },
    ),
  },
});
