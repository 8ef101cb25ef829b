import { arrivingRows, carry, derive, jsonWith, pointsAt, relabel, utc } from '../../../public/index.ts';
import { integer, LEGACY, mapping, text, unknown } from '../mapping.ts';
import { ownerOf } from '../owner.ts';
import { slugs } from './slugs.ts';

const servers = arrivingRows('mcp_server', 'tenant_id');
const users = arrivingRows('user', 'tenant_id');

/** The number of a tenant's rows that arrive. */
const countOf = (rows: typeof servers) =>
  derive(['id'], integer, ({ id }, known) => String(known.facts(rows).get(id as string) ?? 0), { surveys: [rows] });

/** Plan and limits keep the target's defaults. Users and servers are counted as far as they arrive. */
export const tenant = mapping({
  from: 'public.tenants',
  to: 'tenant',
  columns: {
    id: carry('id'),
    name: carry('name'),
    slug: derive(['id'], text, ({ id }, known) => known.facts(slugs).get(id as string) ?? null, {
      mayBeNull: false,
      surveys: [slugs],
    }),
    status: relabel('status', { ACTIVE: 'active', SUSPENDED: 'suspended', DISABLED: 'disabled' }),
    created_at: utc('created_at'),
    updated_at: utc('updated_at'),
    owner_id: pointsAt('user', ownerOf('id'), 'reject'),
    settings: jsonWith('settings', LEGACY, ['description']),
    current_users: countOf(users),
    current_servers: countOf(servers),
    current_month_api_calls: unknown(),
    subscription_status: unknown(),
    data_region: unknown(),
  },
});
