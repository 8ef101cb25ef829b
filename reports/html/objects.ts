import { type ComponentChildren, h } from 'preact';
import { type InventoryEntry, outcomeCounts, outcomes } from '../../core/model/inventory.ts';
import { visible } from '../../core/visible-text.ts';
import type { Report } from '../model.ts';
import { counted, grouped } from '../wording.ts';
import { type Column, dataTable, folded, keyList, section, type TableRow, term } from './page/elements.ts';

/** Renders every object of the source by kind, with what became of it and why. Kinds with undeclared objects come first. */
export function objects({ inventory }: Report): ComponentChildren {
  if (inventory === null) {
    const none = 'The source has rows only: files have no objects to list.';
    return section('objects', 'Objects of the source', h('p', { class: 'note' }, none));
  }
  const counts = outcomeCounts(inventory);
  const kinds = [...groupBy(inventory, ({ kind }) => kind)].sort(
    ([, a], [, b]) => outcomeCounts(b).undeclared - outcomeCounts(a).undeclared,
  );
  return section(
    'objects',
    'Objects of the source',
    h(
      'div',
      { class: 'equation' },
      term(counts.carried, { name: 'carried', tone: 'loaded', remark: 'the target has them' }),
      term(counts.replaced, { name: 'replaced', tone: 'filtered', remark: 'something else does their work' }),
      term(counts['left behind'], { name: 'left behind', tone: 'empty', remark: 'with a reason' }),
      term(counts.undeclared, {
        name: 'undeclared',
        tone: counts.undeclared === 0 ? 'empty' : 'open',
        remark: 'nobody decided about them',
      }),
    ),
    h(
      'div',
      { 'data-find': '' },
      kinds.map(([kind, entries]) => foldOf(kind, entries)),
    ),
  );
}

const columns: readonly Column[] = [{ title: 'Outcome' }, { title: 'Reason' }, { title: 'Objects' }];

function foldOf(kind: string, entries: readonly InventoryEntry[]): ComponentChildren {
  const counts = outcomeCounts(entries);
  const found = outcomes.filter((outcome) => counts[outcome] > 0);
  const summary = [
    h('span', { class: 'rule' }, kind),
    h('span', { class: 'tally' }, found.map((outcome) => `${grouped(counts[outcome])} ${outcome}`).join(', ')),
  ];
  const rows = found.flatMap((outcome) => rowsOf(entries.filter((entry) => entry.outcome === outcome)));
  return folded(
    summary,
    counts.undeclared > 0,
    dataTable(`${kind}: ${counted(entries.length, 'object')}`, columns, rows),
  );
}

/** One row for each reason, which many objects may share. */
function rowsOf(entries: readonly InventoryEntry[]): TableRow[] {
  return [...groupBy(entries, ({ why }) => why)].map(([why, some]) => ({
    cells: [
      h('span', { class: some[0]?.outcome === 'undeclared' ? 'tone-fail' : undefined }, some[0]?.outcome),
      visible(why),
      keyList(some.map(({ name }) => name)),
    ],
  }));
}

function groupBy(
  entries: readonly InventoryEntry[],
  keyOf: (entry: InventoryEntry) => string,
): ReadonlyMap<string, readonly InventoryEntry[]> {
  const groups = new Map<string, InventoryEntry[]>();
  for (const entry of entries) {
    const group = groups.get(keyOf(entry));
    if (group === undefined) groups.set(keyOf(entry), [entry]);
    else group.push(entry);
  }
  return groups;
}
