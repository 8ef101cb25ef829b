import { type ComponentChildren, h } from 'preact';
import type { Report, TableReport } from '../model.ts';
import { unaccounted } from '../summary.ts';
import { counted, grouped } from '../wording.ts';

/** Causes that are named; the others are counted. */
const MAX_CAUSES = 6;

interface Cause {
  readonly rule: string;
  readonly count: number;
  readonly tables: number;
}

/** Renders in sentences what did not arrive as it was, and why. */
export function losses({ tables, totals, policies }: Report): ComponentChildren {
  const open = unaccounted(totals);
  return h(
    'div',
    { class: 'losses' },
    h('h2', null, 'What did not arrive as it was'),
    open === 0
      ? null
      : h('p', { class: 'tone-fail' }, `${grouped(open)} of the rows read are unaccounted: lost, or counted twice.`),
    loss(
      sentence(totals.rejected, 'row', 'rejected', 'No row was rejected.'),
      causesOf(tables, ({ rejects }) => rejects),
      policies,
    ),
    loss(
      sentence(totals.filtered, 'row', 'filtered', 'No row was filtered.'),
      causesOf(tables, ({ filters }) => filters),
      {},
    ),
    loss(
      sentence(totals.adjusted, 'value', 'adjusted', 'No value was adjusted.'),
      causesOf(tables, ({ adjustments }) => adjustments),
      policies,
    ),
  );
}

function sentence(count: number, noun: string, done: string, none: string): string {
  if (count === 0) return none;
  return `${counted(count, noun)} ${count === 1 ? 'was' : 'were'} ${done}:`;
}

function loss(text: string, causes: readonly Cause[], policies: Report['policies']): ComponentChildren {
  const rest = causes.slice(MAX_CAUSES);
  const others = rest.reduce((sum, { count }) => sum + count, 0);
  return [
    h('p', null, text),
    causes.length === 0
      ? null
      : h(
          'ul',
          null,
          causes.slice(0, MAX_CAUSES).map((cause) => h('li', null, causeText(cause, policies[cause.rule]))),
          rest.length === 0
            ? null
            : h('li', null, `${grouped(others)} by ${counted(rest.length, 'other cause')}, listed under `, toCauses()),
        ),
  ];
}

function toCauses(): ComponentChildren {
  return h('a', { href: '#causes' }, 'Rejects, filters and adjustments');
}

function causeText({ rule, count, tables }: Cause, meaning: string | undefined): readonly ComponentChildren[] {
  return [
    h('b', null, grouped(count)),
    ` in ${counted(tables, 'table')}: `,
    h('span', { class: 'rule' }, rule),
    meaning === undefined ? '' : `. ${meaning}`,
  ];
}

/** Sums the causes over all tables; the most frequent first. */
function causesOf(
  tables: readonly TableReport[],
  of: (table: TableReport) => readonly { readonly rule: string; readonly count: number }[],
): readonly Cause[] {
  const sums = new Map<string, { count: number; tables: Set<string> }>();
  for (const table of tables)
    for (const { rule, count } of of(table)) {
      const sum = sums.get(rule) ?? { count: 0, tables: new Set() };
      sum.count += count;
      sums.set(rule, { ...sum, tables: sum.tables.add(table.target) });
    }
  return [...sums]
    .map(([rule, sum]) => ({ rule, count: sum.count, tables: sum.tables.size }))
    .sort((a, b) => b.count - a.count);
}
