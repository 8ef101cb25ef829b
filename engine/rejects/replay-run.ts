import { existsSync } from 'node:fs';
import type { PlannedMapping } from '../../core/mapping/plan/plan.ts';
import { WaybillError } from '../../core/model/errors.ts';
import type { Reference } from '../../core/ports/ledger.ts';
import type { Target } from '../../core/ports/target.ts';
import { topologicalSort } from '../../core/topological-sort.ts';
import { resultsOf } from '../../core/validation/check.ts';
import { failpoint } from '../failpoint.ts';
import { fingerprintComponents, fingerprintOf } from '../fingerprint.ts';
import { factsOfFile } from '../journal/file-facts.ts';
import { writeManifest } from '../journal/manifest.ts';
import { syncReplays } from '../journal/sync-replays.ts';
import type { EngineOptions } from '../options.ts';
import { throwIfStopped } from '../options.ts';
import { reopenRun } from '../resume-run.ts';
import type { RunContext } from '../run-context.ts';
import { classifyResolved } from '../stages/classify-resolved.ts';
import { withDirectory, withSource } from '../stages/open-source.ts';
import type { ReportWriter } from '../stages/report.ts';
import { resolvableReferences } from '../stages/resolve-references.ts';
import { continueSequences, finishRun } from '../stages/run.ts';
import { openWhereLoaded } from '../stages/stage-runs.ts';
import { surveysOf } from '../surveys.ts';
import { type Reject, readRejects } from './reject-causes.ts';
import { replayBatches } from './replay-batches.ts';
import { prepareReplay, type Unreplayed } from './replay-rows.ts';

/** The options of a replay. */
export interface ReplayOptions extends EngineOptions {
  readonly run: string;
  readonly writeReport: ReportWriter;
  /** Chooses the rejects to replay from those of the run. */
  pick(rejects: readonly Reject[], context: Pick<RunContext, 'plan'>): readonly Reject[];
}

/** The result of a replay, in rows. */
export interface ReplayResult {
  readonly run: string;
  readonly loaded: number;
  /** Rows that a filter of the corrected mapping drops. */
  readonly filtered: number;
  /** References of other rows whose parent is loaded now. */
  readonly restored: number;
  readonly refused: readonly Unreplayed[];
}

/**
 * Loads rejects of a run again with the pipeline's current mappings. Each row is loaded once, however often a replay is
 * repeated or killed: the target records the replayed rejects, and the run folder is updated from it. The report shows the new
 * tally and is incomplete until the run is validated again.
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
    if (!(await isReported(context))) await finishRun(options, context, target, notValidated);
    await context.log.close(options.signKey ?? null);
    return result;
  } finally {
    await target.close();
  }
}

async function replayPicked(options: ReplayOptions, context: RunContext, target: Target): Promise<ReplayResult> {
  const { run, recordsPath } = context.folder;
  await syncReplays(context, target);
  const picked = options.pick(await readRejects(recordsPath, context.selected), context);
  if (picked.length > 0) await keepCorrection(context);
  await makeSurveys(context, picked);
  const outcome = await replayAll(context, target, picked);
  const restored = await target.restoreReferences(run, resolvableReferences(context));
  await classifyResolved(context, target, await target.resolvedRows(run), null);
  failpoint('replay-committed');
  await syncReplays(context, target);
  failpoint('replay-remembered');
  if (outcome.loaded > 0) {
    await target.finish([...new Set(picked.map(({ planned }) => planned.target.name))]);
    await continueSequences(context, target);
  }
  return { run, ...outcome, restored };
}

function requireLoaded({ manifest }: RunContext): string {
  const isBuilt = manifest.stages.some(({ stage }) => stage === 'constraints');
  if (manifest.target !== null && isBuilt) return manifest.target.schema;
  throw new WaybillError('run-unfinished', `Run ${manifest.run} is not fully loaded.`, {
    hint: `Resume it first: waybill run ${manifest.pipeline} --run ${manifest.run} --resume`,
  });
}

/** Makes the surveys that the picked mappings need, from the run's export if it has one, otherwise from the source. */
async function makeSurveys(context: RunContext, picked: readonly Reject[]): Promise<void> {
  const mappings = [...new Set(picked.map(({ planned }) => planned.mapping))];
  if (surveysOf(context.options.pipeline, mappings).length === 0) return;
  const { exportPath } = context.folder;
  const nothing = async (): Promise<void> => undefined;
  await (existsSync(exportPath) ? withDirectory(context, exportPath, nothing) : withSource(context, nothing));
}

/** Whether the report covers everything so far. */
async function isReported({ folder, log }: RunContext): Promise<boolean> {
  const facts = await factsOfFile(folder.path, 'report.json');
  return facts !== null && log.knows(facts);
}

const replay = {
  name: 'replay',
  proves: 'The run was validated after its last replay.',
  cannotSee: 'Any difference in the data: it compares no rows.',
};

const notValidated = resultsOf(replay, [
  {
    subject: 'all',
    verdict: 'incomplete',
    expected: null,
    actual: null,
    sampleKeys: [],
    note: 'Rejects were replayed, and the run was not validated since.',
  },
]);

/** SQLSTATE of a reference without a parent (foreign_key_violation). */
const orphan = '23503';

/** Replays until no more orphans can be loaded: in a cycle of references, parents are replayed after their children. */
async function replayAll(
  context: RunContext,
  target: Target,
  picked: readonly Reject[],
): Promise<Omit<ReplayResult, 'run' | 'restored'>> {
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
): Promise<Omit<ReplayResult, 'run' | 'restored'>> {
  const total = { loaded: 0, filtered: 0, refused: [] as Unreplayed[] };
  const references = resolvableReferences(context);
  for (const planned of parentsFirst(context.selected, references)) {
    const own = due.filter((reject) => reject.planned.name === planned.name);
    if (own.length === 0) continue;
    throwIfStopped(context.options);
    const { loaded, filtered, refused } = await replayMapping(context, target, planned, own);
    total.loaded += loaded;
    total.filtered += filtered;
    total.refused.push(...refused);
  }
  return total;
}

/** Mappings in an order in which parents come before their children, as far as circles let them. */
function parentsFirst(mappings: readonly PlannedMapping[], references: readonly Reference[]): PlannedMapping[] {
  const needsOf = ({ target }: PlannedMapping): string[] => {
    const parents = references.filter((r) => r.table === target.name).map((r) => r.parent);
    return mappings.filter((m) => parents.includes(m.target.name)).map((m) => m.name);
  };
  const { ordered } = topologicalSort(new Map(mappings.map((m) => [m.name, needsOf(m)])));
  return ordered.map((name) => mappings.find((m) => m.name === name) as PlannedMapping);
}

async function replayMapping(
  context: RunContext,
  target: Target,
  planned: PlannedMapping,
  own: readonly Reject[],
): Promise<Omit<ReplayResult, 'run' | 'restored'>> {
  const format = await target.rowFormat(planned.target.name, planned.columns);
  const { rows, refused } = await prepareReplay(context, planned, own, format);
  const references = resolvableReferences(context).filter((r) => r.table === planned.target.name);
  const done = await replayBatches({ run: context.folder.run, target, planned, format, references }, rows);
  return { ...done, refused: [...refused, ...done.refused] };
}

/** Records the corrected mappings in the manifest, so that validation uses them from now on. */
async function keepCorrection(context: RunContext): Promise<void> {
  const { pipeline, params, version } = context.options;
  const fingerprint = fingerprintOf(pipeline, params, version);
  if (fingerprint === context.manifest.fingerprint) return;
  context.manifest = { ...context.manifest, fingerprint, components: fingerprintComponents(pipeline, params, version) };
  await writeManifest(context, 'corrected', { fingerprint });
}
