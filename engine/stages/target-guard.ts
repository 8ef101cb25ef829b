import type { Plan } from '../../core/mapping/plan/plan.ts';
import { WaybillError } from '../../core/model/errors.ts';
import type { Target } from '../../core/ports/target.ts';
import type { Manifest } from '../journal/manifest.ts';

/**
 * Refuses a run id that the target's ledger knows already: its parts would be taken for loaded.
 * @throws WaybillError 'run-exists'.
 */
export async function refuseKnownRun(run: string, target: Target): Promise<void> {
  if ((await target.ledger(run)).length === 0) return;
  throw new WaybillError('run-exists', `The ledger of ${target.label} already has parts of a run called ${run}.`, {
    hint: 'Choose another --run, or go on with that one by --resume.',
  });
}

/**
 * Refuses to go on in another schema than the one that the run was begun in: the ledger would pass by what is not there.
 * @throws WaybillError 'configuration'; 'run-exists' when the schema has another name since a cutover.
 */
export async function refuseOtherSchema(
  { run, target: begun }: Manifest,
  target: Target,
  schema: string,
): Promise<void> {
  const there = await target.schemaOf(run);
  if (there !== null && begun !== null && there !== begun.schema) {
    throw new WaybillError('run-exists', `Run ${run} was loaded, and its schema is called ${there} by now.`, {
      hint: `Start a new run, or take the cutover back first: waybill rollback ${run}`,
    });
  }
  if (begun === null || begun.schema === schema) return;
  throw new WaybillError('configuration', `Run ${run} loads into the schema ${begun.schema}, not into ${schema}.`, {
    hint: 'Go on with the --target-schema and --dry-run that it was begun with, or start a new run.',
  });
}

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
