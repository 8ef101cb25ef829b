import { access, readdir } from 'node:fs/promises';
import { WaybillError } from '../core/errors.ts';
import type { Pipeline } from '../core/pipeline.ts';

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

/** @throws WaybillError 'unknown-pipeline' naming those that there are. */
export async function loadPipeline(name: string): Promise<Pipeline> {
  const names = await pipelineNames();
  if (!names.includes(name)) {
    throw new WaybillError('unknown-pipeline', `There is no pipeline called ${name}.`, {
      hint: `Use one of: ${names.join(', ')}.`,
    });
  }
  return ((await import(fileOf(name).href)) as { default: Pipeline }).default;
}

function fileOf(name: string): URL {
  return new URL(`${name}/pipeline.${extension}`, folder);
}
