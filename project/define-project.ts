import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ProjectOptions } from './options.ts';
import { type ProjectPipeline, readProject } from './read-project.ts';

/**
 * The pipeline of a project: what was generated from the source, and what a person decided.
 *
 * @param module `import.meta.url` of the project's `pipeline.ts`.
 * @throws WaybillError 'configuration' when the generated part is missing.
 */
export function defineProject(module: string, options: ProjectOptions = {}): ProjectPipeline {
  return readProject(dirname(fileURLToPath(module)), options);
}
