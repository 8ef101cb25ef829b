import { existsSync, statSync } from 'node:fs';
import { access, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { WaybillError } from '../../core/model/errors.ts';
import { nearestName } from '../../core/nearest-name.ts';
import type { PipelineModule } from '../../core/validation/validator.ts';
import { readProject } from '../../project/read-project.ts';
import { packageRoot } from '../package-root.ts';
import { moduleError } from './module-error.ts';
import { shapeProblems } from './pipeline-shape.ts';

// From the sources as from `dist/`, where this file is a part of a bundle.
const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
const folder = pathToFileURL(join(packageRoot, extension === 'ts' ? 'pipelines/' : 'dist/pipelines/'));

/** Lists the names of all pipelines: the folders under `pipelines/` that hold a pipeline module. */
export async function pipelineNames(): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = entries
    .filter((e) => e.isDirectory())
    .map(async ({ name }) => {
      const isPipeline = await access(fileOf(name)).then(
        () => true,
        () => false,
      );
      return isPipeline ? [name] : [];
    });
  return (await Promise.all(found)).flat().sort();
}

/**
 * Loads a pipeline by name or by a path: of its module, whose default export it is, or of a project's folder. A pipeline
 * itself is only checked.
 * @throws WaybillError 'unknown-pipeline' with the known names; 'configuration' when the module fails or is not a pipeline.
 */
export async function loadPipeline(given: string | PipelineModule): Promise<PipelineModule> {
  return typeof given === 'string' ? loadNamed(given) : checked(given, 'The value');
}

async function loadNamed(name: string): Promise<PipelineModule> {
  const path = await moduleOf(name);
  if (path !== null && !existsSync(path)) {
    const names = await pipelineNames();
    const meant = nearestName(name, names);
    throw new WaybillError('unknown-pipeline', `There is no pipeline called ${name}.`, {
      hint: `${meant === null ? '' : `Did you mean ${meant}? `}Use one of: ${names.join(', ')}; or the path of a pipeline module or of a project.`,
    });
  }
  if (path !== null && statSync(path).isDirectory()) return loadProject(path);
  const { default: pipeline } =
    path === null ? await import(fileOf(name).href) : await importModule(pathToFileURL(path));
  return checked(pipeline, name);
}

function checked(pipeline: unknown, name: string): PipelineModule {
  const problems = shapeProblems(pipeline);
  if (problems.length === 0) return pipeline as PipelineModule;
  throw new WaybillError('configuration', `${name} is not a pipeline: ${problems.join('; ')}.`, {
    hint: 'Compare it with pipelines/aries/pipeline.ts.',
  });
}

/** The absolute path that names a pipeline; null for the name of one that is shipped, and for a pipeline itself. */
export async function moduleOf(given: string | PipelineModule): Promise<string | null> {
  return typeof given !== 'string' || (await pipelineNames()).includes(given) ? null : resolve(given);
}

/** A project with a module of its own is that module; one without, as a copy keeps it, is what was generated. */
async function loadProject(folder: string): Promise<PipelineModule> {
  const own = moduleNames.map((name) => join(folder, name)).find((path) => existsSync(path));
  return own === undefined ? readProject(folder) : loadNamed(own);
}

const moduleNames = ['pipeline.ts', 'pipeline.js', 'pipeline.mjs'];

async function importModule(file: URL): Promise<{ readonly default?: unknown }> {
  try {
    if (/\.m?ts$/.test(file.pathname)) return await importTypeScript(file);
    return (await import(file.href)) as { readonly default?: unknown };
  } catch (error) {
    throw moduleError(file, error);
  }
}

/**
 * Node 20 reads no TypeScript. The module's `waybill` is this one, whatever is installed beside it: an `Adjusted` of another copy would
 * be taken for a value.
 */
async function importTypeScript(file: URL): Promise<{ readonly default?: unknown }> {
  const [{ createJiti }, waybill] = await Promise.all([import('jiti'), import('../../public/index.ts')]);
  return createJiti(import.meta.url, { virtualModules: { waybill } }).import(file.href);
}

function fileOf(name: string): URL {
  return new URL(`${name}/pipeline.${extension}`, folder);
}
