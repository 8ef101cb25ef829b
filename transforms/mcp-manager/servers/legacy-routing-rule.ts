import { carry, jsonWith } from '../../../public/index.ts';
import { LEGACY, mapping } from '../mapping.ts';

/** The Drizzle schema has no routing, so the rules are kept as JSON in the one table outside that schema. */
export const legacyRoutingRule = mapping({
  from: 'public.routing_rules',
  to: 'legacy_routing_rule',
  columns: {
    id: carry('id'),
    rule: jsonWith(null, LEGACY, [
      'name',
      'description',
      'conditions',
      'target_servers',
      'load_balancing_strategy',
      'priority',
      'is_active',
      'tenant_id',
      'created_at',
      'updated_at',
    ]),
  },
});
