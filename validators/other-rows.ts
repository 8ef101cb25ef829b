import type { Finding } from '../core/validation/check.ts';
import { tallyOf } from '../core/validation/tally.ts';
import type { ValidationContext, Validator } from '../core/validation/validator.ts';
import {
  type CheckResult,
  checkSubject,
  failureText,
  findingOf,
  incomplete,
  notApplicable,
  plural,
} from './check-result.ts';

/**
 * Looks for rows that nothing brought where `counts` does not: in tables that no mapping of the run fills, and behind row-level
 * security that binds waybill's own session.
 */
export const otherRows: Validator = {
  name: 'other-rows',
  proves:
    'No table of the target has rows that neither a run, nor the DDL, nor the seed of the pipeline brought: not in tables without a mapping, and not of tenants that row-level security hides.',
  cannotSee: 'A live schema, since its application writes to it. One row lost and another added.',
  async *run(context): AsyncIterable<Finding> {
    const found = await unseenTables(context).catch(failureText);
    if (typeof found === 'string') yield incomplete('all', found);
    else if (found.tables.length === 0) yield findingOf('all', notApplicable(found.why));
    else {
      const { tables, runs, bound } = found;
      const loaded = loadedRows(context, runs);
      for (const table of tables)
        yield await checkSubject(table, async () =>
          checkTable(context, table, { loaded: await loaded, bound, runs: runs.length }),
        );
    }
  },
};

/** The tables that `counts` does not see whole, or why there is none to look at. */
async function unseenTables({ plan, target, boundTables }: ValidationContext): Promise<Unseen> {
  const { runs, isLive } = await target.runs();
  const bound = await boundTables();
  if (isLive) return { runs, bound, tables: [], why: 'the schema is live, and its application may write to it' };
  const counted = new Set(plan.mappings.map((mapping) => mapping.target.name));
  const all = (await target.inspector.tables([''])).map(({ name }) => name);
  const tables = all.filter((table) => !counted.has(table) || bound.has(table));
  return { runs, bound, tables, why: 'every table of the target has a mapping and shows all its rows' };
}

interface Unseen {
  readonly runs: readonly string[];
  readonly bound: ReadonlyMap<string, number>;
  readonly tables: readonly string[];
  /** Why there is no table to look at. */
  readonly why: string;
}

/** Table → the rows that these runs loaded and did not remove again. */
async function loadedRows(
  { target, ...own }: ValidationContext,
  runs: readonly string[],
): Promise<Map<string, number>> {
  const loaded = new Map<string, number>();
  for (const run of runs) {
    const entries = run === own.run ? own.ledger : await target.ledger(run);
    const resolved = run === own.run ? own.resolved : await target.resolvedRows(run);
    for (const name of new Set(entries.map(({ mapping }) => mapping))) {
      const table = name.slice(name.lastIndexOf(' > ') + 3);
      const tally = tallyOf(
        entries.filter(({ mapping }) => mapping === name),
        resolved.filter(({ mapping }) => mapping === name),
      );
      loaded.set(table, (loaded.get(table) ?? 0) + tally.loaded);
    }
  }
  return loaded;
}

interface Known {
  /** Table → the rows that runs loaded and did not remove again. */
  readonly loaded: ReadonlyMap<string, number>;
  readonly bound: ReadonlyMap<string, number>;
  /** The number of runs. */
  readonly runs: number;
}

async function checkTable(
  { target, plan, pipeline, ddlRows }: ValidationContext,
  table: string,
  { loaded, bound, runs }: Known,
): Promise<CheckResult> {
  const seeded = (pipeline.seed(plan.params)[table]?.length ?? 0) * runs;
  const expected = (loaded.get(table) ?? 0) + ((await ddlRows())[table] ?? 0) + seeded;
  const actual = bound.get(table) ?? (await target.inspector.count(table));
  const excess = plural(Math.abs(actual - expected), 'row');
  const notes = actual === expected ? [] : [actual > expected ? `${excess} that nothing brought` : `${excess} missing`];
  return { verdict: actual === expected ? 'pass' : 'fail', expected, actual, notes };
}
