import type { CheckVerdict } from '../core/validation/check.ts';
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
}

/** Checks shown in full; the others are only counted. */
const MAX_CHECKS = 20;
/** Checks with nothing to look at that are named. */
const MAX_VACUOUS = 5;
/** Undeclared objects that are named. */
const MAX_OBJECTS = 20;
/** Causes of rejects shown per table. */
const MAX_CAUSES = 3;

const colours: Readonly<Record<CheckVerdict, Colour>> = {
  fail: 'red',
  incomplete: 'yellow',
  'not-applicable': 'dim',
  pass: 'green',
};

/**
 * Writes the summary at the end of a run: the verdict in the first line, totals, tables with rejects, filters or adjustments,
 * the number of checks that passed, the objects of the source, and last the checks that did not pass, with sample keys. Ends with a newline.
 */
export function reportText(report: Report, options: TextOptions): string {
  const width = Math.max(40, options.width);
  const paint = paintOf(options.color ?? false);
  const blocks = [
    header(report, width, paint),
    totals(report, width),
    tables(report.tables, width, paint),
    validators(report.checks, width, paint),
    vacuous(report.checks, width, paint),
    objects(report.inventory, width, paint),
    unpassed(report.checks, width, paint),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

function header(report: Report, width: number, paint: Paint): readonly string[] {
  const badge = report.verdict.toUpperCase();
  const sentence = wrapped(
    visible(`${report.pipeline}: ${verdictSentence(report)}`),
    width,
    ' '.repeat(badge.length + 2),
  );
  const took = duration(secondsBetween(report.startedAt, report.finishedAt));
  const facts = [
    ['run', `${report.runId}, ${took}`],
    ['source', report.source.label],
    ['target', `${report.target.label}, schema ${report.target.schema}`],
    ...(report.kept ?? []).map(({ table, why }) => ['kept', `${table}: ${why}`]),
    ...(report.hooks ?? []).map(({ name, sha256 }) => ['hook', `${name}, sha256 ${sha256.slice(0, 12)}`]),
    ...(report.source.snapshot.isConsistent ? [] : [['snapshot', `not consistent: ${report.source.snapshot.note}`]]),
  ].map(([name = '', text = '']) =>
    wrapped(visible(text), width - 10, '').map((line, i) => [i === 0 ? name : '', line]),
  );
  return [
    paint(colours[report.verdict], badge) + (sentence[0] ?? '').slice(badge.length),
    ...sentence.slice(1),
    ...facts.flat().map(([name = '', line = '']) => `  ${name.padEnd(8)}  ${line}`.trimEnd()),
  ];
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
  const shown = worst.slice(0, MAX_CAUSES).map((cause) => `${grouped(cause.count)} rejected, ${causeOf(cause)}`);
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
  const more = found.length - MAX_VACUOUS;
  const lines = found.slice(0, MAX_VACUOUS).map((one) => `${one.check} ${one.subject}: ${one.note ?? ''}`);
  return [
    paint('bold', 'Checks that had nothing to look at'),
    ...lines.flatMap((line) => wrapped(visible(line), width, '  ')),
    ...(more > 0 ? [`  and ${counted(more, 'more check')}; see the report.`] : []),
  ];
}

function unpassed(checks: readonly CheckReport[], width: number, paint: Paint): readonly string[] {
  const found = (['fail', 'incomplete'] as const).flatMap((v) => checks.filter((one) => one.verdict === v));
  if (found.length === 0) return [];
  const more = found.length - MAX_CHECKS;
  return [
    paint('bold', 'Checks that did not pass'),
    ...found.slice(0, MAX_CHECKS).flatMap((one) => checkLines(one, width, paint)),
    ...(more > 0 ? [`  and ${counted(more, 'more check')}; see the report.`] : []),
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

/** Counts the objects of the source, and names those that nobody decided about. */
function objects(inventory: Report['inventory'], width: number, paint: Paint): readonly string[] {
  const title = paint('bold', 'Objects of the source');
  if (inventory === null) return [title, '  The source has rows only: files have no objects to list.'];
  const open = inventory.filter(({ outcome }) => outcome === 'undeclared');
  const more = open.length - MAX_OBJECTS;
  return [
    title,
    ...wrapped(outcomesText(inventory), width, '  '),
    ...open
      .slice(0, MAX_OBJECTS)
      .flatMap(({ kind, name, why }) => wrapped(visible(`undeclared ${kind} ${name}: ${why}`), width, '  ')),
    ...(more > 0 ? [`  and ${counted(more, 'more undeclared object')}; see the report.`] : []),
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
