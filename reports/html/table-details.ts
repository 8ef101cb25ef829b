import { type ComponentChildren, h } from 'preact';
import type { CheckReport, Report, TableReport } from '../model.ts';
import { byValidator } from '../summary.ts';
import { comparand, counted, grouped } from '../wording.ts';
import { chip, dataTable, keyList, tableName } from './page/elements.ts';

/** The anchor of a table's details. */
export function detailsId(index: number): string {
  return `table-${index + 1}`;
}

/** Renders what belongs to one table in one place: its checks, rejects, adjustments, filters and lineage. */
export function tableDetails(
  table: TableReport,
  index: number,
  checks: readonly CheckReport[],
  policies: Report['policies'],
) {
  const { source, target, rejects, adjustments, filters, lineage } = table;
  const causes = [...rejects, ...adjustments, ...filters];
  return h(
    'details',
    { id: detailsId(index), class: isProblemTable(checks) ? 'item is-problem' : 'item' },
    h(
      'summary',
      null,
      h('span', { class: 'rule' }, tableName(source), ' > ', tableName(target)),
      h('span', { class: 'tally' }, `${counted(checks.length, 'check')}, ${counted(causes.length, 'cause')}`),
    ),
    h(
      'div',
      { class: 'unfolded details' },
      checksOf(checks),
      causesOf(table, policies),
      dataTable(
        `Lineage of ${target}`,
        [{ title: 'Target column' }, { title: 'Rule' }, { title: 'Source columns' }],
        lineage.map(({ column, rule, reads }) => ({ cells: [column, rule, reads.join(', ')] })),
      ),
    ),
  );
}

/** Whether a check of a table did not pass. */
export function isProblemTable(checks: readonly CheckReport[]): boolean {
  return checks.some(({ verdict }) => verdict === 'fail' || verdict === 'incomplete');
}

function checksOf(checks: readonly CheckReport[]): ComponentChildren {
  if (checks.length === 0) return h('p', { class: 'note' }, 'No check names this table.');
  return h(
    'ul',
    { class: 'table-checks' },
    byValidator(checks).flatMap(({ check, checks: own, counts }) => [
      ...(counts.pass === 0 ? [] : [h('li', null, chip('pass'), ` ${check}: ${counted(counts.pass, 'check')}`)]),
      ...own
        .filter(({ verdict }) => verdict !== 'pass')
        .map((one) =>
          h(
            'li',
            null,
            chip(one.verdict),
            ` ${check} `,
            h('code', null, one.subject),
            ` ${one.note ?? difference(one)}`,
          ),
        ),
    ]),
  );
}

function difference({ expected, actual }: CheckReport): string {
  return `expected ${comparand(expected)}, found ${comparand(actual)}`;
}

function causesOf(
  { target, rejects, adjustments, filters }: TableReport,
  policies: Report['policies'],
): ComponentChildren {
  const rule = (name: string) => [
    name,
    policies[name] === undefined ? null : h('span', { class: 'remark' }, policies[name]),
  ];
  const rows = [
    ...rejects.map((one) => ({
      cells: ['rejected', rule(one.rule), one.column ?? one.constraint, grouped(one.count), keyList(one.sampleKeys)],
    })),
    ...adjustments.map((one) => ({ cells: ['adjusted', rule(one.rule), one.column, grouped(one.count), null] })),
    ...filters.map((one) => ({ cells: ['filtered', one.rule, null, grouped(one.count), null] })),
  ];
  if (rows.length === 0) return h('p', { class: 'note' }, 'Every row was loaded, and no value was adjusted.');
  const columns = [
    { title: 'Outcome' },
    { title: 'Rule' },
    { title: 'Column or constraint' },
    { title: 'Count', kind: 'count' as const },
    { title: 'Sample keys' },
  ];
  return dataTable(`Rejects, adjustments and filters of ${target}`, columns, rows);
}

/** Groups the checks by the table that their subject begins with: `c01.a > a`, `a`, `a.column`, `a(column) > b`. */
export function checksByTable({ checks, tables }: Report): ReadonlyMap<TableReport, readonly CheckReport[]> {
  const named = new Map<string, TableReport[]>();
  const add = (name: string, table: TableReport) => named.set(name, [...(named.get(name) ?? []), table]);
  for (const table of tables) {
    add(`${table.source} > ${table.target}`, table);
    for (const name of new Set([table.source, table.target])) add(name, table);
  }
  const found = new Map<TableReport, CheckReport[]>(tables.map((table) => [table, []]));
  for (const check of checks) for (const table of tablesOf(check.subject, named)) found.get(table)?.push(check);
  return found;
}

function tablesOf(subject: string, named: ReadonlyMap<string, readonly TableReport[]>): readonly TableReport[] {
  const [first = ''] = subject.split(/\(| > /);
  const names = [subject, first, first.slice(0, Math.max(0, first.lastIndexOf('.')))];
  return names.map((name) => named.get(name)).find((tables) => tables !== undefined) ?? [];
}
