import { WaybillError } from '../core/model/errors.ts';
import type { Verdict } from '../core/validation/check.ts';
import { type Change, cutOver } from '../engine/cutover/cutover.ts';
import { rollBack } from '../engine/cutover/rollback.ts';
import { openTarget, targetUrl } from './connections.ts';
import { migrationsOf } from './engine-options.ts';
import { readReport } from './read-report.ts';
import { type AskPerson, changeLive, type LiveSchemaOptions } from './with-live-schemas.ts';

/** The options of a cutover. */
export interface CutoverOptions extends LiveSchemaOptions {
  /** Add the run's tenant to the live schema instead of swapping the schemas. */
  readonly append?: boolean | undefined;
  /** Cut over even if the run is not proved or drops appended tenants; needs `reason`. */
  readonly force?: boolean | undefined;
  /** Reason for `force`; recorded in the cutover. */
  readonly reason?: string | undefined;
  /** Recreate in the new schema the objects that were made by hand in the live one. */
  readonly keepUnmanaged?: boolean | undefined;
  /** Objects made by hand that may be left behind, or `all`. */
  readonly dropUnmanaged?: readonly string[] | undefined;
  /** Shell command that writes $WAYBILL_BACKUP_FILE; pg_dump by default. */
  readonly backupCommand?: string | undefined;
  /** A backup that already exists. */
  readonly backupFile?: string | undefined;
}

/** The options of a rollback. */
export interface RollbackOptions extends LiveSchemaOptions {
  /** Roll back even if the live schema was written to since the cutover. */
  readonly discardWrites?: boolean | undefined;
}

/** What a cutover needs of the person who asked for it. */
export interface CutoverHooks extends AskPerson {
  /** Receives what the backup command writes to stderr. */
  readonly onOutput: (text: string) => void;
}

/** Makes the schema that a run was loaded into the live one. */
export async function cutOverRun(options: CutoverOptions, { onOutput, ...ask }: CutoverHooks): Promise<Change> {
  const forceReason = forceReasonOf(options);
  return changeLive(options, ask, async ({ options: live, pipeline, params, manifest }) =>
    cutOver({
      ...live,
      isAppend: options.append ?? false,
      verdict: await verdictIn(live.log.folder, options.run),
      proved: manifest.validation?.state ?? null,
      forceReason,
      unmanaged: { keep: options.keepUnmanaged ?? false, drop: options.dropUnmanaged ?? [] },
      backup: { file: options.backupFile, command: options.backupCommand, onOutput },
      migrations: migrationsOf(pipeline),
      hooks: (pipeline.hooks ?? []).filter(({ point }) => point === 'after-cutover'),
      kept: pipeline.target.blueprint?.kept ?? null,
      openTarget: (schema) =>
        openTarget(targetUrl(options.target, options.environment ?? {}), schema, pipeline, params),
    }),
  );
}

/** Makes the schema from before a cutover live again, or removes the appended tenant. */
export function rollBackRun(options: RollbackOptions, ask: AskPerson = {}): Promise<Change> {
  return changeLive(options, ask, ({ options: live }) =>
    rollBack({ ...live, discardsWrites: options.discardWrites ?? false }),
  );
}

/** @throws WaybillError 'usage' unless `force` and `reason` are given together. */
function forceReasonOf({ force = false, reason }: CutoverOptions): string | null {
  if (!force && reason === undefined) return null;
  if (!force)
    throw new WaybillError('usage', '--reason is only for --force.', { hint: 'Add --force, or omit --reason.' });
  if (reason !== undefined && reason.trim() !== '') return reason;
  throw new WaybillError('usage', '--force needs a reason, which is recorded.', { hint: "Add --reason 'why'." });
}

/** Null when the run was not validated. */
async function verdictIn(folder: string, run: string): Promise<Verdict | null> {
  try {
    return (await readReport(folder, run)).verdict;
  } catch (error) {
    if (error instanceof WaybillError && error.code === 'run-unfinished') return null;
    throw error;
  }
}
