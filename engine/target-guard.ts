import { WaybillError } from '../core/errors.ts';
import type { Plan } from '../core/plan.ts';
import type { Target } from '../core/ports.ts';

/**
 * Refuses a target that holds rows already in a table that the run would fill: a load never mixes with what it did not
 * bring. Tables that are not there yet are none.
 * @throws WaybillError 'target-not-empty' naming the first such table.
 */
export async function refuseFilledTarget(plan: Plan, target: Target): Promise<void> {
  const filled = new Set(plan.mappings.map((m) => m.target.name));
  for (const { name } of await target.inspector.tables([''])) {
    if (!filled.has(name) || (await target.inspector.count(name)) === 0) continue;
    throw new WaybillError('target-not-empty', `${target.label} already holds rows in ${name}.`, {
      hint: 'Load into another schema with --target-schema, or drop that schema first.',
    });
  }
}
