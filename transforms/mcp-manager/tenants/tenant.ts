import { carry, derive } from '../../../core/mapping/rules.ts';
import { jsonWith, pointsAt, relabel, utc } from '../../../core/mapping/typed-rules.ts';
import { integer, LEGACY, mapping, survey, text, unknown } from '../mapping.ts';
import { ownerOf } from '../owner.ts';
import { people } from '../people.ts';
import { slugs } from './slugs.ts';

/** The number of servers of each tenant. */
const serverCounts = survey({
  name: 'server-counts',
  from: 'public.mcp_servers',
  reads: ['tenant_id'],
  begin() {
    const counts = new Map<string, number>();
    return {
      add: ({ tenant_id }) => counts.set(tenant_id as string, (counts.get(tenant_id as string) ?? 0) + 1),
      facts: () => counts,
    };
  },
});

/** Plan and limits keep the target's defaults. Users and servers are counted from the source rows. */
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
    current_users: derive(['id'], integer, ({ id }, known) => String(known.facts(people).countIn(id)), {
      surveys: [people],
    }),
    current_servers: derive(
      ['id'],
      integer,
      ({ id }, known) => String(known.facts(serverCounts).get(id as string) ?? 0),
      { surveys: [serverCounts] },
    ),
    current_month_api_calls: unknown(),
    subscription_status: unknown(),
    data_region: unknown(),
  },
});
