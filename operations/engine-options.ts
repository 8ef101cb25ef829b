import { resolve } from 'node:path';
import { connectorFor } from '../connectors/registry.ts';
import type { Pipeline } from '../core/mapping/pipeline.ts';
import type { TypeReaders } from '../core/mapping/plan/plan.ts';
import type { Source } from '../core/ports/source.ts';
import { readManifest } from '../engine/journal/manifest.ts';
import { listRuns, runFolder } from '../engine/journal/run-folder.ts';
import type { EngineOptions } from '../engine/options.ts';
import { openSource, openTarget, sourcePlace, targetUrl } from './connections.ts';
import { runCommandOf } from './evidence/run-command.ts';
import { readPrivateKey } from './evidence/signing-keys.ts';
import { moduleOf } from './modules/load-pipeline.ts';
import { parametersOf, rejectLimits, wholeNumber } from './option-values.ts';
import { defaultRunsDir, type EngineArguments, type LoadOptions } from './options.ts';
import { packageRoot, version } from './package-root.ts';

/** Finds the connectors' type readers for the contracts of a pipeline. */
export async function typeReaders(pipeline: Pipeline): Promise<TypeReaders> {
  const [source, target] = await Promise.all([connectorFor(`${pipeline.source.dialect}:`), connectorFor('postgres:')]);
  return { source: source.parseType, target: target.parseType };
}

/** The folder with the DDL of a pipeline. A shipped pipeline names it relative to the package. */
export function migrationsOf({ target }: Pick<Pipeline, 'target'>): string {
  return resolve(packageRoot, target.migrations);
}

/** Wires the engine to the real connectors. */
export async function engineOptions(
  pipeline: Pipeline,
  options: EngineArguments & LoadOptions,
): Promise<Omit<EngineOptions, 'progress'>> {
  const { run, runsDir = defaultRunsDir, environment = {}, jobs: givenJobs } = options;
  const recorded = run === undefined ? {} : await recordedParams(runsDir, run);
  const params = parametersOf(pipeline, options.param, recorded);
  // Several readers lock a MySQL source for a moment, so they are used only on request.
  const jobs = wholeNumber('jobs', givenJobs ?? 2, 1);
  const readers = givenJobs === undefined ? 1 : jobs;
  const idleTimeoutMs = wholeNumber('idle-timeout', options.idleTimeout ?? 300, 0) * 1000;
  const sources = [options.source ?? []].flat();
  return {
    pipeline: { ...pipeline, target: { ...pipeline.target, migrations: migrationsOf(pipeline) } },
    module: await moduleOf(options.pipeline),
    params,
    types: await typeReaders(pipeline),
    version,
    runsPath: runsDir,
    ...(run === undefined ? {} : { run }),
    resume: options.resume ?? false,
    tables: options.tables ?? [],
    maxRejects: rejectLimits(options.maxRejects ?? []),
    partRows: wholeNumber('part-rows', options.partRows ?? 50_000, 1),
    jobs,
    fastPath: options.reference === true ? null : (await import('../kernels/fast-path.ts')).fastPath,
    isStrict: options.strict ?? false,
    checkRows: options.checkRows ?? false,
    signKey: await readPrivateKey(options.signKey),
    by: runCommandOf(options),
    now: () => new Date(),
    openSource: async () => openSource(await sourcePlace(pipeline, sources, environment), { readers, idleTimeoutMs }),
    openTarget: async (schema) =>
      openTarget(targetUrl(options.target, environment), schema, pipeline, params, { idleTimeoutMs, jobs }),
    createDirectory: async (path) => {
      const { createDirectoryWriter } = await import('../connectors/files/exported/directory-writer.ts');
      return createDirectoryWriter(path, { gzip: options.gzip ?? false });
    },
    openDirectory,
  };
}

/** Reads the parameters that the run began with, so that they need not be given again. */
async function recordedParams(runsPath: string, run: string): Promise<Record<string, string>> {
  const isKnown = (await listRuns(runsPath)).includes(run);
  return isKnown ? (await readManifest(runFolder(runsPath, run).path, run)).params : {};
}

/** Opens a JSON Lines directory as a source. */
export async function openDirectory(path: string): Promise<Source> {
  const url = `jsonl:${resolve(path)}`;
  return (await connectorFor(url)).openSource(url, { schemas: {} });
}
