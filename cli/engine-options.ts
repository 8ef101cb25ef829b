import { resolve } from 'node:path';
import { connectorFor } from '../connectors/registry.ts';
import type { Pipeline } from '../core/mapping/pipeline.ts';
import type { TypeReaders } from '../core/mapping/plan/plan.ts';
import type { Source } from '../core/ports/source.ts';
import { readManifest } from '../engine/journal/manifest.ts';
import { listRuns, runFolder } from '../engine/journal/run-folder.ts';
import type { EngineOptions } from '../engine/options.ts';
import { type Arguments, parametersOf, tableNames, wholeNumber } from './arguments.ts';
import { openSource, openTarget, sourcePlace, targetUrl } from './connections.ts';
import { signKey } from './keys.ts';
import { packageRoot, version } from './package-root.ts';
import { rejectLimits } from './reject-limits.ts';

/** How the contracts of a pipeline are read. */
export async function typeReaders(pipeline: Pipeline): Promise<TypeReaders> {
  const [source, target] = await Promise.all([connectorFor(`${pipeline.source.dialect}:`), connectorFor('postgres:')]);
  return { source: source.parseType, target: target.parseType };
}

export type EngineArguments = Arguments<'param' | 'runs-dir'> &
  Partial<
    Arguments<
      | 'source'
      | 'target'
      | 'tables'
      | 'run'
      | 'resume'
      | 'max-rejects'
      | 'silence-timeout'
      | 'part-rows'
      | 'jobs'
      | 'reference'
      | 'check-rows'
      | 'gzip'
      | 'sign-key'
    >
  >;

/** Wires the engine to the real connectors, as the arguments and the environment say. */
export async function engineOptions(
  pipeline: Pipeline,
  args: EngineArguments,
): Promise<Omit<EngineOptions, 'progress'>> {
  const remembered = args.run === undefined ? {} : await rememberedParams(args['runs-dir'], args.run);
  const params = parametersOf(pipeline, args.param, remembered);
  const types = await typeReaders(pipeline);
  // Several readers of a MySQL source need a lock on it, which is taken only when it was asked for.
  const jobs = wholeNumber('jobs', args.jobs ?? 2, 1);
  const readers = args.jobs === undefined ? 1 : jobs;
  const silenceMs = wholeNumber('silence-timeout', args['silence-timeout'] ?? 300, 0) * 1000;
  const rooted: Pipeline = {
    ...pipeline,
    target: { ...pipeline.target, migrations: resolve(packageRoot, pipeline.target.migrations) },
  };
  return {
    pipeline: rooted,
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
    signKey: await signKey(args['sign-key']),
    now: () => new Date(),
    openSource: async () =>
      openSource(await sourcePlace(pipeline, args.source ?? [], process.env), { readers, idleTimeoutMs: silenceMs }),
    openTarget: async (schema) =>
      openTarget(targetUrl(args.target, process.env), schema, pipeline, params, { idleTimeoutMs: silenceMs, jobs }),
    createDirectory: async (path) => {
      const { createDirectoryWriter } = await import('../connectors/files/exported/directory-writer.ts');
      return createDirectoryWriter(path, { gzip: args.gzip ?? false });
    },
    openDirectory,
  };
}

/** A run keeps the parameters that it was begun with, so they need not be said again. */
async function rememberedParams(runsPath: string, run: string): Promise<Record<string, string>> {
  const isKnown = (await listRuns(runsPath)).includes(run);
  return isKnown ? (await readManifest(runFolder(runsPath, run).path, run)).params : {};
}

/** Opens a JSON Lines directory as a source. */
export async function openDirectory(path: string): Promise<Source> {
  const url = `jsonl:${resolve(path)}`;
  return (await connectorFor(url)).openSource(url, { schemas: {} });
}
