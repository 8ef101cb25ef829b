import { type CheckVerdict, verdictCounts } from '../core/validation/check.ts';
import { visible } from '../core/visible-text.ts';
import type { CheckReport, RejectCount, Report, TableReport } from './model.ts';
import { byValidator, isNotable, unaccounted, verdictSentence } from './summary.ts';
import { aligned, type Colour, type Paint, paintOf, wrapped } from './text-layout.ts';
import { comparand, counted, duration, grouped, outcomesText, secondsBetween } from './wording.ts';

/** How the summary is laid out. */
export interface TextOptions {
  /** Columns of the terminal; values under 40 count as 40. */
  readonly width: number;
  /** Whether to use ANSI colours; false by default. */
  readonly color?: boolean;
  /** With every table, check and object that is not as it should be, instead of the first few; false by default. */
  readonly isFull?: boolean;
}

/** Checks, causes and objects shown where not all are asked for. */
const MAX_CHECKS = 10;
const MAX_CAUSES = 10;
const MAX_OBJECTS = 5;
/** Causes of rejects shown per table. */
const MAX_TABLE_CAUSES = 3;

const colours: Readonly<Record<CheckVerdict, Colour>> = {
  fail: 'red',
  incomplete: 'yellow',
  'not-applicable': 'dim',
  pass: 'green',
};

/**
 * Writes the summary at the end of a run. What a person looks for first stands last, next to the prompt: the checks that did not pass,
 * the most frequent reject causes, the facts of the run, the totals, and the verdict. Ends with a newline.
 */
export function reportText(report: Report, options: TextOptions): string {
  const width = Math.max(40, options.width);
  const paint = paintOf(options.color ?? false);
  const isFull = options.isFull ?? false;
  const details = [
    tables(report.tables, width, paint),
    validators(report.checks, width, paint),
    vacuous(report.checks, width, paint),
  ];
  const blocks = [
    ...(isFull ? details : []),
    undeclared(report.inventory, { width, paint, most: isFull ? Number.POSITIVE_INFINITY : MAX_OBJECTS }),
    unpassed(report.checks, { width, paint, most: isFull ? Number.POSITIVE_INFINITY : MAX_CHECKS }),
    isFull ? [] : topCauses(report, width, paint),
    facts(report, width),
    totals(report, width),
    verdict(report, width, paint),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

function verdict(report: Report, width: number, paint: Paint): readonly string[] {
  const badge = report.verdict.toUpperCase();
  const indent = ' '.repeat(badge.length + 2);
  const [first = '', ...more] = wrapped(visible(`${report.pipeline}: ${verdictSentence(report)}`), width, indent);
  return [paint(colours[report.verdict], badge) + first.slice(badge.length), ...more];
}

function facts(report: Report, width: number): readonly string[] {
  const took = duration(secondsBetween(report.startedAt, report.finishedAt));
  return [
    ['run', `${report.runId}, ${took}`],
    ['source', report.source.label],
    ['target', `${report.target.label}, schema ${report.target.schema}`],
    ...(report.kept ?? []).map(({ table, why }) => ['kept', `${table}: ${why}`]),
    ...(report.hooks ?? []).map(({ name, sha256 }) => ['hook', `${name}, sha256 ${sha256.slice(0, 12)}`]),
    ...(report.source.snapshot.isConsistent ? [] : [['snapshot', `not consistent: ${report.source.snapshot.note}`]]),
    ['objects', report.inventory === null ? 'files have rows only' : outcomesText(report.inventory)],
    ['checks', checksText(report.checks)],
  ]
    .flatMap(([name = '', text = '']) =>
      wrapped(visible(text), width - 12, '').map((line, i) => [i === 0 ? name : '', line]),
    )
    .map(([name = '', line = '']) => `  ${name.padEnd(8)}  ${line}`.trimEnd());
}

/** Counts checks: `1,431: 1,400 passed, 0 failed, 0 incomplete, 31 with nothing to look at`. */
function checksText(checks: readonly CheckReport[]): string {
  if (checks.length === 0) return 'none';
  const { pass, fail, incomplete, 'not-applicable': empty } = verdictCounts(checks);
  const counts = `${grouped(pass)} passed, ${grouped(fail)} failed, ${grouped(incomplete)} incomplete`;
  return `${grouped(checks.length)}: ${counts}${empty === 0 ? '' : `, ${grouped(empty)} with nothing to look at`}`;
}

function totals({ totals: sums }: Report, width: number): readonly string[] {
  const open = unaccounted(sums);
  const rows = [
    ['rows read', grouped(sums.read)],
    ['  loaded', grouped(sums.loaded)],
    ['  rejected', grouped(sums.rejected)],
    ['  filtered', grouped(sums.filtered)],
    ...(open === 0 ? [] : [['  unaccounted', grouped(open)]]),
    ['values adjusted', grouped(sums.adjusted)],
  ];
  return aligned(rows, width, '  ');
}

/** The most frequent causes of rejects, and the tables with unaccounted rows, over all tables. */
function topCauses({ tables: all }: Report, width: number, paint: Paint): readonly string[] {
  const open = all.filter((one) => unaccounted(one) !== 0);
  const causes = all
    .flatMap(({ target, rejects }) =>
      rejects.map((cause) => ({
        count: cause.count,
        text: `${target}${cause.column === null ? ': ' : '.'}${causeOf(cause)}`,
      })),
    )
    .sort((a, b) => b.count - a.count);
  const rows = [
    ...open.map((one) => ({ count: unaccounted(one), text: `${one.source} > ${one.target}: unaccounted` })),
    ...causes,
  ];
  if (rows.length === 0) return [];
  const [head = '', ...lines] = aligned(
    [['cause', 'rows'], ...rows.slice(0, MAX_CAUSES).map(({ count, text }) => [visible(text), grouped(count)])],
    width,
    '  ',
  );
  const more = rows.length - MAX_CAUSES;
  return [
    paint('bold', 'Rows that did not arrive'),
    paint('dim', head),
    ...lines,
    ...(more > 0 ? [`  and ${counted(more, 'more cause')}`] : []),
  ];
}

function tables(all: readonly TableReport[], width: number, paint: Paint): readonly string[] {
  const notable = all.filter(isNotable);
  const plain = `${counted(all.length - notable.length, 'table')}: no rejects, filters or adjustments.`;
  if (notable.length === 0) return [plain];
  const rows = [
    ['table', 'read', 'rejected', 'filtered', 'adjusted'],
    ...notable.map((one) => [
      `${one.source} > ${one.target}`,
      ...[one.read, one.rejected, one.filtered, one.adjusted].map(grouped),
    ]),
  ];
  const [head = '', ...lines] = aligned(rows, width, '  ');
  return [
    paint('bold', 'Tables with rejects, filters or adjustments'),
    paint('dim', head),
    ...lines.flatMap((line, i) => [line, ...causes(notable[i] as TableReport, width)]),
    ...(notable.length === all.length ? [] : [`  ${plain}`]),
  ];
}

function causes(one: TableReport, width: number): readonly string[] {
  const worst = [...one.rejects].sort((a, b) => b.count - a.count);
  const shown = worst.slice(0, MAX_TABLE_CAUSES).map((cause) => `${grouped(cause.count)} rejected, ${causeOf(cause)}`);
  const more = worst.length - shown.length;
  const open = unaccounted(one);
  return [
    ...(open === 0 ? [] : [`${grouped(open)} unaccounted`]),
    ...shown,
    ...(more > 0 ? [`and ${counted(more, 'more cause')}`] : []),
  ].flatMap((text) => wrapped(text, width, '    '));
}

function causeOf({ column, rule, sqlstate, constraint }: RejectCount): string {
  const refused = [sqlstate === null ? '' : `SQLSTATE ${sqlstate}`, constraint ?? ''].filter((part) => part !== '');
  return `${column === null ? '' : `${column}: `}${rule}${refused.length === 0 ? '' : ` (${refused.join(', ')})`}`;
}

/** Names the checks that had nothing to look at, so that nobody takes them for passed ones. */
function vacuous(checks: readonly CheckReport[], width: number, paint: Paint): readonly string[] {
  const found = checks.filter(({ verdict }) => verdict === 'not-applicable');
  if (found.length === 0) return [];
  return [
    paint('bold', 'Checks that had nothing to look at'),
    ...found.flatMap((one) => wrapped(visible(`${one.check} ${one.subject}: ${one.note ?? ''}`), width, '  ')),
  ];
}

interface ListLayout {
  readonly width: number;
  readonly paint: Paint;
  /** Entries shown. */
  readonly most: number;
}

function unpassed(checks: readonly CheckReport[], { width, paint, most }: ListLayout): readonly string[] {
  const found = (['fail', 'incomplete'] as const).flatMap((v) => checks.filter((one) => one.verdict === v));
  if (found.length === 0) return [];
  const more = found.length - most;
  return [
    paint('bold', 'Checks that did not pass'),
    ...found.slice(0, most).flatMap((one) => checkLines(one, width, paint)),
    ...(more > 0 ? [`  and ${counted(more, 'more check')}`] : []),
  ];
}

function checkLines(check: CheckReport, width: number, paint: Paint): readonly string[] {
  const compared = check.expected !== null && check.actual !== null;
  return [
    `  ${paint(colours[check.verdict], check.verdict.padEnd(10))}  ${check.check}  ${visible(check.subject)}`,
    ...(check.note === undefined ? [] : wrapped(visible(check.note), width, '    ')),
    ...(compared
      ? wrapped(`expected ${comparand(check.expected)}, found ${comparand(check.actual)}`, width, '    ')
      : []),
    ...(check.sampleKeys.length === 0
      ? []
      : wrapped(`keys ${check.sampleKeys.map(visible).join(' · ')}`, width, '    ')),
  ];
}

/** Names the objects of the source that nobody decided about. */
function undeclared(inventory: Report['inventory'], { width, paint, most }: ListLayout): readonly string[] {
  const open = (inventory ?? []).filter(({ outcome }) => outcome === 'undeclared');
  if (open.length === 0) return [];
  const more = open.length - most;
  return [
    paint('bold', 'Undeclared objects of the source'),
    ...open.slice(0, most).flatMap(({ kind, name, why }) => wrapped(visible(`${kind} ${name}: ${why}`), width, '  ')),
    ...(more > 0 ? [`  and ${counted(more, 'more object')}`] : []),
  ];
}

function validators(checks: readonly CheckReport[], width: number, paint: Paint): readonly string[] {
  if (checks.length === 0) return [];
  const rows = [
    ['check', 'passed', 'failed', 'incomplete', 'not applicable'],
    ...byValidator(checks).map(({ check, counts }) => [
      check,
      ...[counts.pass, counts.fail, counts.incomplete, counts['not-applicable']].map(grouped),
    ]),
  ];
  const [head = '', ...lines] = aligned(rows, width, '  ');
  return [paint('bold', counted(checks.length, 'check')), paint('dim', head), ...lines];
}
