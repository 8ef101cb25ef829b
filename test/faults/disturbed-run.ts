import type { ChildProcess } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { expect } from 'vitest';
import type { RowRecord } from '../../core/model/records.ts';
import type { Check } from '../../core/validation/check.ts';
import type { Failpoint } from '../../engine/failpoint.ts';
import { type CommandResult, recordsOf, reportOf, waybill, workFolder } from '../support/cli.ts';
import { createPgDatabase, type TestDatabase } from '../support/databases.ts';

type Row = Record<string, unknown>;

const undisturbed = 'undisturbed';
const keyless = 'compliance_items';

/** Runs of one pipeline in one database, one of them undisturbed. A run loads into a schema with the run's name. */
export interface DisturbedRuns {
  readonly folder: string;
  readonly database: TestDatabase;
  /** Executes the run or a stage of it. With `isResumed` it resumes the run. */
  go(run: string, options?: GoOptions): Promise<CommandResult>;
  /** Expects every part in the ledger to match the undisturbed run, and the tables to match the ledger. */
  expectSound(run: string): Promise<void>;
  /** Expects the same result as the undisturbed run: digests, rows, records, tallies, checks. */
  expectSame(run: string): Promise<void>;
  query(sql: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** The commands of a staged run, in order. */
export type Stage = 'export' | 'transform' | 'import' | 'validate';

interface GoOptions {
  /** The command to execute. The default is `run`. */
  readonly stage?: Stage;
  readonly isResumed?: boolean;
  /** Further options. */
  readonly args?: readonly string[];
  /** `name:nth`, with `:error` to throw instead of killing. */
  readonly failpoint?: `${Failpoint}:${string}`;
  /** Another URL for the same database. */
  readonly target?: string;
  /** Other options for the same source. */
  readonly source?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Receives the process, for a test that ends it. */
  readonly onStart?: (child: ChildProcess) => void;
}

interface RunsOptions {
  readonly pipeline?: 'aries' | 'marketplace' | 'modernize';
  /** Further options of every run. */
  readonly args?: readonly string[];
  /** The default is the committed data set. */
  readonly source?: readonly string[];
  readonly database?: TestDatabase;
}

/** Makes the undisturbed run. It names a failpoint but lacks the second switch, so nothing happens. */
export async function disturbedRuns(options: RunsOptions = {}): Promise<DisturbedRuns> {
  const { pipeline = 'aries', args = [] } = options;
  const { source = ['--source', `jsonl:${resolve(import.meta.dirname, `../../fixtures/${pipeline}/data`)}`] } = options;
  const folder = await workFolder();
  const database = options.database ?? (await createPgDatabase());
  const query: DisturbedRuns['query'] = async (sql, values = []) => {
    const client = new pg.Client(database.url);
    await client.connect();
    return (await client.query(sql, [...values]).finally(() => client.end())).rows;
  };
  const go: DisturbedRuns['go'] = (run, { isResumed = false, failpoint, ...other } = {}) => {
    const from = other.source ?? source;
    const to = ['--target', other.target ?? database.url];
    const into = [...to, '--target-schema', run];
    const sizes = ['--part-rows', '50'];
    const budget = ['--max-rejects', '100'];
    const given = {
      run: [...from, ...into, ...sizes, ...budget, ...args],
      export: [...from, ...sizes],
      transform: [...sizes, ...budget],
      import: [...into, ...sizes, ...budget],
      validate: [...from, ...to],
    };
    const environment = {
      WAYBILL_FAILPOINT: failpoint ?? 'run-begun',
      ...(failpoint === undefined ? {} : { WAYBILL_FAULTS: 'on' }),
      ...other.environment,
    };
    const { stage = 'run' } = other;
    const options = [...given[stage], ...(other.args ?? []), '--quiet', ...(isResumed ? ['--resume'] : [])];
    return waybill(folder, [stage, pipeline, '--run', run, ...options], environment, other.onStart);
  };
  expectExit(await go(undisturbed), 0);
  const partsOf = (run: string): Promise<Row[]> => query(partsSql, [run]);
  return {
    ...{ folder, database, go, query },
    async expectSound(run) {
      const parts = new Map((await partsOf(undisturbed)).map((p) => [`${p.mapping} ${p.part}`, p]));
      for (const part of await partsOf(run)) expect(part).toEqual(parts.get(`${part.mapping} ${part.part}`));
      const [due] = await query(keylessSql, [run, `% > ${keyless}`, keyless]);
      const [isThere] = await query('select to_regclass($1) is not null as is', [`${run}.${keyless}`]);
      if (isThere?.is) expect(await query(`select count(*)::int as rows from ${run}.${keyless}`)).toEqual([due]);
    },
    async expectSame(run) {
      expect(await partsOf(run)).toEqual(await partsOf(undisturbed));
      expect(await contentOf(query, run)).toEqual(await contentOf(query, undisturbed));
      expect(await recordLines(folder, run)).toEqual(await recordLines(folder, undisturbed));
      expect(await query(settingsSql, [run])).toEqual([]);
      const [report, whole] = [await reportOf(folder, run), await reportOf(folder, undisturbed)];
      expect([report.tables, report.totals]).toEqual([whole.tables, whole.totals]);
      expect(report.checks.map(withoutDigests)).toEqual(whole.checks.map(withoutDigests));
      const { read, loaded, rejected, filtered } = report.totals;
      expect(loaded + rejected + filtered).toBe(read);
      const left = await readdir(join(folder, '.waybill/runs', run), { recursive: true });
      expect(left.filter((name) => name.endsWith('.partial'))).toEqual([]);
    },
  };
}

export function expectExit({ code, stdout, stderr }: CommandResult, exitCode: number | null): void {
  if (code !== exitCode) throw new Error(`exit ${code}\n${stderr}\n${stdout}`);
}

/** The rows that the keyless table should hold: the loaded rows minus those that resolving removed. */
const keylessSql = `
  select
    (select coalesce(sum(loaded), 0) from waybill.part where run = $1 and mapping like $2)::int
    - (select count(*) from waybill.resolved where run = $1 and table_name = $3 and action = 'reject')::int as rows`;

const partsSql = `select mapping, part, after, up_to, read, loaded, rejected, filtered, adjusted, digest
  from waybill.part where run = $1 order by mapping, part`;

/** Tables that still have a storage setting. */
const settingsSql = 'select relname from pg_class where relnamespace = $1::regnamespace and reloptions is not null';

/** PostgreSQL's digest of every table of a schema, of its indexes and constraints, and of the resolved references. */
async function contentOf(query: DisturbedRuns['query'], schema: string): Promise<Row[]> {
  const tables = await query(
    `select table_name as name from information_schema.tables
     where table_schema = $1 order by 1`,
    [schema],
  );
  expect(tables.length).toBeGreaterThan(9);
  const digest = ({ name }: Row): string =>
    `select '${name}' as name, count(*) as rows, md5(string_agg(t::text, '|' order by t::text)) as digest from ${schema}.${name} t`;
  const resolved = `select 'resolved', count(*), md5(string_agg(concat(table_name, column_name, key), '|' order by table_name, column_name, key))
    from waybill.resolved where run = '${schema}'`;
  const catalog = `select 'catalog', count(*), md5(string_agg(replace(made, '${schema}.', ''), '|' order by replace(made, '${schema}.', '')))
    from (select indexdef as made from pg_indexes where schemaname = '${schema}' union all
      select concat(conrelid::regclass, conname, pg_get_constraintdef(oid), convalidated) from pg_constraint
      where connamespace = '${schema}'::regnamespace)`;
  return query(`${tables.map(digest).join(' union all ')} union all ${resolved} union all ${catalog} order by 1`);
}

async function recordLines(folder: string, run: string): Promise<string[]> {
  const withoutRun = (record: RowRecord): string => JSON.stringify({ ...record, run: '' });
  return (await recordsOf(folder, run)).map(withoutRun).sort();
}

/** Each validation hashes rows with a key of its own. */
function withoutDigests(check: Check): Check {
  return check.check === 'checksums' ? { ...check, expected: null, actual: null } : check;
}
