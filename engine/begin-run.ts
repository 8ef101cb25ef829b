import type { Plan } from '../core/mapping/plan/plan.ts';
import { selectMappings } from '../core/mapping/plan/selection.ts';
import { WaybillError } from '../core/model/errors.ts';
import { failpoint } from './failpoint.ts';
import { fingerprintComponents, fingerprintOf } from './fingerprint.ts';
import { EventLog } from './journal/event-log.ts';
import { type FileFacts, factsOfFile } from './journal/file-facts.ts';
import { type Manifest, writeManifest } from './journal/manifest.ts';
import { createRunFolder, newRunId, pathsIn, removeRunFolder } from './journal/run-folder.ts';
import { type EngineOptions, limitsOf } from './options.ts';
import { resumeRun } from './resume-run.ts';
import { planOrRefuse, type RunContext } from './run-context.ts';
import { GatheredFacts } from './surveys.ts';

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
    module: options.module ?? null,
    params: { ...options.params },
    fingerprint: fingerprintOf(options.pipeline, options.params, options.version),
    components: fingerprintComponents(options.pipeline, options.params, options.version),
    mode,
    tables: [...options.tables],
    rejectLimits: limitsOf(options),
    startedAt: startedAt.toISOString(),
    finishedAt: null,
    source: null,
    sequences: null,
    target: null,
    parts: {},
    stages: [],
    validation: null,
  };
  const project = await projectFiles(folder.path);
  const log = await EventLog.begin(folder.path, folder.run, options);
  const context = { options, plan, facts, selected, folder, manifest, log };
  const { startedAt: _, finishedAt, source, sequences, target, parts, stages, validation, ...what } = manifest;
  await writeManifest(context, 'begun', what);
  if (project.length > 0) await log.append('project', {}, project);
  failpoint('run-begun');
  return context;
}

/** The files of the project that the run is made from, where its folder holds one. */
async function projectFiles(folder: string): Promise<FileFacts[]> {
  const paths = (await pathsIn(folder)).filter((path) => path.startsWith('project/'));
  const found = await Promise.all(paths.map((path) => factsOfFile(folder, path)));
  return found.filter((facts) => facts !== null);
}

function refuseUnknownLimits(options: EngineOptions, plan: Plan): void {
  selectMappings(
    plan,
    limitsOf(options).flatMap(({ table }) => table ?? []),
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
