import { resolve } from 'node:path';
import { connectorFor } from '../connectors/registry.ts';
import type { Pipeline } from '../core/mapping/pipeline.ts';
import type { TypeReaders } from '../core/mapping/plan/plan.ts';
import type { Source } from '../core/ports/source.ts';
import { readManifest } from '../engine/journal/manifest.ts';
import { listRuns, runFolder } from '../engine/journal/run-folder.ts';
import type { EngineOptions } from '../engine/options.ts';
import { parametersOf, rejectLimits, tableNames, wholeNumber } from './arguments.ts';
import type { Arguments, OptionValues } from './command-options.ts';
import { openSource, openTarget, sourcePlace, targetUrl } from './connections.ts';
import { moduleOf } from './modules/load-pipeline.ts';
import { packageRoot, version } from './package-root.ts';
import { readPrivateKey } from './signing-keys.ts';

/** Finds the connectors' type readers for the contracts of a pipeline. */
export async function typeReaders(pipeline: Pipeline): Promise<TypeReaders> {
  const [source, target] = await Promise.all([connectorFor(`${pipeline.source.dialect}:`), connectorFor('postgres:')]);
  return { source: source.parseType, target: target.parseType };
}

/** The arguments of any command that calls the engine. */
export type EngineArguments = OptionValues<'param' | 'runs-dir'> & { pipeline: string } & Partial<Arguments<'run'>>;

/** Wires the engine to the real connectors, from the arguments and the environment. */
export async function engineOptions(
  pipeline: Pipeline,
  args: EngineArguments,
): Promise<Omit<EngineOptions, 'progress'>> {
  const recorded = args.run === undefined ? {} : await recordedParams(args['runs-dir'], args.run);
  const params = parametersOf(pipeline, args.param, recorded);
  const types = await typeReaders(pipeline);
  // Several readers lock a MySQL source for a moment, so they are used only on request.
  const jobs = wholeNumber('jobs', args.jobs ?? 2, 1);
  const readers = args.jobs === undefined ? 1 : jobs;
  const idleTimeoutMs = wholeNumber('idle-timeout', args['idle-timeout'] ?? 300, 0) * 1000;
  const rooted: Pipeline = {
    ...pipeline,
    target: { ...pipeline.target, migrations: resolve(packageRoot, pipeline.target.migrations) },
  };
  return {
    pipeline: rooted,
    module: await moduleOf(args.pipeline),
    params,
    types,
    version,
    runsPath: args['runs-dir'],
    ...(args.run === undefined ? {} : { run: args.run }),
    resume: args.resume ?? false,
    tables: tableNames(args.tables ?? []),
    maxRejects: rejectLimits(args['max-rejects'] ?? []),
    partRows: wholeNumber('part-rows', args['part-rows'] ?? 50_000, 1),
    jobs,
    fastPath: args.reference === true ? null : (await import('../kernels/fast-path.ts')).fastPath,
    checkRows: args['check-rows'] ?? false,
    signKey: await readPrivateKey(args['sign-key']),
    now: () => new Date(),
    openSource: async () =>
      openSource(await sourcePlace(pipeline, args.source ?? [], process.env), { readers, idleTimeoutMs }),
    openTarget: async (schema) =>
      openTarget(targetUrl(args.target, process.env), schema, pipeline, params, { idleTimeoutMs, jobs }),
    createDirectory: async (path) => {
      const { createDirectoryWriter } = await import('../connectors/files/exported/directory-writer.ts');
      return createDirectoryWriter(path, { gzip: args.gzip ?? false });
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
