import { WaybillError } from '../../core/model/errors.ts';
import type { Cutover } from '../../core/ports/cutover.ts';
import { failAtStep } from '../failpoint.ts';
import { type Change, contentsText, freeName, type LiveOptions, laterThan, newestOf, schemaOfRun } from './cutover.ts';

/** The options of a rollback. */
export interface RollbackOptions extends LiveOptions {
  /** Roll back even if the live schema was written to since the cutover. */
  readonly discardsWrites: boolean;
}

/** Rolls back a cutover: the previous schema becomes live again, or the appended tenant is removed. */
export async function rollBack(options: RollbackOptions): Promise<Change> {
  const { run, schemas, tenancy } = options;
  const cutovers = await schemas.cutovers();
  const cutover = newestOf(cutovers, run);
  if (cutover === undefined || cutover.state === 'gone') throw neverLive(run);
  if (cutover.state === 'rolled-back') return { cutover, isNew: false };
  refuseLater(cutovers, cutover);
  await refuseDropped(options, cutover);
  if (!options.discardsWrites) await refuseLosingWrites(options, cutover);
  await options.confirm?.(rollbackText(options, cutover));
  if (cutover.tenant === null) {
    await schemas.swapBack({ ...cutover, shadow: await freeName(schemas, cutover.shadow) }, failAtStep);
  } else if (tenancy !== null)
    await schemas.takeOut({ cutover: { ...cutover, tenant: cutover.tenant }, tenancy }, failAtStep);
  return { cutover: newestOf(await schemas.cutovers(), run) as Cutover, isNew: true };
}

function rollbackText({ schemas }: RollbackOptions, { run, live, before, tenant, shadow }: Cutover): string {
  if (tenant !== null) return `Tenant ${tenant} of run ${run} is removed from ${live} of ${schemas.label}.`;
  const back = before === null ? `the schema ${live} no longer exists` : `${before} becomes ${live} again`;
  return `Run ${run} goes back to ${shadow} in ${schemas.label}, and ${back}.`;
}

function neverLive(run: string): WaybillError {
  return new WaybillError('run-unknown', `Run ${run} is not live, so there is nothing to roll back.`, {
    hint: `Make it live with: waybill cutover ${run}`,
  });
}

/** Later cutovers in the same schema must be rolled back first, except that two appended tenants are independent. */
function refuseLater(cutovers: readonly Cutover[], cutover: Cutover): void {
  const later = laterThan(cutovers, cutover).filter(({ kind }) => cutover.kind === 'swap' || kind === 'swap');
  const last = later.at(-1);
  if (last === undefined) return;
  throw new WaybillError('cutover-refused', `Run ${last.run} became live in ${last.live} after run ${cutover.run}.`, {
    hint: `Roll that one back first: waybill rollback ${last.run}`,
  });
}

async function refuseDropped({ schemas }: RollbackOptions, { run, before }: Cutover): Promise<void> {
  if (before === null || (await schemas.exists(before))) return;
  throw new WaybillError('cutover-refused', `${before}, the schema from before run ${run}, was dropped.`, {
    hint: 'Restore it by hand from the backup that the cutover recorded.',
  });
}

async function refuseLosingWrites({ schemas, tenancy }: RollbackOptions, cutover: Cutover): Promise<void> {
  const written = await schemas.writtenSince(cutover, tenancy);
  if (written?.length === 0) return;
  const what =
    written === null
      ? `waybill cannot determine whether ${cutover.live} was written to since the cutover`
      : `${cutover.live} was written to since the cutover: ${written.slice(0, 10).join(', ')}${written.length > 10 ? ', …' : ''}`;
  throw new WaybillError('writes-would-be-lost', `${what}.`, {
    hint: 'Save those writes first, or give --discard-writes.',
  });
}

/** The schema that `dropRun` dropped; null when nothing was left to drop. */
export interface Dropped {
  readonly schema: string | null;
}

/**
 * Drops the schema that a run no longer needs. While the run is live, that is the schema kept for a rollback; otherwise it is
 * the run's shadow. The live schema is never dropped.
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
      hint: 'Drop it by hand if you are sure: waybill never drops a live schema.',
    });
  }
  await options.confirm?.(
    `The schema ${schema} of ${schemas.label} is dropped, with ${await contentsText(schemas, schema)}.`,
  );
  await schemas.drop(schema, isLive ? null : (cutover ?? null));
  return { schema };
}
