import { driftOf } from '../core/drift.ts';
import { WaybillError } from '../core/errors.ts';
import { type Plan, type PlannedMapping, type Problem, planPipeline } from '../core/plan.ts';
import type { Part, Source, Target } from '../core/ports.ts';
import { type TableSchema, tablesOfContract } from '../core/schema.ts';
import { failpoint } from './failpoint.ts';
import { factsOfFile } from './file-facts.ts';
import { fingerprintOf } from './fingerprint.ts';
import { changedIngredients, ingredientsOf, isCorrection } from './ingredients.ts';
import { type Manifest, manifestFile, readManifest, type StageName, writeManifest } from './manifest.ts';
import type { EngineOptions } from './options.ts';
import { createRunFolder, newRunId, type RunFolder, removeRunFolder, runFolder } from './run-folder.ts';
import { RunLog } from './run-log.ts';
import { stopIfAsked } from './stop.ts';

/** One run under way: its plan, its folder, what the folder's manifest says so far, and its event log. */
export interface RunContext {
  readonly options: EngineOptions;
  readonly plan: Plan;
  /** The mappings that take part. */
  readonly selected: readonly PlannedMapping[];
  readonly folder: RunFolder;
  manifest: Manifest;
  readonly log: RunLog;
}

/**
 * Plans and makes (or, resuming, finds) the run folder. Nothing outside the folder is touched.
 * @throws WaybillError 'plan-refused' with all problems; 'run-unknown', 'plan-refused' when a resume does not fit.
 */
async function beginRun(options: EngineOptions, mode: Manifest['mode']): Promise<RunContext> {
  const plan = planOrRefuse(options);
  refuseUnknownLimits(options, plan);
  if (options.resume) return resumeRun(options, plan);
  const selected = selectMappings(plan, options.tables);
  const startedAt = options.now();
  const folder = await createRunFolder(options.runsPath, options.run ?? newRunId(startedAt));
  const manifest: Manifest = {
    waybill: options.version,
    run: folder.run,
    pipeline: options.pipeline.name,
    params: { ...options.params },
    fingerprint: fingerprintOf(options.pipeline, options.params, options.version),
    ingredients: ingredientsOf(options.pipeline, options.params, options.version),
    mode,
    tables: [...options.tables],
    startedAt: startedAt.toISOString(),
    finishedAt: null,
    source: null,
    target: null,
    parts: {},
    stages: [],
  };
  const log = await RunLog.begin(folder.path, folder.run, options.now);
  const context = { options, plan, selected, folder, manifest, log };
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
 * Begins a run and does its work. A new run that is refused before anything moved (exit codes 2 and 3) leaves no folder:
 * the corrected command may have its id, and no later command takes it for the newest run.
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

/** @throws WaybillError 'plan-refused' that names every problem. */
export function planOrRefuse(options: Pick<EngineOptions, 'pipeline' | 'params' | 'types'>): Plan {
  const plan = planPipeline(options.pipeline, options.params, options.types);
  refuse(plan.problems, 'plan-refused', `The plan of ${options.pipeline.name} does not hold`, options.pipeline.name);
  return plan;
}

function refuse(problems: readonly Problem[], code: 'plan-refused' | 'drift', title: string, pipeline: string): void {
  if (problems.length === 0) return;
  const lines = problems.map((p) => `  ${p.subject}: ${p.message}`);
  throw new WaybillError(code, `${title}:\n${lines.join('\n')}`, {
    hint: `Mend the mappings or the contract so that each line is answered; see: waybill plan ${pipeline}`,
  });
}

async function resumeRun(options: EngineOptions, plan: Plan): Promise<RunContext> {
  const run = options.run as string;
  const manifest = await readManifest(runFolder(options.runsPath, run).path, run);
  const fingerprint = fingerprintOf(options.pipeline, options.params, options.version);
  if (manifest.fingerprint !== fingerprint || manifest.pipeline !== options.pipeline.name) {
    throw new WaybillError('plan-refused', `Run ${run} was begun with ${whatDiffers(options, manifest)}.`, {
      hint: 'Start a new run, or go on with what the run was begun with.',
    });
  }
  return contextOf(options, plan, manifest);
}

/** @throws WaybillError 'part-damaged' when log or manifest are not as they were left. */
async function contextOf(options: EngineOptions, plan: Plan, manifest: Manifest): Promise<RunContext> {
  const folder = runFolder(options.runsPath, manifest.run);
  const log = await RunLog.open(folder.path, manifest.run, options.now);
  const facts = await factsOfFile(folder.path, manifestFile);
  if (facts !== null) log.requireKnown(facts);
  return { options, plan, selected: selectMappings(plan, manifest.tables), folder, manifest, log };
}

/**
 * Finds a run that is over, to replay what it rejected. Its mappings may have been corrected since; nothing else may have.
 * @throws WaybillError 'plan-refused' that names what differs.
 */
export async function reopenRun(options: EngineOptions): Promise<RunContext> {
  const plan = planOrRefuse(options);
  const run = options.run as string;
  const manifest = await readManifest(runFolder(options.runsPath, run).path, run);
  const now = ingredientsOf(options.pipeline, options.params, options.version);
  const isSame = manifest.fingerprint === fingerprintOf(options.pipeline, options.params, options.version);
  const changed = isSame ? [] : changedIngredients(manifest.ingredients ?? {}, now);
  const others = changed.filter((name) => !isCorrection(name));
  if (manifest.pipeline !== options.pipeline.name || others.length > 0) {
    const what = others.length > 0 ? others.join(', ') : `the pipeline ${manifest.pipeline}`;
    throw new WaybillError('plan-refused', `Run ${run} was begun with another ${what}.`, {
      hint: 'Replay with what the run was begun with (only mappings may be corrected), or start a new run.',
    });
  }
  if (changed.length > 0) options.progress.note(`corrected since the run was begun: ${changed.join(', ')}`);
  return contextOf(options, plan, manifest);
}

/** What a resume would do otherwise than the run it goes on with. */
function whatDiffers({ pipeline, params, version }: EngineOptions, manifest: Manifest): string {
  if (manifest.pipeline !== pipeline.name) return `the pipeline ${manifest.pipeline}`;
  if (manifest.waybill !== version) return `waybill ${manifest.waybill}, not ${version}`;
  const names = new Set([...Object.keys(params), ...Object.keys(manifest.params)]);
  const changed = [...names].filter((name) => params[name] !== manifest.params[name]);
  if (changed.length > 0) return `another value of the parameter ${changed.join(', ')}`;
  return 'other mappings or another contract';
}

/** Whether a mapping is meant by the name of a table: of its source, bare or not, or of its target. */
export function isCalled({ source, target }: Pick<PlannedMapping, 'source' | 'target'>, name: string): boolean {
  return source.name === name || source.name.endsWith(`.${name}`) || target.name === name;
}

/** @throws WaybillError 'usage' when a name matches no table. */
export function selectMappings(plan: Plan, tables: readonly string[]): readonly PlannedMapping[] {
  for (const name of tables) {
    if (plan.mappings.some((m) => isCalled(m, name))) continue;
    throw new WaybillError('usage', `No mapping reads or fills a table called ${name}.`, {
      hint: `See the tables with: waybill plan ${plan.pipeline.name}`,
    });
  }
  return tables.length === 0 ? plan.mappings : plan.mappings.filter((m) => tables.some((name) => isCalled(m, name)));
}

/**
 * Asks the live source whether it is what the contract says, as far as the run reads it.
 * @returns the contract's tables with the live estimates, by name.
 * @throws WaybillError 'drift', all differences at once.
 */
export async function checkSource(context: RunContext, source: Source): Promise<ReadonlyMap<string, TableSchema>> {
  const { contract, live } = await refuseDrift(context, source, 'is not what the contract says');
  const { isConsistent, note } = source.snapshot;
  // A staged run reads its own export later; the source that counts is the first one.
  context.manifest = {
    ...context.manifest,
    source: context.manifest.source ?? { label: source.label, isConsistent, note },
  };
  const estimates = new Map(live.map((t) => [t.name, t.estimatedRows]));
  return new Map(contract.map((t) => [t.name, { ...t, estimatedRows: estimates.get(t.name) ?? null }]));
}

/** Asks again when all was read: what changed meanwhile is named. @throws WaybillError 'drift'. */
export async function checkSourceAgain(context: RunContext, source: Source): Promise<void> {
  await refuseDrift(context, source, 'was changed while it was read');
}

interface Compared {
  readonly contract: readonly TableSchema[];
  readonly live: readonly TableSchema[];
}

async function refuseDrift(context: RunContext, source: Source, what: string): Promise<Compared> {
  const { pipeline, types } = context.options;
  const isPartial = context.selected.length < context.plan.mappings.length;
  const needed = new Set(context.selected.map((m) => m.source.name));
  const takesPart = (table: TableSchema): boolean => !isPartial || needed.has(table.name);
  const contract = Object.entries(pipeline.source.contract)
    .flatMap(([s, c]) => tablesOfContract(s, c, types.source))
    .filter(takesPart);
  const live = (await source.inspector.tables(Object.keys(pipeline.source.contract))).filter(takesPart);
  refuse(driftOf(contract, live, 'source'), 'drift', `${source.label} ${what}`, pipeline.name);
  return { contract, live };
}

/** Asks the target whether its load version is what the contract says. @throws WaybillError 'drift'. */
export async function checkTarget(context: RunContext, target: Target): Promise<void> {
  const { pipeline, types } = context.options;
  const contract = tablesOfContract('', pipeline.target.contract, types.target);
  refuse(
    driftOf(contract, await target.inspector.tables(['']), 'target'),
    'drift',
    `${target.label} is not what the contract says`,
    pipeline.name,
  );
}

/** The parts of a source table: as cut before when the run is resumed, else cut now and remembered. */
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
  // Before a row is loaded: the ledger knows parts by their number only, so another cut would lose or double rows.
  await writeManifest(context, 'cut', { table: table.name, parts: parts.length });
  failpoint('parts-kept');
  return parts;
}

/** Whether a JSON Lines directory of the run is a source. */
export function isFinished({ log }: Pick<RunContext, 'log'>, directory: 'export' | 'transform'): boolean {
  return log.has(`${directory}/manifest.json`);
}

/** What a stage leaves; a stage that is done again makes it again. */
const leftBy: Readonly<Record<StageName, RegExp | null>> = {
  export: /^export\//,
  transform: /^(transform\/|records\/[^/]+\/\d+\.jsonl$)/,
  load: null,
  settle: /^records\/[^/]+\/settled\.jsonl$/,
  constraints: null,
  analyze: null,
  validate: /^report\./,
};

/**
 * Times a stage and notes it in the manifest; `work` gives the rows that went through.
 * @param remakes paths of files that it makes again.
 */
export async function timedStage(
  context: RunContext,
  stage: StageName,
  work: () => Promise<number>,
  remakes: Pick<RegExp, 'test'> | null = leftBy[stage],
): Promise<void> {
  stopIfAsked(context.options);
  await context.log.append('stage-begun', { stage }, [], remakes);
  const started = context.options.now();
  const rows = await work();
  const finished = context.options.now();
  const seconds = (finished.getTime() - started.getTime()) / 1000;
  const entry = { stage, startedAt: started.toISOString(), finishedAt: finished.toISOString(), seconds, rows };
  context.manifest = { ...context.manifest, stages: [...context.manifest.stages, entry] };
  await writeManifest(context, 'stage-ended', { stage, rows });
}
