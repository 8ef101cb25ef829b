import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Pipeline } from '../core/mapping/pipeline.ts';
import { WaybillError } from '../core/model/errors.ts';
import type { ProjectOptions } from './options.ts';
import { pipelineOf } from './pipeline.ts';
import { type GeneratedFiles, type Project, projectFile } from './project.ts';
import { readHooks } from './read-hooks.ts';

/** The folder with the generated part of a project. */
export const generatedFolder = 'generated';

/**
 * Reads the generated part of a project.
 * @throws WaybillError 'configuration' when the folder has none, or one that cannot be read.
 */
function readGenerated(folder: string): Project {
  const path = join(folder, generatedFolder, projectFile);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new WaybillError(
      'configuration',
      `${folder} is not a project: it has no ${generatedFolder}/${projectFile}.`,
      {
        hint: `Make one with: waybill init SOURCE_URL ${folder}`,
        cause,
      },
    );
  }
  try {
    return JSON.parse(text) as Project;
  } catch (cause) {
    throw new WaybillError('configuration', `${path} cannot be read.`, {
      hint: `Make it again with: waybill pull ${folder}`,
      cause,
    });
  }
}

/** Reads the generated part of a project as it was made, as a copy keeps it in its run folder. @throws as `readGenerated`. */
export function readGeneratedPart(folder: string): { readonly project: Project; readonly files: GeneratedFiles } {
  const project = readGenerated(folder);
  const generated = join(folder, generatedFolder);
  const entries = readdirSync(generated, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const files = paths.map((path) => [relative(generated, path), readFileSync(path, 'utf8')] as const);
  return { project, files: Object.fromEntries(files) };
}

/** A pipeline that is made from a project, with what a person decided. */
export interface ProjectPipeline extends Pipeline {
  readonly project: ProjectOptions;
}

/** Reads a project as a pipeline. @throws as `readGenerated`. */
export function readProject(folder: string, options: ProjectOptions = {}): ProjectPipeline {
  const pipeline = pipelineOf(readGenerated(folder), join(folder, generatedFolder), options);
  const hooks = readHooks(folder);
  return { ...pipeline, ...(hooks.length === 0 ? {} : { hooks }), project: options };
}
