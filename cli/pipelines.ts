import { existsSync } from 'node:fs';
import { access, readdir } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { WaybillError } from '../core/model/errors.ts';
import type { PipelineModule } from '../core/validation/validator.ts';
import { moduleError } from './modules/module-error.ts';
import { shapeProblems } from './modules/pipeline-shape.ts';

const folder = new URL('../pipelines/', import.meta.url);
const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';

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
 * Loads a pipeline by name or, when the name contains a slash, by the path of its module. The pipeline is the default export.
 * @throws WaybillError 'unknown-pipeline' with the known names; 'configuration' when the module fails or is not a pipeline.
 */
export async function loadPipeline(name: string): Promise<PipelineModule> {
  const names = await pipelineNames();
  const file = name.includes('/') ? pathToFileURL(name) : fileOf(name);
  if (!names.includes(name) && !(name.includes('/') && existsSync(file))) {
    throw new WaybillError('unknown-pipeline', `There is no pipeline called ${name}.`, {
      hint: `Use one of: ${names.join(', ')}; or the path of a pipeline module.`,
    });
  }
  const { default: pipeline } = await importModule(file);
  const problems = shapeProblems(pipeline);
  if (problems.length === 0) return pipeline as PipelineModule;
  throw new WaybillError('configuration', `${name} is not a pipeline: ${problems.join('; ')}.`, {
    hint: 'Compare it with pipelines/aries/pipeline.ts.',
  });
}

async function importModule(file: URL): Promise<{ readonly default?: unknown }> {
  try {
    return (await import(file.href)) as { readonly default?: unknown };
  } catch (error) {
    throw moduleError(file, error);
  }
}

function fileOf(name: string): URL {
  return new URL(`${name}/pipeline.${extension}`, folder);
}
