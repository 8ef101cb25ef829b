import type { PlannedMapping } from '../core/mapping/plan/plan.ts';
import type { Finding } from '../core/validation/check.ts';
import type { ValidationContext, Validator } from '../core/validation/validator.ts';
import { type CheckResult, checkSubject, notApplicable } from './check-result.ts';
import { mapConcurrent } from './map-concurrent.ts';

/** Counts nulls in the columns that the contract declares NOT NULL. */
export const notNull: Validator = {
  name: 'not-null',
  proves: 'No target column that the contract declares NOT NULL holds a null.',
  cannotSee: 'Whether the target enforces NOT NULL, which types sees.',
  async *run(context): AsyncIterable<Finding> {
    const targets = new Map(context.plan.mappings.map((m) => [m.target.name, m]));
    yield* mapConcurrent(targets, ([table, planned]) => checkSubject(table, () => countNulls(context, planned)));
  },
};

async function countNulls(
  { target, maxKeys }: ValidationContext,
  { target: table }: PlannedMapping,
): Promise<CheckResult> {
  const columns = table.columns.filter((c) => !c.nullable).map((c) => c.name);
  if (columns.length === 0) return notApplicable('every column allows NULL');
  const found = await target.inspector.nulls(table.name, columns);
  return {
    verdict: found.length === 0 ? 'pass' : 'fail',
    expected: 0,
    actual: found.reduce((sum, { count }) => sum + count, 0),
    sampleKeys: found.slice(0, maxKeys).map(({ column }) => `${table.name}.${column}`),
  };
}
