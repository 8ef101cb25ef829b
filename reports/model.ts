import { z } from 'zod';
import { WaybillError } from '../core/model/errors.ts';
import { objectKinds, outcomes } from '../core/model/inventory.ts';
import { checkVerdicts, verdictOf } from '../core/validation/check.ts';

/**
 * The report of one run: the contents of `report.json`, from which text and HTML are made. It holds counts, digests, names and
 * keys of rows, never another cell value. Documented in `docs/formats.md`.
 */

const count = z.int().nonnegative();
const instant = z.iso.datetime();
const verdict = z.enum(['pass', 'fail', 'incomplete']);
const sampleKeys = z.array(z.string()).readonly();

/** Rows read, loaded, rejected and filtered; `adjusted` counts values, not rows. */
const totals = z.strictObject({ read: count, loaded: count, rejected: count, filtered: count, adjusted: count });

const adjustment = z.strictObject({ column: z.string(), rule: z.string(), count });

const reject = z.strictObject({
  column: z.string().nullable(),
  rule: z.string(),
  sqlstate: z.string().nullable(),
  constraint: z.string().nullable(),
  count,
  sampleKeys,
});

const filter = z.strictObject({ rule: z.string(), count });

const table = z.strictObject({
  source: z.string(),
  target: z.string(),
  ...totals.shape,
  digest: z.string(),
  adjustments: z.array(adjustment).readonly(),
  rejects: z.array(reject).readonly(),
  filters: z.array(filter).readonly(),
  lineage: z
    .array(z.strictObject({ column: z.string(), rule: z.string(), reads: z.array(z.string()).readonly() }))
    .readonly(),
});

/** One object of the source, and what became of it. */
const object = z.strictObject({
  kind: z.enum(objectKinds),
  name: z.string(),
  outcome: z.enum(outcomes),
  why: z.string(),
});

const stage = z.strictObject({
  stage: z.string(),
  startedAt: instant,
  finishedAt: instant,
  seconds: count,
  rows: count,
});

const hook = z.strictObject({
  point: z.string(),
  name: z.string(),
  sha256: z.string(),
  at: instant,
  seconds: z.number().nonnegative(),
});

const comparand = z.union([z.string(), count]).nullable();

const description = z.strictObject({ name: z.string(), proves: z.string(), cannotSee: z.string() });

const check = z.strictObject({
  check: z.string(),
  subject: z.string(),
  verdict: z.enum(checkVerdicts),
  expected: comparand,
  actual: comparand,
  sampleKeys,
  note: z.string().exactOptional(),
});

/** Absent where it is unknown; null where there is no server, as with files. */
const server = z
  .strictObject({ version: z.string(), encryption: z.string().nullable(), isLocal: z.boolean() })
  .nullable()
  .exactOptional();

/** A command that worked on the run. */
const command = z.strictObject({
  at: instant,
  operator: z.strictObject({ name: z.string(), from: z.enum(['option', 'login']) }).nullable(),
  host: z.string(),
  command: z.string().nullable(),
  waybill: z.string(),
  node: z.string(),
  settings: z.record(z.string(), z.string()),
});

const reportShape = z.strictObject({
  waybill: z.string(),
  runId: z.string(),
  pipeline: z.string(),
  title: z.string(),
  verdict,
  startedAt: instant,
  finishedAt: instant,
  commands: z.array(command).readonly(),
  source: z.strictObject({
    label: z.string(),
    server,
    snapshot: z.strictObject({ isConsistent: z.boolean(), note: z.string() }),
  }),
  target: z.strictObject({ label: z.string(), schema: z.string(), server }),
  fingerprint: z.string(),
  components: z.record(z.string(), z.string()),
  params: z.record(z.string(), z.string()),
  rejectLimits: z
    .array(z.strictObject({ table: z.string().nullable(), max: z.number().nonnegative(), isPercent: z.boolean() }))
    .readonly(),
  totals,
  tables: z.array(table).readonly(),
  policies: z.record(z.string(), z.string()),
  relations: z.strictObject({ foreignKeys: count, lookups: count, none: count }),
  inventory: z.array(object).readonly().nullable(),
  /** Absent where no hook ran. */
  hooks: z.array(hook).readonly().exactOptional(),
  /** Tables that keep the rows of the tool that made them; absent where there are none. */
  kept: z
    .array(z.strictObject({ table: z.string(), why: z.string() }))
    .readonly()
    .exactOptional(),
  stages: z.array(stage).readonly(),
  descriptions: z.array(description).readonly(),
  checks: z.array(check).readonly(),
  log: z.strictObject({ events: count, head: z.string(), key: z.string().nullable() }),
});

/**
 * The schema of `report.json`; parsing puts the keys in its order. It also refuses totals that are not the sum of the tables,
 * a `pass` that the checks do not support, and a check without a description. It accepts a table with unaccounted rows,
 * because the report of a failed run must be able to show one.
 */
const reportSchema = reportShape.check((context) => {
  const report = context.value;
  for (const [name, sum] of Object.entries(totalsOf(report.tables)))
    if (report.totals[name as keyof Totals] !== sum)
      context.issues.push({
        code: 'custom',
        input: report.totals,
        path: ['totals', name],
        message: 'is not the sum of the tables',
      });
  if (report.verdict === 'pass' && verdictOf(report.checks) !== 'pass')
    context.issues.push({
      code: 'custom',
      input: report.verdict,
      path: ['verdict'],
      message: 'is pass, but the checks are not',
    });
  const described = new Set(report.descriptions.map(({ name }) => name));
  if (!report.checks.every((one) => described.has(one.check)))
    context.issues.push({
      code: 'custom',
      input: report.descriptions,
      path: ['descriptions'],
      message: 'lacks the description of a check',
    });
});

/** The report of one run. Times are ISO 8601 UTC; `seconds` are whole and do not count pauses between resumes. */
export type Report = Readonly<z.infer<typeof reportShape>>;
/** One mapping into one target table; `digest` covers the loaded rows, 16 hex digits. */
export type TableReport = Readonly<z.infer<typeof table>>;
/** Rejected rows with the same cause; `sqlstate` and `constraint` are null when a rule refused them, not the target. */
export type RejectCount = Readonly<z.infer<typeof reject>>;
/** Adjusted values of one target column under one rule. */
export type AdjustmentCount = Readonly<z.infer<typeof adjustment>>;
/** One stage of the run, its duration and rows. */
export type StageReport = Readonly<z.infer<typeof stage>>;
/** One check of the run; the same shape as `Check` of the core. */
export type CheckReport = Readonly<z.infer<typeof check>>;
/** The five counts, of a table or of the run. */
export type Totals = Readonly<z.infer<typeof totals>>;

/** The five counts summed over tables; a source table that fans out counts once per target table. */
export function totalsOf(tables: readonly Totals[]): Totals {
  const sum = (name: keyof Totals) => tables.reduce((total, one) => total + one[name], 0);
  return {
    read: sum('read'),
    loaded: sum('loaded'),
    rejected: sum('rejected'),
    filtered: sum('filtered'),
    adjusted: sum('adjusted'),
  };
}

/**
 * Reads a parsed `report.json`; the keys of the result are in the schema's order.
 * @throws WaybillError 'part-damaged' when it is not a report; the message names the place, never a value.
 */
export function parseReport(json: unknown): Report {
  const parsed = reportSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.slice(0, 5).map((issue) => `${placeOf(issue.path)}: ${issue.message}`);
  const more = parsed.error.issues.length - problems.length;
  throw new WaybillError(
    'part-damaged',
    `This is not a report of waybill: ${problems.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`,
    { hint: 'Validate the run again; that writes a new report.' },
  );
}

function placeOf(path: readonly PropertyKey[]): string {
  return path.length === 0 ? 'the document' : path.map(String).join('.');
}
