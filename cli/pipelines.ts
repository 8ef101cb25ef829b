import { existsSync } from 'node:fs';
import { access, readdir } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { WaybillError } from '../core/model/errors.ts';
import type { PipelineModule } from '../core/validation/validator.ts';

const folder = new URL('../pipelines/', import.meta.url);
const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';

const contractShape = z.record(
  z.string().min(1),
  z.object({
    key: z.array(z.string()),
    unique: z.array(z.array(z.string()).min(1)).optional(),
    columns: z.record(z.string().min(1), z.string().min(1)),
  }),
);

/** What a module must export before it is planned: readable contracts and ordered versions. The compiler checks the rest. */
const pipelineShape = z
  .looseObject({
    name: z.string().regex(/^[a-z][a-z0-9-]*$/),
    title: z.string().min(1),
    source: z.looseObject({ dialect: z.string(), contract: z.record(z.string(), contractShape) }),
    target: z.looseObject({
      schema: z.string().min(1).max(63),
      contract: contractShape,
      migrations: z.string(),
      loadVersion: z.int().positive(),
      finalVersion: z.int().positive(),
    }),
    mappings: z.array(z.looseObject({ from: z.string(), to: z.string() })).min(1),
  })
  .refine(({ target }) => target.loadVersion <= target.finalVersion, {
    path: ['target', 'finalVersion'],
    message: 'comes before loadVersion',
  });

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
 * @throws WaybillError 'unknown-pipeline' with the known names; 'configuration' when the module is not a pipeline.
 */
export async function loadPipeline(name: string): Promise<PipelineModule> {
  const names = await pipelineNames();
  const file = name.includes('/') ? pathToFileURL(name) : fileOf(name);
  if (!names.includes(name) && !(name.includes('/') && existsSync(file))) {
    throw new WaybillError('unknown-pipeline', `There is no pipeline called ${name}.`, {
      hint: `Use one of: ${names.join(', ')}; or the path of a pipeline module.`,
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
