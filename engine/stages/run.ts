import type { TableSchema } from '../../core/model/schema.ts';
import type { Source } from '../../core/ports/source.ts';
import type { Target } from '../../core/ports/target.ts';
import { besideFor } from '../../core/schema-names.ts';
import { type CheckResults, joinResults, resultsOf, verdictOf } from '../../core/validation/check.ts';
import { continuedSequences, correctedSequences } from '../../core/validation/sequences.ts';
import type { Validator } from '../../core/validation/validator.ts';
import { withRun } from '../begin-run.ts';
import { checkBlueprint } from '../blueprint-drift.ts';
import { failpoint } from '../failpoint.ts';
import { runHooks } from '../hooks.ts';
import { writeManifest } from '../journal/manifest.ts';
import type { EngineOptions } from '../options.ts';
import { isFinished, type RunContext, runStage } from '../run-context.ts';
import type { LoadedFrom } from './classify-resolved.ts';
import { checkSource, checkTarget } from './contract-check.ts';
import { loadDirect, loadTransformed } from './load.ts';
import { loadStaged } from './load-staged.ts';
import { withDirectory, withSource } from './open-source.ts';
import { type ReportWriter, reportRun } from './report.ts';
import { resolveStage } from './resolve-references.ts';
import { completeInventory } from './take-inventory.ts';
import { refuseFilledTarget, refuseKnownRun, refuseOtherSchema } from './target-guard.ts';
import { transformStage } from './transform.ts';
import { validateStage } from './validate.ts';

export interface RunOptions extends EngineOptions {
  readonly mode: 'direct' | 'staged';
  /** Whether the run loads into a temporary schema that is dropped at the end. */
  readonly isDryRun: boolean;
  readonly targetSchema: string;
  readonly validators: readonly Validator[];
  readonly writeReport: ReportWriter;
}

/** The outcome of a run. */
export interface RunResult {
  readonly run: string;
  readonly folder: string;
  readonly verdict: 'pass' | 'fail' | 'incomplete';
}

/**
 * The main job: exports, transforms, imports and validates in one pass over the source, and writes a report. A staged run also
 * keeps JSON Lines of both sides. A stopped run leaves a run folder and a ledger, from which `--resume` continues.
 */
export async function runPipeline(options: RunOptions): Promise<RunResult> {
  return withRun(options, options.mode, (context) => connectAndLoad(options, context));
}

function connectAndLoad(options: RunOptions, context: RunContext): Promise<RunResult> {
  options.progress.note(`run ${context.folder.run}`);
  return withSource(context, (source) => loadFrom(options, context, source));
}

async function loadFrom(options: RunOptions, context: RunContext, source: Source): Promise<RunResult> {
  const schema = options.isDryRun ? besideFor(options.targetSchema, 'dry', context.folder.run) : options.targetSchema;
  const target = await options.openTarget(schema);
  try {
    await target.claim(context.folder.run);
    const result = await loadAndProve(options, context, source, target, schema);
    if (options.isDryRun) await target.drop();
    return result;
  } catch (error) {
    // The first error is reported. A shadow that could not be dropped is only noted.
    if (options.isDryRun) await target.drop().catch(() => options.progress.note(`${schema} was not dropped`));
    throw error;
  } finally {
    await target.close();
  }
}

async function loadAndProve(
  options: RunOptions,
  context: RunContext,
  source: Source,
  target: Target,
  schema: string,
): Promise<RunResult> {
  const tables = await checkSource(context, source);
  await prepareTarget(options, context, target, schema);
  // A resumed run keeps its mode, because direct and staged runs keep rejects in different files.
  if (context.manifest.mode === 'direct') await loadDirect(context, source, tables, target);
  else await loadByStages(context, source, tables, target);
  await finishTarget(context, target, { source, as: (planned) => planned });
  const results = await validateStage(context, source, target, options.validators);
  return finishRun(options, context, target, results);
}

/** Prepares the target: empty tables of the load version, the pipeline's seed rows, the run's record. */
export async function prepareTarget(
  options: EngineOptions,
  context: RunContext,
  target: Target,
  schema: string,
): Promise<void> {
  const { pipeline, params } = options;
  await refuseOtherSchema(context.manifest, target, schema);
  if (!options.resume) await refuseKnownRun(context.folder.run, target);
  // A resumed run that was stopped before its first part has no rows in the target either.
  if ((await target.ledger(context.folder.run)).length === 0) await refuseFilledTarget(context.plan, target, schema);
  await checkBlueprint(options);
  await target.requireLockRoom(pipeline.target.migrations, pipeline.target.finalVersion);
  const server = await target.inspector.server();
  context.manifest = { ...context.manifest, target: { label: target.label, schema, server } };
  await writeManifest(context, 'target', { label: target.label, schema });
  await target.migrate(pipeline.target.migrations, pipeline.target.loadVersion, noteVersion);
  await checkTarget(context, target);
  for (const [table, rows] of Object.entries(pipeline.seed(params))) await target.seed(table, rows);
  const { run, fingerprint, startedAt } = context.manifest;
  await target.recordRun({ run, pipeline: pipeline.name, fingerprint, startedAt });
  await target.beginLoad();
  await runHooks(context, target, 'before-load');
  failpoint('target-prepared');
}

const noteVersion = (): void => failpoint('version-committed');

/** Continues after the stages that finished separately. Without any, the source goes through all stages in one pass. */
async function loadByStages(
  context: RunContext,
  source: Source,
  tables: ReadonlyMap<string, TableSchema>,
  target: Target,
): Promise<void> {
  const { exportPath, transformPath } = context.folder;
  const isTransformed = isFinished(context, 'transform');
  if (!isTransformed && !isFinished(context, 'export')) return loadStaged(context, source, tables, target);
  if (!isTransformed) await withDirectory(context, exportPath, (exported) => transformStage(context, exported));
  await withDirectory(context, transformPath, (transformed) => loadTransformed(context, transformed, target));
}

/** Finishes the loaded target: resolves references, builds indexes, constraints and policies, sets statistics and sequences. */
export async function finishTarget(context: RunContext, target: Target, from: LoadedFrom): Promise<void> {
  await runHooks(context, target, 'after-load');
  await resolveStage(context, target, from);
  const { pipeline } = context.plan;
  // Some tables alone have children without parents, which no foreign key accepts.
  const isWhole = context.selected.length === context.plan.mappings.length;
  await runStage(context, 'constraints', async () => {
    context.options.progress.stage('constraints', []);
    if (isWhole) await target.migrate(pipeline.target.migrations, pipeline.target.finalVersion, noteVersion);
    failpoint('constraints-built');
    return 0;
  });
  if (isWhole) {
    await completeInventory(context, target);
    await runHooks(context, target, 'after-constraints');
  }
  await runStage(context, 'analyze', async () => {
    context.options.progress.stage('analyze', []);
    await target.finish([...new Set(context.selected.map((m) => m.target.name))]);
    await continueSequences(context, target);
    failpoint('target-finished');
    return 0;
  });
}

/** Makes the sequences of the target go on from those of the source, and past the values in use. */
export async function continueSequences({ selected, manifest }: RunContext, target: Target): Promise<void> {
  const all = continuedSequences(selected, manifest.sequences, await target.inspector.sequences());
  await target.setSequences(correctedSequences(all));
}

/** Closes the manifest and writes the report. */
export async function finishRun(
  options: EngineOptions & Pick<RunOptions, 'writeReport'>,
  context: RunContext,
  target: Target,
  results: CheckResults,
): Promise<RunResult> {
  const isPartial = context.selected.length < context.plan.mappings.length;
  const all = isPartial ? joinResults([results, partialResults(context)]) : results;
  context.manifest = { ...context.manifest, finishedAt: options.now().toISOString() };
  const verdict = verdictOf(all.checks);
  await writeManifest(context, 'proved', { verdict });
  failpoint('report-due');
  await reportRun(context, target, all, options.writeReport);
  failpoint('report-written');
  await context.log.append('reported', { verdict }, ['report.json', 'report.html']);
  return { run: context.folder.run, folder: context.folder.path, verdict };
}

const scope = {
  name: 'scope',
  proves: 'All tables of the pipeline took part in the run.',
  cannotSee: 'Tables of the source that the pipeline has no mapping for.',
};

function partialResults({ selected, plan }: RunContext): CheckResults {
  return resultsOf(scope, [
    {
      subject: 'tables',
      verdict: 'incomplete',
      expected: plan.mappings.length,
      actual: selected.length,
      sampleKeys: [],
      note: 'Only some tables took part; references, foreign keys and policies between the others were not built.',
    },
  ]);
}
