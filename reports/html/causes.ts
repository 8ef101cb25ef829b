import { type ComponentChildren, h } from 'preact';
import type { RejectCount, Report } from '../model.ts';
import { counted, grouped } from '../wording.ts';
import { meaningOf } from './glossary.ts';
import { type Column, dataTable, folded, keyList, section, type TableRow } from './page/elements.ts';

/** One cause in one table. */
interface Occurrence<C> {
  readonly target: string;
  readonly cause: C;
}

interface Group<C> {
  readonly name: string;
  readonly rule: string;
  /** The rule in plain words. */
  readonly meaning?: string | undefined;
  readonly count: number;
  readonly occurrences: readonly Occurrence<C>[];
}

/** The section on rejected rows, filtered rows and adjusted values, by cause; the most frequent first. */
export function causes({ tables, policies }: Report): ComponentChildren {
  const rejects = tables.flatMap(({ target, rejects: all }) => all.map((cause) => ({ target, cause })));
  const adjustments = tables.flatMap(({ target, adjustments: all }) => all.map((cause) => ({ target, cause })));
  const filters = tables.flatMap(({ target, filters: all }) => all.map((cause) => ({ target, cause })));
  return section(
    'causes',
    'Rejects, filters and adjustments',
    kind('Rejected rows', 'No row was rejected.', grouping(rejects, rejectName), (group) =>
      fold({ ...group, meaning: policies[group.rule] }, 'row', rejectColumns, ({ target, cause }) => ({
        cells: [target, cause.column, cause.constraint, grouped(cause.count), keyList(cause.sampleKeys)],
      })),
    ),
    kind('Filtered rows', 'No row was filtered.', grouping(filters, ruleName), (group) =>
      fold(group, 'row', filterColumns, ({ target, cause }) => ({ cells: [target, grouped(cause.count)] })),
    ),
    kind('Adjusted values', 'No value was adjusted.', grouping(adjustments, ruleName), (group) =>
      fold({ ...group, meaning: policies[group.rule] }, 'value', adjustmentColumns, ({ target, cause }) => ({
        cells: [target, cause.column, grouped(cause.count)],
      })),
    ),
  );
}

const rejectColumns: readonly Column[] = [
  { title: 'Table' },
  { title: 'Column' },
  { title: 'Constraint' },
  { title: 'Rows', kind: 'count' },
  { title: 'Sample keys' },
];
const filterColumns: readonly Column[] = [{ title: 'Table' }, { title: 'Rows', kind: 'count' }];
const adjustmentColumns: readonly Column[] = [
  { title: 'Table' },
  { title: 'Column' },
  { title: 'Values', kind: 'count' },
];

function rejectName({ rule, sqlstate }: RejectCount): string {
  if (sqlstate === null) return rule;
  const meaning = meaningOf(sqlstate);
  return `${rule}, SQLSTATE ${sqlstate}${meaning === '' ? '' : ` (${meaning})`}`;
}

function ruleName({ rule }: { readonly rule: string }): string {
  return rule;
}

function grouping<C extends { readonly count: number; readonly rule: string }>(
  occurrences: readonly Occurrence<C>[],
  nameOf: (cause: C) => string,
): readonly Group<C>[] {
  const groups = new Map<string, Occurrence<C>[]>();
  for (const occurrence of occurrences) {
    const name = nameOf(occurrence.cause);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [occurrence]);
    else group.push(occurrence);
  }
  return [...groups]
    .map(([name, members]) => ({
      name,
      rule: members[0]?.cause.rule ?? name,
      count: members.reduce((sum, { cause }) => sum + cause.count, 0),
      occurrences: [...members].sort((a, b) => b.cause.count - a.cause.count),
    }))
    .sort((a, b) => b.count - a.count);
}

function kind<C>(
  title: string,
  none: string,
  groups: readonly Group<C>[],
  show: (group: Group<C>) => ComponentChildren,
): ComponentChildren {
  return h(
    'section',
    { class: 'kind', 'data-find': '' },
    h('h3', null, title),
    groups.length === 0 ? h('p', { class: 'note' }, none) : groups.map(show),
  );
}

/** Columns without a value in any row are left out. */
function fold<C>(
  { name, meaning, count, occurrences }: Group<C>,
  noun: string,
  columns: readonly Column[],
  rowOf: (occurrence: Occurrence<C>) => TableRow,
): ComponentChildren {
  const rows = occurrences.map(rowOf);
  const isFilled = columns.map((_, i) => rows.some(({ cells }) => cells[i] !== null));
  const filled = rows.map(({ cells }) => ({ cells: cells.filter((_, i) => isFilled[i]) }));
  const places = new Set(occurrences.map(({ target }) => target)).size;
  const summary: readonly ComponentChildren[] = [
    h('span', { class: 'rule' }, name),
    meaning === undefined ? null : h('span', { class: 'remark' }, meaning),
    h('span', { class: 'tally' }, `${counted(count, noun)} in ${counted(places, 'table')}`),
  ];
  return folded(
    summary,
    false,
    dataTable(
      name,
      columns.filter((_, i) => isFilled[i]),
      filled,
    ),
  );
}
