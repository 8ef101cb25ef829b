import type { Check, ValidationContext, Validator } from '../core/check.ts';
import { WaybillError } from '../core/errors.ts';
import { runParallel } from '../core/parallel.ts';
import type { Source, Target } from '../core/ports.ts';
import { hashRow, hashRows } from './digest.ts';
import { encodeAgain } from './encode-part.ts';
import { failpoint } from './failpoint.ts';
import { readRecords } from './part-records.ts';
import { rememberReplays } from './remember-replays.ts';
import { type RunContext, timedStage } from './run-context.ts';
import { stopIfAsked } from './stop.ts';

/** Sample keys that a check lists. */
const MAX_KEYS = 20;

/**
 * Runs every validator over what the run loaded, against the live source and target, up to `jobs` at a time: the databases
 * reckon for one while the process reads for another.
 * @returns their checks in the order of the validators.
 */
export async function validateStage(
  context: RunContext,
  source: Source,
  target: Target,
  validators: readonly Validator[],
): Promise<readonly Check[]> {
  const checks: Check[] = [];
  await timedStage(context, 'validate', async () => {
    context.options.progress.stage('validate', []);
    failpoint('validation-begun');
    const validation = await validationContext(context, source, target);
    const tasks = async function* (): AsyncGenerator<() => Promise<Check[]>> {
      for (const validator of validators) yield () => runValidator(validator, validation, context);
    };
    checks.push(...(await runParallel(tasks(), context.options.jobs)).flat());
    failpoint('validated');
    return checks.length;
  });
  return checks;
}

async function validationContext(context: RunContext, source: Source, target: Target): Promise<ValidationContext> {
  const { plan, folder, options, manifest } = context;
  // Another source than the run's may have other parts: files have those in which they were written.
  const known = manifest.source?.label === source.label ? manifest.parts : {};
  const parts: ValidationContext['parts'] = async (table) => known[table.name] ?? source.parts(table, options.partRows);
  await rememberReplays(context, target);
  return {
    pipeline: plan.pipeline,
    plan: { ...plan, mappings: context.selected },
    run: folder.run,
    source,
    target,
    ledger: await target.ledger(folder.run),
    settled: await target.settle(folder.run, []),
    records: (mapping) => readRecords(folder.recordsPath, mapping),
    hashRow,
    hashRows,
    parts,
    async *encodeAgain(planned, format, { hasOrigins }) {
      const { fastPath } = options;
      yield* encodeAgain(source, planned, format, { parts: await parts(planned.source), fastPath, hasOrigins });
    },
    maxKeys: MAX_KEYS,
  };
}

async function runValidator(
  validator: Validator,
  validation: ValidationContext,
  context: RunContext,
): Promise<Check[]> {
  const { options } = context;
  const checks: Check[] = [];
  const keep = (check: Check): void => {
    checks.push(check);
    options.progress.check(validator.name, check.verdict);
  };
  options.progress.begin(validator.name);
  try {
    for await (const check of validator.run(validation)) {
      stopIfAsked(options);
      keep(check);
      failpoint('validation-check');
    }
  } catch (error) {
    stopIfAsked(options);
    keep(incompleteCheck(validator.name, error));
  }
  options.progress.end(validator.name);
  return checks;
}

/** A validator that could not even look says so; it never passes. */
function incompleteCheck(name: string, error: unknown): Check {
  const note = error instanceof WaybillError ? error.message : 'The validator stopped with an internal error.';
  return { check: name, subject: 'all', verdict: 'incomplete', expected: null, actual: null, sampleKeys: [], note };
}
