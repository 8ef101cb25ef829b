import type { Plan } from '../../core/mapping/plan/plan.ts';
import { WaybillError } from '../../core/model/errors.ts';
import type { Target } from '../../core/ports/target.ts';
import type { Manifest } from '../journal/manifest.ts';

/**
 * Refuses a run id that is already in the target's ledger, because its parts would count as loaded.
 * @throws WaybillError 'run-exists'.
 */
export async function refuseKnownRun(run: string, target: Target): Promise<void> {
  if ((await target.ledger(run)).length === 0) return;
  throw new WaybillError('run-exists', `The ledger of ${target.label} already has parts of a run called ${run}.`, {
    hint: 'Choose another --run, or resume that run with --resume.',
  });
}

/**
 * Refuses to resume in another schema than the run began in, because parts in the ledger would be skipped but not be there.
 * @throws WaybillError 'configuration'; 'run-exists' when a cutover has renamed the schema.
 */
export async function refuseOtherSchema(
  { run, target: begun }: Manifest,
  target: Target,
  schema: string,
): Promise<void> {
  const there = await target.schemaOf(run);
  if (there !== null && begun !== null && there !== begun.schema) {
    throw new WaybillError('run-exists', `Run ${run} is loaded, and its schema is now called ${there}.`, {
      hint: `Start a new run, or roll back the cutover first: waybill rollback ${run}`,
    });
  }
  if (begun === null || begun.schema === schema) return;
  throw new WaybillError('configuration', `Run ${run} loads into the schema ${begun.schema}, not into ${schema}.`, {
    hint: 'Resume with the --target-schema and --dry-run that it began with, or start a new run.',
  });
}

/**
 * Refuses a target that already has rows in a table that the run would fill. A load never mixes with other rows. Missing
 * tables are allowed.
 * @throws WaybillError 'target-not-empty' naming the first such table, and the run that loaded it.
 */
export async function refuseFilledTarget(plan: Plan, target: Target, schema: string): Promise<void> {
  const filled = new Set(plan.mappings.map((m) => m.target.name));
  for (const { name } of await target.inspector.tables([''])) {
    if (!filled.has(name) || (await target.inspector.count(name)) === 0) continue;
    const { runs, isLive } = await target.runs();
    const by = runs.length === 0 ? '' : `, loaded by run ${runs.join(', ')}`;
    const first = isLive || runs[0] === undefined ? 'Drop that schema' : `Drop it with: waybill drop ${runs[0]}`;
    throw new WaybillError(
      'target-not-empty',
      `The schema ${schema} of ${target.label} already holds rows in ${name}${by}.`,
      {
        hint: `${first}; or load into another schema with --target-schema.`,
      },
    );
  }
}
