import { randomBytes } from 'node:crypto';
import { WaybillError } from '../../core/model/errors.ts';
import { runParallel } from '../../core/parallel.ts';
import type { Source } from '../../core/ports/source.ts';
import type { DdlState, Target } from '../../core/ports/target.ts';
import { type CheckResults, type Finding, joinResults, resultsOf, verdictCounts } from '../../core/validation/check.ts';
import type { ValidationContext, Validator } from '../../core/validation/validator.ts';
import { failpoint } from '../failpoint.ts';
import { rowsOfHooks } from '../hooks.ts';
import { readRecords } from '../journal/row-records.ts';
import { syncReplays } from '../journal/sync-replays.ts';
import { throwIfStopped } from '../options.ts';
import { hashRows, keyedHashes } from '../parts/digest.ts';
import { encodeAgain } from '../parts/encode-part.ts';
import { type RunContext, runStage } from '../run-context.ts';
import { appliedDdl, schemaDrift } from '../schema-drift.ts';
import { sourceProblems } from './contract-check.ts';

/** Sample keys per check. */
const MAX_KEYS = 20;

/**
 * Runs every validator against the live source and target, up to `jobs` at a time, so that the databases compute for one
 * validator while the process reads for another.
 * @returns their results in the order of the validators.
 */
export async function validateStage(
  context: RunContext,
  source: Source,
  target: Target,
  validators: readonly Validator[],
): Promise<CheckResults> {
  let results: CheckResults = { checks: [], descriptions: [] };
  await runStage(context, 'validate', async () => {
    context.options.progress.stage(
      'validate',
      validators.map(({ name }) => ({ table: name, rows: null })),
    );
    failpoint('validation-begun');
    const seed = randomBytes(16).toString('hex');
    const state = await target.provedState();
    const validation = await validationContext(context, source, target, seed);
    const tasks = async function* (): AsyncGenerator<() => Promise<CheckResults>> {
      for (const validator of validators) yield () => runValidator(validator, validation, context);
    };
    results = joinResults(await runParallel(tasks(), context.options.jobs));
    context.manifest = { ...context.manifest, validation: { seed, checks: verdictCounts(results.checks), state } };
    failpoint('validated');
    return results.checks.length;
  });
  return results;
}

/** @param seed the key of the hashes, drawn for this validation. */
async function validationContext(
  context: RunContext,
  source: Source,
  target: Target,
  seed: string,
): Promise<ValidationContext> {
  const { plan, folder, options, manifest } = context;
  // Another source than the run's may be cut into other parts: files are cut as they were written.
  const known = manifest.source?.label === source.label ? manifest.parts : {};
  const parts: ValidationContext['parts'] = async (table) => known[table.name] ?? source.parts(table, options.partRows);
  let made: Promise<DdlState> | null = null;
  const ddl = (): Promise<DdlState> => {
    made ??= appliedDdl(target, options.pipeline.target.migrations);
    return made;
  };
  await syncReplays(context, target);
  return {
    pipeline: plan.pipeline,
    plan: { ...plan, mappings: context.selected },
    run: folder.run,
    source,
    target,
    ledger: await target.ledger(folder.run),
    resolved: await target.resolvedRows(folder.run),
    records: (mapping) => readRecords(folder.recordsPath, mapping),
    ...keyedHashes(seed),
    ledgerHash: hashRows,
    parts,
    async *encodeAgain(planned, format, { hasOrigins }) {
      const { fastPath } = options;
      yield* encodeAgain(source, planned, format, { parts: await parts(planned.source), fastPath, hasOrigins });
    },
    schemaDifferences: async () => schemaDrift(target, await ddl()),
    ddlRows: async () => {
      const own = rowsOfHooks(await target.hooks(folder.run));
      for (const [table, rows] of Object.entries((await ddl()).rows)) own.set(table, (own.get(table) ?? 0) + rows);
      return Object.fromEntries(own);
    },
    boundTables: await boundBefore(target),
    sourceProblems: () => sourceProblems(context, source),
    maxKeys: MAX_KEYS,
  };
}

/** Counts now, while no check of this validation reads, and answers later: an error is that of the check which asks. */
async function boundBefore(target: Target): Promise<ValidationContext['boundTables']> {
  const { isLive } = await target.runs();
  const counting = isLive ? Promise.resolve(new Map<string, number>()) : target.inspector.boundTables();
  await counting.catch(() => undefined);
  return () => counting;
}

async function runValidator(
  validator: Validator,
  validation: ValidationContext,
  context: RunContext,
): Promise<CheckResults> {
  const { options } = context;
  const findings: Finding[] = [];
  const keep = (finding: Finding): void => {
    findings.push(finding);
    options.progress.check(validator.name, finding.verdict);
  };
  options.progress.begin(validator.name);
  try {
    for await (const finding of validator.run(validation)) {
      throwIfStopped(options);
      keep(finding);
      failpoint('validation-check');
    }
  } catch (error) {
    throwIfStopped(options);
    keep(failedFinding(error));
  }
  options.progress.end(validator.name);
  return resultsOf(validator, findings);
}

/** The finding of a validator that threw: incomplete, never a pass. */
function failedFinding(error: unknown): Finding {
  const note = error instanceof WaybillError ? error.message : 'The validator stopped with an internal error.';
  return { subject: 'all', verdict: 'incomplete', expected: null, actual: null, sampleKeys: [], note };
}
