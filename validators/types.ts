import { driftOf } from '../core/mapping/plan/drift.ts';
import type { TableSchema } from '../core/model/schema.ts';
import type { Finding } from '../core/validation/check.ts';
import type { ValidationContext, Validator } from '../core/validation/validator.ts';
import { type CheckResult, checkSubject, failureText, incomplete } from './check-result.ts';

/** Compares the live target with its contract. */
export const types: Validator = {
  name: 'types',
  proves: 'The target has the tables, columns, types, lengths, nullability and primary keys of its contract.',
  cannotSee: 'CHECK constraints, defaults, indexes, and the columns of tables that no mapping feeds.',
  async *run(context): AsyncIterable<Finding> {
    let live: readonly TableSchema[];
    try {
      live = await context.target.inspector.tables(['']);
    } catch (error) {
      yield incomplete('tables', failureText(error));
      return;
    }
    yield await checkSubject('tables', async () => compareNames(context, live));
    const targets = new Map(context.plan.mappings.map((m) => [m.target.name, m.target]));
    for (const table of targets.values()) {
      yield await checkSubject(table.name, async () => compareTable(context, table, live));
    }
  },
};

function compareNames({ pipeline, maxKeys }: ValidationContext, live: readonly TableSchema[]): CheckResult {
  const wanted = Object.keys(pipeline.target.contract);
  const found = live.map((t) => t.name);
  const missing = wanted.filter((name) => !found.includes(name));
  const unknown = found.filter((name) => !wanted.includes(name));
  return {
    verdict: missing.length + unknown.length === 0 ? 'pass' : 'fail',
    expected: wanted.length,
    actual: found.length,
    sampleKeys: [...missing, ...unknown].slice(0, maxKeys),
    notes: [
      ...(missing.length === 0 ? [] : [`missing: ${missing.slice(0, maxKeys).join(', ')}`]),
      ...(unknown.length === 0 ? [] : [`not in the contract: ${unknown.slice(0, maxKeys).join(', ')}`]),
    ],
  };
}

function compareTable({ maxKeys }: ValidationContext, table: TableSchema, live: readonly TableSchema[]): CheckResult {
  const drift = driftOf(
    [table],
    live.filter((t) => t.name === table.name),
    'target',
  );
  return {
    verdict: drift.length === 0 ? 'pass' : 'fail',
    expected: 0,
    actual: drift.length,
    sampleKeys: drift.slice(0, maxKeys).map((d) => d.subject),
    notes: drift.slice(0, maxKeys).map((d) => `${d.subject}: ${d.message}`),
  };
}
