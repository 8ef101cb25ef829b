import type { AdjustmentCount, CheckReport, RejectCount, Report, TableReport } from '../../reports/model.ts';
import { totalsOf } from '../../reports/model.ts';
import { ariesTables } from './aries-tables.ts';

const pg18 = { version: '18.1', encryption: null, isLocal: false };

/** A report of two small tables that passed. `changes` replace whole fields. */
export function smallReport(changes: Partial<Report> = {}): Report {
  const tables = changes.tables ?? [customers, plainTable('c01.tbl_doctor', 'doctors', 1_200)];
  const checks = changes.checks ?? [passed('accounting', customers.target, 12_345), passed('counts', 'doctors', 1_200)];
  return {
    waybill: '0.1.0',
    runId: '20260301-061500-a1b2',
    pipeline: 'aries',
    title: 'DMEWorks to PostgreSQL',
    verdict: 'pass',
    startedAt: '2026-03-01T06:15:00.000Z',
    finishedAt: '2026-03-01T06:17:31.000Z',
    commands: [
      {
        at: '2026-03-01T06:15:00.000Z',
        operator: { name: 'Mary Jackson', from: 'option' },
        host: 'migration-1',
        command: 'waybill run aries --source mysql://legacy.example:3306/c01 --max-rejects 100',
        waybill: '0.1.0',
        node: '20.19.0',
        settings: { 'max-rejects': '100', 'part-rows': '50000', staged: 'no' },
      },
    ],
    source: {
      server: { version: '10.11.6-MariaDB', encryption: 'TLSv1.3', isLocal: false },
      label: 'mysql://legacy.example:3306/c01',
      snapshot: { isConsistent: true, note: 'one snapshot under a brief global read lock' },
    },
    target: { label: 'postgres://target.example:5432/modern', schema: 'aries_next', server: pg18 },
    fingerprint: 'f1'.padEnd(64, '0'),
    components: { 'the contract of the source': 'c1'.padEnd(64, '0') },
    params: { tenant: 'c01' },
    rejectLimits: [{ table: null, max: 100, isPercent: false }],
    totals: totalsOf(tables),
    tables,
    policies: {
      orphan: 'The row that a reference names does not exist in the source.',
      'zero-date': 'The date is zero.',
    },
    relations: { foreignKeys: 1, lookups: 0, none: 0 },
    inventory: [
      { kind: 'primary key', name: 'c01.tbl_customer.PRIMARY', outcome: 'carried', why: '' },
      { kind: 'table', name: 'c01.tbl_customer', outcome: 'carried', why: '' },
      { kind: 'view', name: 'c01.view_mir', outcome: 'left behind', why: 'a screen of the old program' },
    ],
    stages: [stage('run', '2026-03-01T06:15:00.000Z', '2026-03-01T06:16:40.000Z', 13_545)],
    descriptions: describe(checks),
    checks,
    log: { events: 17, head: 'c0ffee'.padEnd(64, '0'), key: 'beef'.padEnd(64, '0') },
    ...changes,
  };
}

/** An invented description of each check that occurs. */
function describe(checks: readonly CheckReport[]): Report['descriptions'] {
  return [...new Set(checks.map(({ check }) => check))].map((name) => ({
    name,
    proves: `${name} found no difference.`,
    cannotSee: `What ${name} misses.`,
  }));
}

const customers: TableReport = {
  ...plainTable('c01.tbl_customer', 'customers', 12_345),
  loaded: 12_300,
  rejected: 40,
  filtered: 5,
  adjusted: 210,
  adjustments: [{ column: 'date_of_birth', rule: 'zero-date', count: 210 }],
  rejects: [
    {
      column: 'doctor_id',
      rule: 'orphan',
      sqlstate: null,
      constraint: null,
      count: 38,
      sampleKeys: ['ID=42', 'ID=77'],
    },
    {
      column: null,
      rule: 'refused',
      sqlstate: '23505',
      constraint: 'customers_account_number_key',
      count: 2,
      sampleKeys: ['ID=901'],
    },
  ],
  filters: [{ rule: 'test customers', count: 5 }],
};

/** A table whose rows were all loaded unchanged. */
export function plainTable(source: string, target: string, rows: number): TableReport {
  return {
    source,
    target,
    read: rows,
    loaded: rows,
    rejected: 0,
    filtered: 0,
    adjusted: 0,
    digest: hex(rows * 2_654_435_761),
    adjustments: [],
    rejects: [],
    filters: [],
    lineage: [
      { column: 'id', rule: 'id', reads: ['ID'] },
      { column: 'customer_id', rule: 'ref', reads: ['CustomerID'] },
    ],
  };
}

/** A run over all 118 aries tables with about 1,500 checks. `isFailing` plants differences and gaps. */
export function ariesReport(isFailing: boolean): Report {
  const tables = ariesTables.map((names, i) => ariesTable(names, i));
  const checks = isFailing ? withDifferences(ariesChecks(tables)) : ariesChecks(tables);
  const { loaded, read } = totalsOf(tables);
  return smallReport({
    verdict: isFailing ? 'fail' : 'pass',
    finishedAt: '2026-03-01T06:31:12.000Z',
    source: {
      label: 'mysql://dmeworks-staging.example:3306/c01,dmeworks,repository',
      snapshot: isFailing
        ? { isConsistent: false, note: 'no global read lock (RELOAD is not granted): one reading connection was used' }
        : { isConsistent: true, note: 'one snapshot over all tables, taken under a global read lock of 12 ms' },
    },
    params: { tenant: 'c01', cutoff: '2026-02-28', 'application-role': 'aries_app' },
    totals: totalsOf(tables),
    tables,
    relations: { foreignKeys: 287, lookups: 81, none: 45 },
    stages: [
      stage('export', '2026-03-01T06:15:00.000Z', '2026-03-01T06:18:41.000Z', read),
      stage('transform', '2026-03-01T06:18:41.000Z', '2026-03-01T06:20:02.000Z', read),
      stage('import', '2026-03-01T06:20:02.000Z', '2026-03-01T06:25:30.000Z', loaded),
      stage('validate', '2026-03-01T06:25:30.000Z', '2026-03-01T06:31:12.000Z', loaded * 2),
    ],
    checks,
  });
}

function ariesTable(names: string, i: number): TableReport {
  const [source = '', target = ''] = names.split(' ');
  const rows = Math.floor(((i * 7919) % 97) ** 2.6) + (i % 9);
  const table = plainTable(source, target, rows);
  if (i % 3 === 1 || rows < 900) return table;
  const rejects = i % 6 === 0 ? rejectCauses(rows, i) : [];
  const filters = i % 15 === 0 ? [{ rule: 'archived before the cutoff', count: Math.floor(rows / 20) }] : [];
  const adjustments = adjustmentCauses(rows, i);
  const sum = (causes: readonly { readonly count: number }[]) => causes.reduce((total, one) => total + one.count, 0);
  const [rejected, filtered, adjusted] = [sum(rejects), sum(filters), sum(adjustments)];
  return { ...table, loaded: rows - rejected - filtered, rejected, filtered, adjusted, rejects, filters, adjustments };
}

function rejectCauses(rows: number, i: number): readonly RejectCount[] {
  const keys = (from: number) => Array.from({ length: 5 }, (_, k) => `ID=${from + k * 37}`);
  return [
    {
      column: 'customer_id',
      rule: 'orphan',
      sqlstate: null,
      constraint: null,
      count: Math.max(1, Math.floor(rows / 900)),
      sampleKeys: keys(1000 + i),
    },
    {
      column: null,
      rule: 'refused',
      sqlstate: '23505',
      constraint: `${(ariesTables[i] ?? '').split(' ')[1]}_account_number_key`,
      count: 2,
      sampleKeys: keys(40_000 + i).slice(0, 2),
    },
  ];
}

function adjustmentCauses(rows: number, i: number): readonly AdjustmentCount[] {
  const causes = [
    { column: 'date_of_birth', rule: 'zero-date', count: Math.floor(rows / 31) },
    { column: 'last_update_user_id', rule: 'orphan', count: Math.floor(rows / 210) + 1 },
    { column: 'is_active', rule: 'not-0-or-1', count: Math.floor(rows / 700) + 1 },
  ];
  return causes.slice(i % 3, (i % 3) + 2);
}

function ariesChecks(tables: readonly TableReport[]): readonly CheckReport[] {
  const each = (check: string, actual: (table: TableReport) => string | number) =>
    tables.map((one) => passed(check, one.target, actual(one)));
  const columns = ['id', 'amount', 'billed_on', 'updated_at'];
  return [
    ...tables.map((one) => passed('accounting', `${one.source} > ${one.target}`, one.read)),
    ...each('counts', (one) => one.loaded),
    ...each('checksums', (one) => one.digest),
    ...tables.flatMap((one) => columns.map((column) => passed('aggregates', `${one.target}.${column}`, one.digest))),
    ...tables.flatMap((one, i) =>
      Array.from({ length: i % 2 === 0 ? 4 : 3 }, (_, k) => passed('foreign-keys', `${one.target}.ref_${k}`, 0)),
    ),
    ...each('uniqueness', () => 0),
    ...each('row-security', (one) => one.loaded),
  ];
}

function withDifferences(checks: readonly CheckReport[]): readonly CheckReport[] {
  return checks.map((one, i): CheckReport => {
    if (i === 140) return { ...one, verdict: 'fail', actual: Number(one.expected) + 1 };
    if (i === 270)
      return {
        ...one,
        verdict: 'fail',
        actual: '00c0ffee00c0ffee',
        sampleKeys: ['ID=88121', 'ID=88122', 'ID=90417'],
        note: 'bisected to 3 rows, column billable_amount',
      };
    if (i === 900)
      return {
        ...one,
        verdict: 'fail',
        actual: 12,
        sampleKeys: ['CustomerID=881, OrderID=10442, ID=5', 'CustomerID=881, OrderID=10442, ID=6'],
        note: 'orphans in the target that the source does not have',
      };
    if (i === 301)
      return {
        ...one,
        verdict: 'incomplete',
        actual: null,
        note: 'stopped after 1,000,000 rows; the rest was not read',
      };
    if (i > 1400 && i < 1405)
      return { ...one, verdict: 'incomplete', actual: null, note: 'the application role does not exist on the target' };
    return one;
  });
}

/** A check that found what it expected. */
export function passed(check: string, subject: string, found: string | number): CheckReport {
  return { check, subject, verdict: 'pass', expected: found, actual: found, sampleKeys: [] };
}

function stage(name: string, startedAt: string, finishedAt: string, rows: number): Report['stages'][number] {
  const seconds = (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;
  return { stage: name, startedAt, finishedAt, seconds, rows };
}

function hex(seed: number): string {
  return BigInt.asUintN(64, BigInt(seed) * 11_400_714_819_323_198_485n)
    .toString(16)
    .padStart(16, '0');
}
