import type { Check } from '../core/validation/check.ts';
import { mappingsTo, resolvedOf, tallyOf } from '../core/validation/tally.ts';
import type { ValidationContext, Validator } from '../core/validation/validator.ts';
import { checkSafely, type Finding, incomplete } from './check-result.ts';
import { mapConcurrent } from './map-concurrent.ts';

const check = 'counts';

/** Whether the live tables have as many rows as the ledger says: the source as many as were read, the target as loaded. */
export const counts: Validator = {
  name: check,
  async *run(context): AsyncIterable<Check> {
    const { mappings } = context.plan;
    if (mappings.length === 0) yield incomplete({ check, subject: 'all' }, 'no table matched');
    const sources = [...new Set(mappings.map((m) => m.source.name))];
    const targets = [...new Set(mappings.map((m) => m.target.name))];
    const looks = [
      ...sources.map((subject) => ({ subject, look: () => countSource(context, subject) })),
      ...targets.map((subject) => ({ subject, look: () => countTarget(context, subject) })),
    ];
    yield* mapConcurrent(looks, ({ subject, look }) => checkSafely({ check, subject }, look));
  },
};

/** Each mapping of the table must have read all of it. */
async function countSource(context: ValidationContext, table: string): Promise<Finding> {
  const live = await context.source.inspector.count(table);
  const mappings = context.plan.mappings.filter((m) => m.source.name === table);
  const reads = mappings.map((m) => ({ name: m.name, ...ledgerAccount(context, m.name) }));
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

function ledgerAccount(context: ValidationContext, mapping: string): { read: number; parts: number } {
  const entries = context.ledger.filter((e) => e.mapping === mapping);
  return { read: tallyOf(entries, []).read, parts: entries.length };
}

async function countTarget(context: ValidationContext, table: string): Promise<Finding> {
  const { plan, resolved, ledger } = context;
  const loaded = mappingsTo(table, plan.mappings).reduce((sum, m) => {
    const entries = ledger.filter((e) => e.mapping === m.name);
    return sum + tallyOf(entries, resolvedOf(m, plan.mappings, resolved)).loaded;
  }, 0);
  const live = await context.target.inspector.count(table);
  const notes = live === loaded ? [] : [`the target has ${live - loaded > 0 ? 'more' : 'fewer'} rows than were loaded`];
  return { verdict: live === loaded ? 'pass' : 'fail', expected: loaded, actual: live, notes };
}
