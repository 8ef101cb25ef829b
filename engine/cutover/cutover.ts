import { join } from 'node:path';
import { WaybillError } from '../../core/model/errors.ts';
import type { Hook } from '../../core/model/hook.ts';
import type { Backup, Cutover, LiveSchemas, Tenancy } from '../../core/ports/cutover.ts';
import type { Target } from '../../core/ports/target.ts';
import { besideFor } from '../../core/schema-names.ts';
import type { Verdict } from '../../core/validation/check.ts';
import { blueprintChanges, changedBlueprint } from '../blueprint-drift.ts';
import { failAtStep } from '../failpoint.ts';
import { appliedDdl, schemaDrift } from '../schema-drift.ts';
import { type BackupOptions, backUp } from './backup.ts';
import { type CutoverEvents, logBackup, logChange, logHook, requireTrueReport } from './cutover-events.ts';
import { type UnmanagedOptions, unmanagedObjects } from './unmanaged-objects.ts';

/** Lets a person confirm a change. @param change what is going to happen, in sentences. @throws WaybillError to prevent it. */
export type Confirm = (change: string) => Promise<void>;

/** The options that cutover, rollback and drop share. */
export interface LiveOptions {
  readonly run: string;
  readonly pipeline: string;
  /** Name of the live schema. */
  readonly live: string;
  /** The run's tenant; null when the pipeline has no tenants. */
  readonly tenancy: (Tenancy & { readonly tenant: string }) | null;
  readonly schemas: LiveSchemas;
  /** Called before the first change with what is going to happen; may throw to prevent it. A program that calls waybill has decided. */
  readonly confirm?: Confirm | undefined;
  /** Where the change is logged. */
  readonly log: CutoverEvents;
}

/** The options of a cutover. */
export interface CutoverOptions extends LiveOptions {
  /** Append the run's tenant to the live schema instead of swapping the schemas. */
  readonly isAppend: boolean;
  /** Null when the run was not validated. */
  readonly verdict: Verdict | null;
  /** The state of the shadow that was validated; null when there is none. */
  readonly proved: string | null;
  /** Why an unproved run is cut over anyway; null when that is not forced. */
  readonly forceReason: string | null;
  readonly unmanaged: UnmanagedOptions;
  readonly backup: BackupOptions;
  readonly migrations: string;
  /** The tables whose rows the DDL inserts, where it is the blueprint of another tool's schema; null where it is not. */
  readonly kept: readonly string[] | null;
  /** What runs once the run is live. A cutover that is repeated runs those that did not run yet. */
  readonly hooks: readonly Hook[];
  openTarget(schema: string): Promise<Target>;
}

/** The result of a command; `isNew` is false when an earlier command had already made the change. */
export interface Change {
  readonly cutover: Cutover;
  readonly isNew: boolean;
}

/**
 * Makes a run that was loaded into a shadow schema live. Every refusal comes before the first change. The change itself is one
 * transaction, so a command that was killed can be repeated.
 */
export async function cutOver(options: CutoverOptions): Promise<Change> {
  const change = await makeLive(options);
  await logChange(options.log, change.cutover);
  for (const hook of options.hooks) {
    const { rows: _, ...done } = await options.schemas.runHook(options.run, options.live, hook);
    await logHook(options.log, done);
  }
  return change;
}

async function makeLive(options: CutoverOptions): Promise<Change> {
  const { run, schemas, live } = options;
  const known = newestOf(await schemas.cutovers(), run);
  if (known?.state === 'live') return { cutover: known, isNew: false };
  const shadow = await shadowOfRun(options);
  const reason = reasonOf(options);
  if (reason === null) await requireTrueReport(options.log);
  const common = { run, pipeline: options.pipeline, live, shadow, state: 'live', reason, at: '' } as const;
  if (options.isAppend) await appendRun(options, common);
  else await swapRun(options, common);
  return { cutover: newestOf(await schemas.cutovers(), run) as Cutover, isNew: true };
}

type Common = Pick<Cutover, 'run' | 'pipeline' | 'live' | 'shadow' | 'state' | 'reason' | 'at'>;

async function swapRun(options: CutoverOptions, common: Common): Promise<void> {
  const { schemas, live, run } = options;
  const isFirst = !(await schemas.exists(live));
  const cutover = { ...common, kind: 'swap', tenant: null } as const;
  const makes = `Run ${run} in ${common.shadow} becomes ${live} of ${schemas.label}.`;
  if (isFirst) {
    await options.confirm?.(makes);
    return schemas.swap(
      { cutover: { ...cutover, before: null, backup: null }, carries: [], proved: provedState(options) },
      failAtStep,
    );
  }
  await refuseLosingTenants(options);
  const carries = options.kept === null ? unmanagedObjects(await driftOfLive(options), options.unmanaged) : [];
  if (options.kept !== null) await refuseChangedBlueprint(options, options.kept);
  refuseObstacles(await schemas.obstacles(live, common.shadow));
  const before = await freeName(schemas, besideFor(live, 'before', run));
  await options.confirm?.(
    `${makes} The ${live} of now, with ${await contentsText(schemas, live)}, is kept as ${before}.`,
  );
  // There is nothing to lose in an empty schema, such as the `public` of a new database.
  const backup = (await schemas.isEmpty(live)) ? null : await backUpLive(options);
  return schemas.swap({ cutover: { ...cutover, before, backup }, carries, proved: provedState(options) }, failAtStep);
}

async function appendRun(options: CutoverOptions, common: Common): Promise<void> {
  const { schemas, live, tenancy, run } = options;
  if (tenancy === null) {
    throw new WaybillError('configuration', `The pipeline ${options.pipeline} has no tenants to append.`, {
      hint: 'Cut over without --append.',
    });
  }
  if (!(await schemas.exists(live))) {
    throw new WaybillError('configuration', `There is no live schema ${live} to append to.`, {
      hint: `Make this run the first: waybill cutover ${run}`,
    });
  }
  await options.confirm?.(`Tenant ${tenancy.tenant} of run ${run} is added to ${live} of ${schemas.label}.`);
  const backup = await backUpLive(options);
  const cutover = { ...common, kind: 'append', tenant: tenancy.tenant, before: null, backup } as const;
  await schemas.append({ cutover, tenancy, proved: provedState(options) }, failAtStep);
}

function backUpLive({ schemas, live, log, backup }: CutoverOptions): Promise<Backup> {
  return logBackup(log, live, () => backUp(schemas, { schema: live, folder: join(log.folder, 'backup') }, backup));
}

/** Describes what a schema holds: `118 tables and about 3,204 rows`. */
export async function contentsText(schemas: LiveSchemas, schema: string): Promise<string> {
  const { tables, estimatedRows } = await schemas.contents(schema);
  return `${tables === 1 ? 'one table' : `${tables} tables`} and about ${estimatedRows.toLocaleString('en-US')} rows`;
}

/** Finds the newest cutover of a run; undefined when it was never cut over. */
export function newestOf(cutovers: readonly Cutover[], run: string): Cutover | undefined {
  return cutovers.findLast((each) => each.run === run);
}

/** Finds the cutovers that became live in the same schema after this one and still are. */
export function laterThan(cutovers: readonly Cutover[], { run, live }: Cutover): Cutover[] {
  const place = cutovers.findLastIndex((each) => each.run === run);
  return cutovers.slice(place + 1).filter((each) => each.live === live && each.state === 'live');
}

/**
 * Finds the schema that a run was loaded into.
 * @throws WaybillError 'run-unknown' when the ledger does not know the run.
 */
export async function schemaOfRun({ schemas, run }: LiveOptions): Promise<string> {
  const schema = await schemas.schemaOf(run);
  if (schema !== null && (await schemas.exists(schema))) return schema;
  throw new WaybillError('run-unknown', `${schemas.label} holds no rows of run ${run}.`, {
    hint: 'Name the database that it was loaded into with --target, or load it again.',
  });
}

async function shadowOfRun(options: CutoverOptions): Promise<string> {
  const schema = await schemaOfRun(options);
  if (schema !== options.live) return schema;
  throw new WaybillError(
    'configuration',
    `Run ${options.run} was loaded into ${schema} itself, so it is already live.`,
    {
      hint: 'Load the next run without --target-schema, or name another --live-schema.',
    },
  );
}

function reasonOf({ run, pipeline, verdict, forceReason }: CutoverOptions): string | null {
  if (verdict === 'pass' || forceReason !== null) return forceReason;
  const [state, command] =
    verdict === null
      ? ['was not validated', `Validate it: waybill validate ${pipeline} --run ${run}`]
      : [`is not proved: its verdict is ${verdict}`, `See why: waybill report ${pipeline} --run ${run}`];
  throw new WaybillError('cutover-unproved', `Run ${run} ${state}.`, {
    hint: `${command} (or cut over anyway with --force --reason 'why', which is recorded)`,
  });
}

/** The state that the shadow must be in; null when the cutover is forced. */
function provedState({ run, pipeline, proved, forceReason }: CutoverOptions): string | null {
  if (forceReason !== null) return null;
  if (proved !== null) return proved;
  throw new WaybillError('cutover-unproved', `Nothing records the state in which run ${run} was validated.`, {
    hint: `Validate it again: waybill validate ${pipeline} --run ${run}`,
  });
}

/** A run's shadow does not contain the tenants that were appended to the live schema. */
async function refuseLosingTenants({ schemas, live, forceReason }: CutoverOptions): Promise<void> {
  const all = (await schemas.cutovers()).filter((each) => each.live === live && each.state === 'live');
  const appended = all.slice(all.findLastIndex(({ kind }) => kind === 'swap') + 1);
  if (appended.length === 0 || forceReason !== null) return;
  const tenants = appended.map(({ tenant, run }) => `${tenant} (run ${run})`).join(', ');
  throw new WaybillError('cutover-refused', `${live} also contains appended tenants: ${tenants}.`, {
    hint: "Roll these back and append them again afterwards, or give --force --reason 'why'.",
  });
}

async function driftOfLive(options: CutoverOptions): ReturnType<typeof schemaDrift> {
  const target = await options.openTarget(options.live);
  try {
    return await schemaDrift(target, await appliedDdl(target, options.migrations));
  } finally {
    await target.close();
  }
}

/** Everything that the live schema holds is in its blueprint, so nothing is lost unless the tool changed it since. */
async function refuseChangedBlueprint(options: CutoverOptions, kept: readonly string[]): Promise<void> {
  const target = await options.openTarget(options.live);
  try {
    const changed = await blueprintChanges(target, options.migrations, kept);
    const lost = changed.filter((object) => !options.unmanaged.drop.some((each) => each === 'all' || each === object));
    if (lost.length > 0) throw changedBlueprint('cutover-refused', options.live, lost);
  } finally {
    await target.close();
  }
}

function refuseObstacles(obstacles: readonly string[]): void {
  if (obstacles.length === 0) return;
  throw new WaybillError(
    'cutover-refused',
    `External dependencies of the live schema would break:\n  ${obstacles.join('\n  ')}`,
    { hint: 'Fix each one, or drop it until the cutover is done.' },
  );
}

/** Finds a schema name that is free, because a run may be cut over, rolled back and cut over again. */
export async function freeName(schemas: LiveSchemas, wanted: string): Promise<string> {
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted.slice(0, 60)}_${number}`;
    if (!(await schemas.exists(name))) return name;
  }
}
