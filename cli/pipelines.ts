import { existsSync } from 'node:fs';
import { access, readdir } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { WaybillError } from '../core/model/errors.ts';
import type { PipelineModule } from '../core/validation/validator.ts';
import { pipelineShape } from './pipeline-shape.ts';

const folder = new URL('../pipelines/', import.meta.url);
const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';

/** The names of all pipelines: the folders under `pipelines/` that hold one. */
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
 * Loads a pipeline by its name or, when the name holds a slash, from that file: a module whose default export it is.
 * @throws WaybillError 'unknown-pipeline' naming those that exist; 'configuration' when the module is not a pipeline.
 */
export async function loadPipeline(name: string): Promise<PipelineModule> {
  const names = await pipelineNames();
  const file = name.includes('/') ? pathToFileURL(name) : fileOf(name);
  if (!names.includes(name) && !(name.includes('/') && existsSync(file))) {
    throw new WaybillError('unknown-pipeline', `There is no pipeline called ${name}.`, {
      hint: `Use one of: ${names.join(', ')}; or the path of a pipeline's module.`,
    });
  }
  const pipeline = ((await import(file.href)) as { default: PipelineModule }).default;
  const { error } = pipelineShape.safeParse(pipeline);
  if (error === undefined) return pipeline;
  const problems = error.issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`);
  throw new WaybillError('configuration', `${name} is not a pipeline: ${problems.join('; ')}.`, {
    hint: 'Compare it with pipelines/aries/pipeline.ts.',
  });
}

function fileOf(name: string): URL {
  return new URL(`${name}/pipeline.${extension}`, folder);
}
