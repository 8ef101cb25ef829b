import { WaybillError } from '../core/model/errors.ts';
import type { Target } from '../core/ports/target.ts';
import type { EngineOptions } from './options.ts';

/**
 * Makes the DDL of another tool's schema once, in a transaction that is rolled back, and compares it with the live schema. A database
 * without a live schema has nothing to compare with.
 *
 * @throws WaybillError 'target-refused' with the file that fails; 'drift' naming what changed since the DDL was read.
 */
export async function checkBlueprint({ pipeline, openTarget }: EngineOptions): Promise<void> {
  const { schema, blueprint, migrations, finalVersion } = pipeline.target;
  if (blueprint === undefined) return;
  const live = await openTarget(schema);
  try {
    await live.ddlState(migrations, finalVersion);
    const changed = await blueprintChanges(live, migrations, blueprint.kept);
    if (changed.length > 0) throw changedBlueprint('drift', schema, changed);
  } finally {
    await live.close();
  }
}

/** Names what another tool changed in its schema since its blueprint was read; empty where the schema does not exist. */
export async function blueprintChanges(
  live: Target,
  directory: string,
  kept: readonly string[],
): Promise<readonly string[]> {
  const exists = (await live.inspector.catalog()) !== null;
  return exists ? live.changedSinceBlueprint(directory, kept) : [];
}

/** Objects that a message names. */
const maxNamed = 20;

/** The error of a live schema that differs from its blueprint. */
export function changedBlueprint(
  code: 'drift' | 'cutover-refused',
  schema: string,
  changed: readonly string[],
): WaybillError {
  const more = changed.length > maxNamed ? ', …' : '';
  return new WaybillError(
    code,
    `The schema ${schema} was changed since the project was made from it: ${changed.slice(0, maxNamed).join(', ')}${more}.`,
    { hint: 'Read it again with: waybill pull FOLDER --source SOURCE_URL --target TARGET_URL; then start a new run.' },
  );
}
