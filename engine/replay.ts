import { existsSync } from 'node:fs';
import type { Check } from '../core/check.ts';
import { WaybillError } from '../core/errors.ts';
import { parentsFirst } from '../core/parents-first.ts';
import type { PlannedMapping } from '../core/plan.ts';
import type { Refusal, Target } from '../core/ports.ts';
import { surveysOf } from '../core/survey.ts';
import { failpoint } from './failpoint.ts';
import { factsOfFile } from './file-facts.ts';
import { fingerprintOf } from './fingerprint.ts';
import { ingredientsOf } from './ingredients.ts';
import { writeManifest } from './manifest.ts';
import type { EngineOptions } from './options.ts';
import { type Reject, readRejects } from './reject-causes.ts';
import { rememberReplays } from './remember-replays.ts';
import { replayBatches } from './replay-batches.ts';
import { prepareReplay } from './replay-rows.ts';
import type { ReportWriter } from './report.ts';
import { finishRun } from './run.ts';
import { type RunContext, reopenRun } from './run-context.ts';
import { settledReferences } from './settle.ts';
import { openWhereLoaded } from './stages.ts';
import { stopIfAsked } from './stop.ts';

export interface ReplayOptions extends EngineOptions {
  readonly run: string;
  readonly writeReport: ReportWriter;
  /** Chooses among the rejects that the run has. */
  pick(rejects: readonly Reject[], context: Pick<RunContext, 'plan'>): readonly Reject[];
}

/** A row that is a reject still. */
export interface Unreplayed {
  readonly reject: Reject;
  readonly cause: Refusal | { readonly rule: string; readonly column: string };
}

export interface ReplayResult {
  readonly run: string;
  readonly loaded: number;
  /** By a filter that the corrected mapping has. */
  readonly filtered: number;
  /** References of other rows that have their parent again. */
  readonly reattached: number;
  readonly refused: readonly Unreplayed[];
}

/**
 * Loads rejects of a run again, as the pipeline maps them now. Each row goes in once, however often this is done and wherever
 * it is killed: what was dealt with stands in the target, and the run folder follows it. The report tells the new account, and
 * is incomplete until the run is validated again.
 * @throws WaybillError 'run-unfinished' while the run is not loaded with its constraints; 'plan-refused' when more than
 *   mappings has changed.
 */
export async function replayRun(options: ReplayOptions): Promise<ReplayResult> {
  const context = await reopenRun(options);
  const schema = requireLoaded(context);
  options.onRun?.(context.folder.run);
  const target = await openWhereLoaded(options, context.folder.run, schema);
  try {
    await target.claim(context.folder.run);
    const result = await replayPicked(options, context, target);
    if (!(await isReported(context))) await finishRun(options, context, target, [notValidated]);
    await context.log.close(options.signKey ?? null);
    return result;
  } finally {
    await target.close();
  }
}

async function replayPicked(options: ReplayOptions, context: RunContext, target: Target): Promise<ReplayResult> {
  const { run, recordsPath } = context.folder;
  await rememberReplays(context, target);
  const picked = options.pick(await readRejects(recordsPath, context.selected), context);
  if (picked.length > 0) await keepCorrection(context);
  await askSurveys(options, context, picked);
  const outcome = await replayAll(context, target, picked);
  const reattached = await target.reattach(run, settledReferences(context));
  failpoint('replay-committed');
  await rememberReplays(context, target);
  failpoint('replay-remembered');
  if (outcome.loaded > 0) await target.finish([...new Set(picked.map(({ planned }) => planned.target.name))]);
  return { run, ...outcome, reattached };
}

function requireLoaded({ manifest }: RunContext): string {
  const isBuilt = manifest.stages.some(({ stage }) => stage === 'constraints');
  if (manifest.target !== null && isBuilt) return manifest.target.schema;
  throw new WaybillError('run-unfinished', `Run ${manifest.run} is not loaded to its end.`, {
    hint: `Go on with it first: waybill run ${manifest.pipeline} --run ${manifest.run} --resume`,
  });
}

/** Mappings that ask all of a table need it once more: out of the export when the run has one, else from the source. */
async function askSurveys(options: ReplayOptions, { folder }: RunContext, picked: readonly Reject[]): Promise<void> {
  const mappings = [...new Set(picked.map(({ planned }) => planned.mapping))];
  if (surveysOf({ mappings, source: options.pipeline.source }).length === 0) return;
  const source = await (existsSync(folder.exportPath)
    ? options.openDirectory(folder.exportPath)
    : options.openSource());
  await source.close();
}

/** Whether the report is of all that was done. */
async function isReported({ folder, log }: RunContext): Promise<boolean> {
  const facts = await factsOfFile(folder.path, 'report.json');
  return facts !== null && log.knows(facts);
}

const notValidated: Check = {
  check: 'replay',
  subject: 'all',
  verdict: 'incomplete',
  expected: null,
  actual: null,
  sampleKeys: [],
  note: 'Rejects were replayed, and the run was not validated since.',
};

/** SQLSTATE of a reference without a parent (foreign_key_violation). */
const orphan = '23503';

/** Again and again where parents were replayed after their children, which cycles make happen. */
async function replayAll(
  context: RunContext,
  target: Target,
  picked: readonly Reject[],
): Promise<Omit<ReplayResult, 'run' | 'reattached'>> {
  const total = { loaded: 0, filtered: 0 };
  let refused: readonly Unreplayed[] = [];
  for (let due = picked, before = Number.POSITIVE_INFINITY; due.length > 0 && due.length < before; ) {
    before = due.length;
    const pass = await replayOnce(context, target, due);
    total.loaded += pass.loaded;
    total.filtered += pass.filtered;
    const isOrphan = (each: Unreplayed): boolean => 'sqlstate' in each.cause && each.cause.sqlstate === orphan;
    refused = [...refused.filter((each) => !isOrphan(each)), ...pass.refused];
    due = pass.loaded === 0 ? [] : pass.refused.filter(isOrphan).map(({ reject }) => reject);
  }
  return { ...total, refused };
}

async function replayOnce(
  context: RunContext,
  target: Target,
  due: readonly Reject[],
): Promise<Omit<ReplayResult, 'run' | 'reattached'>> {
  const total = { loaded: 0, filtered: 0, refused: [] as Unreplayed[] };
  const references = settledReferences(context);
  for (const planned of parentsFirst(context.selected, references)) {
    const own = due.filter((reject) => reject.planned.name === planned.name);
    if (own.length === 0) continue;
    stopIfAsked(context.options);
    const { loaded, filtered, refused } = await replayMapping(context, target, planned, own);
    total.loaded += loaded;
    total.filtered += filtered;
    total.refused.push(...refused);
  }
  return total;
}

async function replayMapping(
  context: RunContext,
  target: Target,
  planned: PlannedMapping,
  own: readonly Reject[],
): Promise<Omit<ReplayResult, 'run' | 'reattached'>> {
  const format = await target.rowFormat(planned.target.name, planned.columns);
  const { rows, refused } = await prepareReplay(context, planned, own, format);
  const references = settledReferences(context).filter((r) => r.table === planned.target.name);
  const done = await replayBatches({ run: context.folder.run, target, planned, format, references }, rows);
  return { ...done, refused: [...refused, ...done.refused] };
}

/** From now on the run is one of the corrected mappings: validate goes by them. */
async function keepCorrection(context: RunContext): Promise<void> {
  const { pipeline, params, version } = context.options;
  const fingerprint = fingerprintOf(pipeline, params, version);
  if (fingerprint === context.manifest.fingerprint) return;
  context.manifest = { ...context.manifest, fingerprint, ingredients: ingredientsOf(pipeline, params, version) };
  await writeManifest(context, 'corrected', { fingerprint });
}
