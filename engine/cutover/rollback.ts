import { WaybillError } from '../../core/model/errors.ts';
import type { Cutover } from '../../core/ports/cutover.ts';
import { failAtStep } from '../failpoint.ts';
import { type Change, freeName, type LiveOptions, laterThan, newestOf, schemaOfRun } from './cutover.ts';

export interface RollbackOptions extends LiveOptions {
  /** Go back although the live schema was written to since. */
  readonly discardsWrites: boolean;
}

/** Takes a cutover back: the schema of before is live again, or the tenant that was appended is out again. */
export async function rollBack(options: RollbackOptions): Promise<Change> {
  const { run, schemas, tenancy } = options;
  const cutovers = await schemas.cutovers();
  const cutover = newestOf(cutovers, run);
  if (cutover === undefined || cutover.state === 'gone') throw neverLive(run);
  if (cutover.state === 'rolled-back') return { cutover, isNew: false };
  refuseLater(cutovers, cutover);
  await refuseDropped(options, cutover);
  if (!options.discardsWrites) await refuseLosingWrites(options, cutover);
  if (cutover.tenant === null) {
    await schemas.swapBack({ ...cutover, shadow: await freeName(schemas, cutover.shadow) }, failAtStep);
  } else if (tenancy !== null)
    await schemas.takeOut({ cutover: { ...cutover, tenant: cutover.tenant }, tenancy }, failAtStep);
  return { cutover: newestOf(await schemas.cutovers(), run) as Cutover, isNew: true };
}

function neverLive(run: string): WaybillError {
  return new WaybillError('run-unknown', `Run ${run} is not live, and is not kept as one that was.`, {
    hint: `Make it live with: waybill cutover ${run}`,
  });
}

/** What was appended to the live schema, or swapped in for it, goes first; two that were appended do not mind each other. */
function refuseLater(cutovers: readonly Cutover[], cutover: Cutover): void {
  const later = laterThan(cutovers, cutover).filter(({ kind }) => cutover.kind === 'swap' || kind === 'swap');
  const last = later.at(-1);
  if (last === undefined) return;
  throw new WaybillError('cutover-refused', `After run ${cutover.run}, run ${last.run} became live in ${last.live}.`, {
    hint: `Roll that one back first: waybill rollback ${last.run}`,
  });
}

async function refuseDropped({ schemas }: RollbackOptions, { run, before }: Cutover): Promise<void> {
  if (before === null || (await schemas.exists(before))) return;
  throw new WaybillError('cutover-refused', `The schema from before run ${run}, ${before}, was dropped.`, {
    hint: 'Restore it from the backup that the cutover recorded, by hand.',
  });
}

async function refuseLosingWrites({ schemas, tenancy }: RollbackOptions, cutover: Cutover): Promise<void> {
  const written = await schemas.writtenSince(cutover, tenancy);
  if (written?.length === 0) return;
  const what =
    written === null
      ? `Whether ${cutover.live} was written to since the cutover cannot be told`
      : `${cutover.live} was written to since the cutover: ${written.slice(0, 10).join(', ')}${written.length > 10 ? ', …' : ''}`;
  throw new WaybillError('writes-would-be-lost', `${what}.`, {
    hint: 'Save what was written, or give --discard-writes.',
  });
}

/** What `dropRun` dropped; null when nothing was left. */
export interface Dropped {
  readonly schema: string | null;
}

/**
 * Drops what a run no longer needs: before it was cut over, and after it was rolled back, its own schema; while it is
 * live, what is kept for a rollback. The live schema is never dropped.
 */
export async function dropRun(options: LiveOptions): Promise<Dropped> {
  const { run, schemas, live } = options;
  const cutover = newestOf(await schemas.cutovers(), run);
  const isLive = cutover?.state === 'live';
  if (cutover?.state === 'gone') return { schema: null };
  const schema = isLive ? (cutover.kind === 'swap' ? cutover.before : cutover.shadow) : await schemaOfRun(options);
  if (schema === null || !(await schemas.exists(schema))) return { schema: null };
  if (schema === live) {
    throw new WaybillError('configuration', `Run ${run} was loaded into ${live} itself, which is live.`, {
      hint: 'waybill drops no live schema; drop it by hand if you are sure.',
    });
  }
  await schemas.drop(schema, isLive ? null : (cutover ?? null));
  return { schema };
}
