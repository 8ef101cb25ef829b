import { type Plan, planPipeline } from '../core/mapping/plan/plan.ts';
import type { Problem } from '../core/mapping/plan/problem.ts';
import { selectMappings } from '../core/mapping/plan/selection.ts';
import { noFacts } from '../core/mapping/survey.ts';
import { WaybillError } from '../core/model/errors.ts';
import type { TableSchema } from '../core/model/schema.ts';
import type { Part, Source } from '../core/ports/source.ts';
import { failpoint } from './failpoint.ts';
import { changedComponents, fingerprintComponents, fingerprintOf, isCorrection } from './fingerprint.ts';
import { EventLog } from './journal/event-log.ts';
import { factsOfFile } from './journal/file-facts.ts';
import type { JournalContext } from './journal/journal-context.ts';
import { type Manifest, manifestFile, readManifest, writeManifest } from './journal/manifest.ts';
import { createRunFolder, newRunId, removeRunFolder, runFolder } from './journal/run-folder.ts';
import type { EngineOptions } from './options.ts';
import { throwIfStopped } from './options.ts';
import type { StageName } from './progress.ts';
import { GatheredFacts } from './survey-facts.ts';

/** A run in progress: its plan, folder, manifest so far, and event log. */
export interface RunContext extends JournalContext {
  readonly options: EngineOptions;
  readonly plan: Plan;
  /** The survey results that the plan's rules use. */
  readonly facts: GatheredFacts;
  manifest: Manifest;
}

/**
 * Plans the run and creates its folder, or opens the folder of a resumed run. Nothing outside the folder is touched.
 * @throws WaybillError 'plan-refused' with all problems, or when a resumed run was begun with something else; 'run-unknown'.
 */
async function beginRun(options: EngineOptions, mode: Manifest['mode']): Promise<RunContext> {
  const facts = new GatheredFacts();
  const plan = planOrRefuse(options, facts);
  refuseUnknownLimits(options, plan);
  if (options.resume) return resumeRun(options, plan, facts);
  const selected = selectMappings(plan, options.tables);
  const startedAt = options.now();
  const folder = await createRunFolder(options.runsPath, options.run ?? newRunId(startedAt));
  const manifest: Manifest = {
    waybill: options.version,
    run: folder.run,
    pipeline: options.pipeline.name,
    params: { ...options.params },
    fingerprint: fingerprintOf(options.pipeline, options.params, options.version),
    components: fingerprintComponents(options.pipeline, options.params, options.version),
    mode,
    tables: [...options.tables],
    startedAt: startedAt.toISOString(),
    finishedAt: null,
    source: null,
    target: null,
    parts: {},
    stages: [],
  };
  const log = await EventLog.begin(folder.path, folder.run, options.now);
  const context = { options, plan, facts, selected, folder, manifest, log };
  const { startedAt: _, finishedAt, source, target, parts, stages, ...what } = manifest;
  await writeManifest(context, 'begun', what);
  failpoint('run-begun');
  return context;
}

function refuseUnknownLimits({ maxRejects }: EngineOptions, plan: Plan): void {
  if (typeof maxRejects === 'number') return;
  selectMappings(
    plan,
    maxRejects.flatMap(({ table }) => table ?? []),
  );
}

/**
 * Begins or resumes a run and does its work. A new run that is refused before any part or stage (exit codes 2 and 3) leaves no
 * folder. So the corrected command may use its id, and no later command takes it for the newest run.
 */
export async function withRun<T>(
  options: EngineOptions,
  mode: Manifest['mode'],
  work: (context: RunContext) => Promise<T>,
): Promise<T> {
  const context = await beginRun(options, mode);
  options.onRun?.(context.folder.run);
  try {
    const result = await work(context);
    await context.log.close(options.signKey ?? null);
    return result;
  } catch (error) {
    const isRefusal = error instanceof WaybillError && (error.exitCode === 2 || error.exitCode === 3);
    const { parts, stages } = context.manifest;
    const hasMoved = Object.keys(parts).length > 0 || stages.length > 0;
    if (isRefusal && !options.resume && !hasMoved) await removeRunFolder(context.folder);
    throw error;
  }
}

/**
 * Plans a pipeline.
 * @throws WaybillError 'plan-refused' that names every problem.
 */
export function planOrRefuse(options: Pick<EngineOptions, 'pipeline' | 'params' | 'types'>, facts = noFacts): Plan {
  const plan = planPipeline(options.pipeline, options.params, options.types, facts);
  refuse(plan.problems, 'plan-refused', `The plan of ${options.pipeline.name} does not hold`, options.pipeline.name);
  return plan;
}

/** Throws an error that lists the problems, if there are any. */
export function refuse(
  problems: readonly Problem[],
  code: 'plan-refused' | 'drift',
  title: string,
  pipeline: string,
): void {
  if (problems.length === 0) return;
  const lines = problems.map((p) => `  ${p.subject}: ${p.message}`);
  throw new WaybillError(code, `${title}:\n${lines.join('\n')}`, {
    hint: `Fix the mappings or the contract, then check again with: waybill plan ${pipeline}`,
  });
}

async function resumeRun(options: EngineOptions, plan: Plan, facts: GatheredFacts): Promise<RunContext> {
  const run = options.run as string;
  const manifest = await readManifest(runFolder(options.runsPath, run).path, run);
  const fingerprint = fingerprintOf(options.pipeline, options.params, options.version);
  if (manifest.fingerprint !== fingerprint || manifest.pipeline !== options.pipeline.name) {
    throw new WaybillError('plan-refused', `Run ${run} was begun with ${whatDiffers(options, manifest)}.`, {
      hint: 'Start a new run, or resume with what the run was begun with.',
    });
  }
  return contextOf(options, plan, facts, manifest);
}

/** @throws WaybillError 'part-damaged' when the log or the manifest was changed. */
async function contextOf(
  options: EngineOptions,
  plan: Plan,
  facts: GatheredFacts,
  manifest: Manifest,
): Promise<RunContext> {
  const folder = runFolder(options.runsPath, manifest.run);
  const log = await EventLog.open(folder.path, manifest.run, options.now);
  const known = await factsOfFile(folder.path, manifestFile);
  if (known !== null) log.requireKnown(known);
  return { options, plan, facts, selected: selectMappings(plan, manifest.tables), folder, manifest, log };
}

/**
 * Opens a finished run to replay its rejects. Only its mappings may have been corrected since.
 * @throws WaybillError 'plan-refused' that names each other difference.
 */
export async function reopenRun(options: EngineOptions): Promise<RunContext> {
  const facts = new GatheredFacts();
  const plan = planOrRefuse(options, facts);
  const run = options.run as string;
  const manifest = await readManifest(runFolder(options.runsPath, run).path, run);
  const now = fingerprintComponents(options.pipeline, options.params, options.version);
  const isSame = manifest.fingerprint === fingerprintOf(options.pipeline, options.params, options.version);
  const changed = isSame ? [] : changedComponents(manifest.components ?? {}, now);
  const others = changed.filter((name) => !isCorrection(name));
  if (manifest.pipeline !== options.pipeline.name || others.length > 0) {
    const what = others.length > 0 ? others.join(', ') : `the pipeline ${manifest.pipeline}`;
    throw new WaybillError('plan-refused', `Run ${run} was begun with another ${what}.`, {
      hint: 'Replay with what the run was begun with (only mappings may be corrected), or start a new run.',
    });
  }
  if (changed.length > 0) options.progress.note(`corrected since the run was begun: ${changed.join(', ')}`);
  return contextOf(options, plan, facts, manifest);
}

/** Describes how the options differ from the run that they should resume. */
function whatDiffers({ pipeline, params, version }: EngineOptions, manifest: Manifest): string {
  if (manifest.pipeline !== pipeline.name) return `the pipeline ${manifest.pipeline}`;
  if (manifest.waybill !== version) return `waybill ${manifest.waybill}, not ${version}`;
  const names = new Set([...Object.keys(params), ...Object.keys(manifest.params)]);
  const changed = [...names].filter((name) => params[name] !== manifest.params[name]);
  if (changed.length > 0) return `another value of the parameter ${changed.join(', ')}`;
  return 'other mappings or another contract';
}

/** Returns the parts of a source table. A resumed run has them in its manifest; otherwise the table is cut now. */
export async function partsOf(context: RunContext, source: Source, table: TableSchema): Promise<readonly Part[]> {
  const known = context.manifest.parts[table.name];
  if (known !== undefined) return known;
  const parts = await source.parts(table, context.options.partRows);
  context.manifest.parts[table.name] = parts.map((p) => ({
    number: p.number,
    after: p.after === null ? null : [...p.after],
    upTo: p.upTo === null ? null : [...p.upTo],
  }));
  failpoint('parts-cut');
  // Written before any row is loaded: the ledger knows parts only by number, so another cut would lose or duplicate rows.
  await writeManifest(context, 'cut', { table: table.name, parts: parts.length });
  failpoint('parts-kept');
  return parts;
}

/** Whether a JSON Lines directory of the run is complete. */
export function isFinished({ log }: Pick<RunContext, 'log'>, directory: 'export' | 'transform'): boolean {
  return log.has(`${directory}/manifest.json`);
}

/** The files that a stage writes; running the stage again writes them again. */
const stageOutputs: Readonly<Record<StageName, RegExp | null>> = {
  export: /^export\//,
  transform: /^(transform\/|records\/[^/]+\/\d+\.jsonl$)/,
  load: null,
  resolve: /^records\/[^/]+\/resolved\.jsonl$/,
  constraints: null,
  analyze: null,
  validate: /^report\./,
};

/**
 * Runs a stage and records it in the event log and the manifest. `work` returns the number of rows processed.
 * @param remakes paths of files that the stage writes again.
 */
export async function runStage(
  context: RunContext,
  stage: StageName,
  work: () => Promise<number>,
  remakes: Pick<RegExp, 'test'> | null = stageOutputs[stage],
): Promise<void> {
  throwIfStopped(context.options);
  await context.log.append('stage-begun', { stage }, [], remakes);
  const started = context.options.now();
  const rows = await work();
  const finished = context.options.now();
  const seconds = (finished.getTime() - started.getTime()) / 1000;
  const entry = { stage, startedAt: started.toISOString(), finishedAt: finished.toISOString(), seconds, rows };
  context.manifest = { ...context.manifest, stages: [...context.manifest.stages, entry] };
  await writeManifest(context, 'stage-ended', { stage, rows });
}
