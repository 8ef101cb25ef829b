import { type Plan, planPipeline } from '../core/mapping/plan/plan.ts';
import type { Problem } from '../core/mapping/plan/problem.ts';
import { noFacts } from '../core/mapping/survey.ts';
import { WaybillError } from '../core/model/errors.ts';
import type { TableSchema } from '../core/model/schema.ts';
import type { Part, Source } from '../core/ports/source.ts';
import { failpoint } from './failpoint.ts';
import type { JournalContext } from './journal/journal-context.ts';
import { type Manifest, writeManifest } from './journal/manifest.ts';
import { type EngineOptions, pipelineArgument, throwIfStopped } from './options.ts';
import type { StageName } from './progress.ts';
import type { GatheredFacts } from './surveys.ts';

/** A run in progress: its plan, folder, manifest so far, and event log. */
export interface RunContext extends JournalContext {
  readonly options: EngineOptions;
  readonly plan: Plan;
  /** The survey results that the plan's rules use. */
  readonly facts: GatheredFacts;
  manifest: Manifest;
}

/**
 * Plans a pipeline.
 * @throws WaybillError 'plan-refused' that names every problem.
 */
export function planOrRefuse(
  options: Pick<EngineOptions, 'pipeline' | 'module' | 'params' | 'types'>,
  facts = noFacts,
): Plan {
  const plan = planPipeline(options.pipeline, options.params, options.types, facts);
  refuse(plan.problems, 'plan-refused', `The plan of ${options.pipeline.name} has problems`, pipelineArgument(options));
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

/** The most often that the manifest is written for the tables of a run. */
const MAX_CUTS = 100;

/** The cut that is under way in each run of many tables. */
const cutting = new WeakMap<RunContext, Promise<unknown>>();

/**
 * Returns the parts of a source table. A resumed run has them in its manifest; otherwise the table is cut now. In a run of many tables
 * the next ones are cut with it, because each cut writes the whole manifest again.
 * @param tables all tables of the run by name, in their order.
 */
export async function partsOf(
  context: RunContext,
  source: Source,
  table: TableSchema,
  tables: ReadonlyMap<string, TableSchema>,
): Promise<readonly Part[]> {
  const count = Math.ceil(tables.size / MAX_CUTS);
  if (count > 1) {
    const before = cutting.get(context) ?? Promise.resolve();
    const mine = before.then(() => cut(context, source, nextOf(context, table, [...tables.values()], count)));
    cutting.set(
      context,
      mine.catch(() => undefined),
    );
    await mine;
  } else await cut(context, source, nextOf(context, table, [table], 1));
  return context.manifest.parts[table.name] as readonly Part[];
}

/** The table, if it is not cut yet, and those after it that are not. */
function nextOf(
  { manifest, selected }: RunContext,
  table: TableSchema,
  all: readonly TableSchema[],
  count: number,
): readonly TableSchema[] {
  if (manifest.parts[table.name] !== undefined) return [];
  const read = new Set(selected.map(({ source }) => source.name));
  const following = all
    .slice(all.findIndex(({ name }) => name === table.name) + 1)
    .filter(({ name }) => read.has(name) && manifest.parts[name] === undefined);
  return [table, ...following.slice(0, count - 1)];
}

async function cut(context: RunContext, source: Source, tables: readonly TableSchema[]): Promise<void> {
  const [first] = tables;
  if (first === undefined) return;
  let count = 0;
  for (const table of tables) {
    const parts = await source.parts(table, context.options.partRows);
    count += parts.length;
    context.manifest.parts[table.name] = parts.map((p) => ({
      number: p.number,
      after: p.after === null ? null : [...p.after],
      upTo: p.upTo === null ? null : [...p.upTo],
    }));
  }
  failpoint('parts-cut');
  // Written before any row is loaded: the ledger knows parts only by number, so another cut would lose or duplicate rows.
  await writeManifest(context, 'cut', { table: first.name, parts: count, tables: tables.length });
  failpoint('parts-kept');
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
