import type { Plan } from '../core/mapping/plan/plan.ts';
import { selectMappings } from '../core/mapping/plan/selection.ts';
import { WaybillError } from '../core/model/errors.ts';
import { changedComponents, fingerprintComponents, fingerprintOf, hookComponent, isCorrection } from './fingerprint.ts';
import { EventLog } from './journal/event-log.ts';
import { factsOfFile } from './journal/file-facts.ts';
import { type Manifest, manifestFile, readManifest } from './journal/manifest.ts';
import { runFolder } from './journal/run-folder.ts';
import { type EngineOptions, limitsOf } from './options.ts';
import { planOrRefuse, type RunContext } from './run-context.ts';
import { GatheredFacts } from './surveys.ts';

/**
 * Opens the folder of a stopped run.
 * @throws WaybillError 'run-unknown'; 'plan-refused' when anything that decides the result has changed since the run began.
 */
export async function resumeRun(options: EngineOptions, plan: Plan, facts: GatheredFacts): Promise<RunContext> {
  const run = options.run as string;
  const manifest = await readManifest(runFolder(options.runsPath, run).path, run);
  const fingerprint = fingerprintOf(options.pipeline, options.params, options.version);
  const isSame = manifest.fingerprint === fingerprint && manifest.pipeline === options.pipeline.name;
  const corrected = isSame ? null : correctedHooks(options, manifest);
  if (corrected !== null) {
    options.progress.note(`changed since the run was begun: ${corrected.join(', ')}`);
    const components = fingerprintComponents(options.pipeline, options.params, options.version);
    return contextOf(options, plan, facts, { ...manifest, fingerprint, components });
  }
  if (!isSame) {
    throw new WaybillError('plan-refused', `Run ${run} was begun with ${whatDiffers(options, manifest)}.`, {
      hint: 'Start a new run, or resume with what the run was begun with.',
    });
  }
  return contextOf(options, plan, facts, manifest);
}

/** The hooks that changed since the run was begun, if nothing else did and none of them has run; null otherwise. */
function correctedHooks({ pipeline, params, version }: EngineOptions, manifest: Manifest): readonly string[] | null {
  if (manifest.pipeline !== pipeline.name || manifest.components === undefined) return null;
  const changed = changedComponents(manifest.components, fingerprintComponents(pipeline, params, version));
  const done = new Set((manifest.hooks ?? []).map(({ name }) => hookComponent(name)));
  const isOpen = (name: string): boolean => name.startsWith(hookComponent('')) && !done.has(name);
  return changed.length > 0 && changed.every(isOpen) ? changed : null;
}

/**
 * The run has the reject limits that it began with, unless this command gives others.
 * @throws WaybillError 'part-damaged' when the log or the manifest was changed.
 */
async function contextOf(
  options: EngineOptions,
  plan: Plan,
  facts: GatheredFacts,
  manifest: Manifest,
): Promise<RunContext> {
  const folder = runFolder(options.runsPath, manifest.run);
  const log = await EventLog.open(folder.path, manifest.run, options);
  const known = await factsOfFile(folder.path, manifestFile);
  if (known !== null) log.requireKnown(known);
  const given = limitsOf(options);
  const limits = given.length > 0 ? given : manifest.rejectLimits;
  const selected = selectMappings(plan, manifest.tables);
  return { options, plan, facts, selected, folder, manifest: { ...manifest, rejectLimits: limits }, log };
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
