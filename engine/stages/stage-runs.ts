import { existsSync } from 'node:fs';
import { WaybillError } from '../../core/model/errors.ts';
import type { Target } from '../../core/ports/target.ts';
import type { Validator } from '../../core/validation/validator.ts';
import { withRun } from '../begin-run.ts';
import type { EngineOptions } from '../options.ts';
import { transformedMapping } from '../parts/transformed-mapping.ts';
import { isFinished, type RunContext } from '../run-context.ts';
import { exportStage } from './export.ts';
import { loadTransformed } from './load.ts';
import { withDirectory, withSource } from './open-source.ts';
import type { ReportWriter } from './report.ts';
import { finishRun, finishTarget, prepareTarget, type RunResult } from './run.ts';
import { transformStage } from './transform.ts';
import { validateStage } from './validate.ts';

/** Where a stage wrote its output. */
export interface StageResult {
  readonly run: string;
  readonly path: string;
}

/**
 * `waybill export`: writes the source to a JSON Lines directory. A stopped export starts again, because all parts come from
 * one snapshot. A finished export is kept.
 */
export function exportRun(options: EngineOptions): Promise<StageResult> {
  return withRun(options, 'staged', async (context) => {
    if (!isFinished(context, 'export')) {
      requireOwnStages(context);
      await withSource(context, (source) => exportStage(context, source));
    }
    return { run: context.folder.run, path: context.folder.exportPath };
  });
}

/**
 * `waybill transform`: maps the export of run `options.run`, or any source if there is no run, into the run's transform
 * directory. A stopped run that began from a source reads that source again.
 */
export function transformRun(options: EngineOptions): Promise<StageResult> {
  return withRun({ ...options, resume: options.run !== undefined }, 'staged', async (context) => {
    const { exportPath, transformPath, run } = context.folder;
    if (context.manifest.mode === 'staged' && !existsSync(exportPath)) {
      await withSource(context, (source) => transformStage(context, source));
    } else {
      requireStage(context, 'export');
      await withDirectory(context, exportPath, (exported) => transformStage(context, exported));
    }
    return { run, path: transformPath };
  });
}

/** `waybill import`: loads the transform directory of run `options.run` into the target and builds indexes and constraints. */
export function importRun(options: EngineOptions, schema: string): Promise<StageResult> {
  return withRun({ ...options, resume: true }, 'staged', (context) => importInto(options, context, schema));
}

async function importInto(options: EngineOptions, context: RunContext, schema: string): Promise<StageResult> {
  requireStage(context, 'transform');
  const target = await options.openTarget(schema);
  try {
    await target.claim(context.folder.run);
    const isBegun = (await target.ledger(context.folder.run)).length > 0;
    await prepareTarget({ ...options, resume: isBegun }, context, target, schema);
    await withDirectory(context, context.folder.transformPath, async (source) => {
      await loadTransformed(context, source, target);
      await finishTarget(context, target, { source, as: transformedMapping });
    });
    return { run: context.folder.run, path: target.label };
  } finally {
    await target.close();
  }
}

type ValidateOptions = EngineOptions & {
  readonly validators: readonly Validator[];
  readonly writeReport: ReportWriter;
};

/** `waybill validate`: compares what run `options.run` loaded with its source as it is now. */
export function validateRun(options: ValidateOptions): Promise<RunResult> {
  return withRun({ ...options, resume: true }, 'direct', (context) => validateLoaded(options, context));
}

async function validateLoaded(options: ValidateOptions, context: RunContext): Promise<RunResult> {
  const { schema } = requireTarget(context);
  return withSource(context, async (source) => {
    const target = await openWhereLoaded(options, context.folder.run, schema);
    try {
      await target.claim(context.folder.run);
      const results = await validateStage(context, source, target, options.validators);
      return await finishRun(options, context, target, results);
    } finally {
      await target.close();
    }
  });
}

/** Opens the schema that the run was loaded into, under its current name: a cutover may have renamed it. */
export async function openWhereLoaded(options: EngineOptions, run: string, schema: string): Promise<Target> {
  const target = await options.openTarget(schema);
  try {
    const there = (await target.schemaOf(run)) ?? schema;
    if (there === schema) return target;
    await target.close();
    return await options.openTarget(there);
  } catch (error) {
    await target.close();
    throw error;
  }
}

function requireTarget({ manifest }: RunContext): { schema: string } {
  if (manifest.target !== null) return manifest.target;
  const { run, pipeline, mode } = manifest;
  const load =
    mode === 'direct' ? `waybill run ${pipeline} --run ${run} --resume` : `waybill import ${pipeline} --run ${run}`;
  throw new WaybillError('run-unfinished', `Run ${run} has loaded nothing yet.`, {
    hint: `Load it first: ${load}`,
  });
}

function requireStage(context: RunContext, stage: 'export' | 'transform'): void {
  if (isFinished(context, stage)) return;
  requireOwnStages(context);
  const { run, pipeline, mode } = context.manifest;
  const finish =
    stage === 'export'
      ? `waybill export ${pipeline} --run ${run} --resume`
      : `waybill transform ${pipeline} --run ${run}`;
  throw new WaybillError('run-unfinished', `Run ${run} has no finished ${stage}.`, {
    hint:
      mode === 'direct'
        ? `The run is direct and has no stages. Start a staged run with: waybill export ${pipeline}`
        : `Finish it first: ${finish}`,
  });
}

/** @throws WaybillError 'run-unfinished' when the run was stopped while it did all stages in one pass. */
function requireOwnStages(context: RunContext): void {
  const { run, pipeline, mode, target } = context.manifest;
  if (mode === 'direct' || target === null || isFinished(context, 'transform')) return;
  throw new WaybillError('run-unfinished', `Run ${run} was stopped while it staged and loaded in one pass.`, {
    hint: `Resume it with: waybill run ${pipeline} --run ${run} --resume`,
  });
}
