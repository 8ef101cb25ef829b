import { shadowOf } from '../core/schema-names.ts';
import { type RunResult, runPipeline } from '../engine/stages/run.ts';
import { validateRun } from '../engine/stages/stage-runs.ts';
import type { Report } from '../reports/model.ts';
import type { AskDatabase } from './confirm-target.ts';
import type {
  EngineArguments,
  ExecutionOptions,
  LoadOptions,
  PipelineOptions,
  RunsOptions,
  SourceOptions,
  TargetOptions,
} from './options.ts';
import { type Prepared, prepareNew, prepareOfRun, validatorsOf } from './prepare.ts';
import { readReport } from './read-report.ts';
import { writeReport } from './write-report.ts';

/** The options of a whole migration. */
export interface RunOptions extends EngineArguments, LoadOptions {
  /** Schema to load into; the pipeline's schema plus `_next` by default. */
  readonly targetSchema?: string | undefined;
}

/** The options of a validation. */
export interface ValidateOptions
  extends PipelineOptions,
    SourceOptions,
    Pick<TargetOptions, 'target'>,
    RunsOptions,
    Pick<ExecutionOptions, 'idleTimeout' | 'jobs' | 'reference'> {
  /** Id of the run; the newest one of the pipeline by default. */
  readonly run?: string | undefined;
}

/** The outcome of a run, with its report. */
export interface RunOutcome extends RunResult {
  readonly report: Report;
}

/** Prepares a migration: export, transform, load and validation in one pass over the source. */
export function prepareRun(options: RunOptions, ask?: AskDatabase): Promise<Prepared<RunOutcome>> {
  return prepareNew(options, { writesTarget: true, ask }, (engine, pipeline) =>
    withReport(
      runPipeline({
        ...engine,
        mode: options.staged === true ? 'staged' : 'direct',
        isDryRun: options.dryRun ?? false,
        targetSchema: options.targetSchema ?? shadowOf(pipeline.target.schema),
        validators: validatorsOf(pipeline),
        writeReport,
      }),
    ),
  );
}

/** Prepares a validation: compares what a run loaded with its source, both as they are now. */
export function prepareValidation(options: ValidateOptions): Promise<Prepared<RunOutcome>> {
  return prepareOfRun(options, { writesTarget: false }, (engine, pipeline) =>
    withReport(validateRun({ ...engine, validators: validatorsOf(pipeline), writeReport })),
  );
}

async function withReport(running: Promise<RunResult>): Promise<RunOutcome> {
  const result = await running;
  return { ...result, report: await readReport(result.folder, result.run) };
}
