import type { Finding } from '../core/validation/check.ts';
import { mappingsTo, resolvedOf, tallyOf } from '../core/validation/tally.ts';
import type { ValidationContext, Validator } from '../core/validation/validator.ts';
import { type CheckResult, checkSubject, incomplete } from './check-result.ts';
import { mapConcurrent } from './map-concurrent.ts';

/** Compares live row counts with the ledger. */
export const counts: Validator = {
  name: 'counts',
  proves: 'The source still has as many rows as were read, and the target has as many as were loaded.',
  cannotSee: 'One row lost and another added, and differences in content.',
  async *run(context): AsyncIterable<Finding> {
    const { mappings } = context.plan;
    if (mappings.length === 0) yield incomplete('all', 'no table matched');
    const sources = [...new Set(mappings.map((m) => m.source.name))];
    const targets = [...new Set(mappings.map((m) => m.target.name))];
    const tasks = [
      ...sources.map((subject) => ({ subject, run: () => countSource(context, subject) })),
      ...targets.map((subject) => ({ subject, run: () => countTarget(context, subject) })),
    ];
    yield* mapConcurrent(tasks, ({ subject, run }) => checkSubject(subject, run));
  },
};

/** Every mapping of the table must have read all its rows. */
async function countSource(context: ValidationContext, table: string): Promise<CheckResult> {
  const live = await context.source.inspector.count(table);
  const mappings = context.plan.mappings.filter((m) => m.source.name === table);
  const reads = mappings.map((m) => ({ name: m.name, ...ledgerCounts(context, m.name) }));
  const off = reads.filter((r) => r.read !== live);
  const notes = off.map((r) => `${r.name} read ${r.read}`);
  if (reads.some((r) => r.parts === 0)) {
    return { verdict: 'incomplete', expected: live, actual: null, notes: ['the ledger has no part of this table'] };
  }
  return {
    verdict: off.length === 0 ? 'pass' : 'fail',
    expected: live,
    actual: (off[0] ?? reads[0])?.read ?? null,
    notes,
  };
}

function ledgerCounts(context: ValidationContext, mapping: string): { read: number; parts: number } {
  const entries = context.ledger.filter((e) => e.mapping === mapping);
  return { read: tallyOf(entries, []).read, parts: entries.length };
}

async function countTarget(context: ValidationContext, table: string): Promise<CheckResult> {
  const { plan, resolved, ledger } = context;
  const loaded = mappingsTo(table, plan.mappings).reduce((sum, m) => {
    const entries = ledger.filter((e) => e.mapping === m.name);
    return sum + tallyOf(entries, resolvedOf(m, resolved)).loaded;
  }, 0);
  const live = await context.target.inspector.count(table);
  const notes = live === loaded ? [] : [`the target has ${live - loaded > 0 ? 'more' : 'fewer'} rows than were loaded`];
  return { verdict: live === loaded ? 'pass' : 'fail', expected: loaded, actual: live, notes };
}
