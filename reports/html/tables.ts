import { type ComponentChildren, h } from 'preact';
import type { CheckReport, Report, TableReport } from '../model.ts';
import { unaccounted } from '../summary.ts';
import { counted, grouped } from '../wording.ts';
import { type Column, dataTable, figure, section, tableName } from './page/elements.ts';
import { checksByTable, detailsId, isProblemTable, tableDetails } from './table-details.ts';

const columns: readonly Column[] = [
  { title: 'Source' },
  { title: 'Target' },
  { title: 'Read', kind: 'count' },
  { title: 'Loaded', kind: 'count' },
  { title: 'Rejected', kind: 'count' },
  { title: 'Filtered', kind: 'count' },
  { title: 'Adjusted', kind: 'count' },
  { title: 'Digest', kind: 'code' },
  { title: 'Details', kind: 'link' },
];

/** Filters of the table list: id, label, and the tables it shows. The style sheet hides the others. */
const filters = [
  ['all', 'All', () => true],
  ['rejected', 'With rejects', (one) => one.rejected > 0],
  ['filtered', 'With filtered rows', (one) => one.filtered > 0],
  ['adjusted', 'With adjustments', (one) => one.adjusted > 0],
  ['open', 'Unaccounted', (one) => unaccounted(one) !== 0],
  ['empty', 'Empty', (one) => one.read === 0],
] as const satisfies readonly (readonly [string, string, (one: TableReport) => boolean])[];

/** Renders all tables with their counts, and filter buttons that need no script. */
export function tables(report: Report): ComponentChildren {
  const { totals, policies } = report;
  const checks = checksByTable(report);
  const checksOf = (one: TableReport) => checks.get(one) ?? [];
  const sums = [totals.read, totals.loaded, totals.rejected, totals.filtered, totals.adjusted];
  return section(
    'tables',
    'Tables',
    choice(report.tables),
    h(
      'div',
      { 'data-find': 'verdict' },
      dataTable(
        'All tables',
        columns,
        report.tables.map((one, i) => ({ class: classOf(one, checksOf(one)), cells: cellsOf(one, i) })),
        [`All ${counted(report.tables.length, 'mapping')}`, '', ...sums.map(grouped), '', ''],
      ),
      h('h3', null, 'Table by table'),
      report.tables.map((one, i) => tableDetails(one, i, checksOf(one), policies)),
    ),
  );
}

function choice(all: readonly TableReport[]): ComponentChildren {
  const offered = filters.map(([id, label, matches]) => ({ id, label, amount: all.filter(matches).length }));
  return h(
    'fieldset',
    { class: 'choice' },
    h('legend', null, 'Show'),
    offered
      .filter(({ id, amount }) => id === 'all' || amount > 0)
      .map(({ id, label, amount }) =>
        h(
          'label',
          null,
          h('input', { type: 'radio', name: 'tables', id: `show-${id}`, checked: id === 'all' }),
          ` ${label} `,
          h('span', { class: 'tally' }, grouped(amount)),
        ),
      ),
  );
}

function classOf(one: TableReport, checks: readonly CheckReport[]): string | undefined {
  const classes: string[] = filters.filter(([id, , matches]) => id !== 'all' && matches(one)).map(([id]) => `is-${id}`);
  if (isProblemTable(checks) || unaccounted(one) !== 0) classes.push('is-problem');
  return classes.length === 0 ? undefined : classes.join(' ');
}

function cellsOf(one: TableReport, index: number): readonly ComponentChildren[] {
  const open = unaccounted(one);
  return [
    tableName(one.source),
    tableName(one.target),
    figure(one.read),
    [figure(one.loaded), open === 0 ? null : h('span', { class: 'tone-fail' }, ` (${grouped(open)} unaccounted)`)],
    figure(one.rejected, 'rejected'),
    figure(one.filtered, 'filtered'),
    figure(one.adjusted, 'adjusted'),
    one.digest,
    h('a', { href: `#${detailsId(index)}`, 'aria-label': `Details of ${one.source} > ${one.target}` }, 'Details'),
  ];
}
