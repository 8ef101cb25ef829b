import type { Validator } from '../core/check.ts';
import { WaybillError } from '../core/errors.ts';

import { exportStage } from './export.ts';
import { loadTransformed } from './load.ts';
import { writeManifest } from './manifest.ts';
import type { EngineOptions } from './options.ts';
import type { ReportWriter } from './report.ts';
import { finishRun, finishTarget, prepareTarget, type RunResult, withDirectory } from './run.ts';
import { beginRun, type RunContext } from './run-context.ts';
import { transformStage } from './transform.ts';
import { validateStage } from './validate.ts';

/** Where a stage left its work. */
export interface StageResult {
  readonly run: string;
  readonly path: string;
}

/** `waybill export`: the source into a JSON Lines directory of a new run. */
export async function exportRun(options: EngineOptions): Promise<StageResult> {
  const context = await beginRun(options, 'staged');
  const source = await options.openSource();
  try {
    return { run: context.folder.run, path: await exportStage(context, source) };
  } finally {
    await source.close();
  }
}

/**
 * `waybill transform`: the export of run `options.run`, or without one any source, mapped into the run's transform
 * directory.
 */
export async function transformRun(options: EngineOptions): Promise<StageResult> {
  const context = await beginRun({ ...options, resume: options.run !== undefined }, 'staged');
  if (options.run === undefined) {
    const source = await options.openSource();
    try {
      await transformStage(context, source);
    } finally {
      await source.close();
    }
  } else {
    requireStage(context, 'export');
    await withDirectory(options, context.folder.exportPath, (exported) => transformStage(context, exported));
  }
  return { run: context.folder.run, path: context.folder.transformPath };
}

/** `waybill import`: the transform directory of run `options.run` into the target, indexes and constraints included. */
export async function importRun(options: EngineOptions, schema: string): Promise<StageResult> {
  const context = await beginRun({ ...options, resume: true }, 'staged');
  requireStage(context, 'transform');
  const target = await options.openTarget(schema);
  try {
    const isBegun = (await target.ledger(context.folder.run)).length > 0;
    await prepareTarget({ ...options, resume: isBegun }, context, target, schema);
    await withDirectory(options, context.folder.transformPath, (t) => loadTransformed(context, t, target));
    await finishTarget(context, target);
    await writeManifest(context.folder.path, context.manifest);
    return { run: context.folder.run, path: target.label };
  } finally {
    await target.close();
  }
}

/** `waybill validate`: what run `options.run` loaded, against its source as it is now. */
export async function validateRun(
  options: EngineOptions & { readonly validators: readonly Validator[]; readonly writeReport: ReportWriter },
): Promise<RunResult> {
  const context = await beginRun({ ...options, resume: true }, 'direct');
  const { schema } = requireTarget(context);
  const source = await options.openSource();
  try {
    const target = await options.openTarget(schema);
    try {
      const checks = await validateStage(context, source, target, options.validators);
      return await finishRun(options, context, target, checks);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

function requireTarget({ manifest }: RunContext): { schema: string } {
  if (manifest.target !== null) return manifest.target;
  throw new WaybillError('run-unfinished', `Run ${manifest.run} has loaded nothing yet.`, {
    hint: `Load it first: waybill import ${manifest.pipeline} --run ${manifest.run}`,
  });
}

function requireStage({ manifest }: RunContext, stage: 'export' | 'transform'): void {
  if (manifest.stages.some((s) => s.stage === stage)) return;
  throw new WaybillError('run-unfinished', `Run ${manifest.run} has no finished ${stage}.`, {
    hint: `Begin with: waybill ${stage} ${manifest.pipeline}`,
  });
}
