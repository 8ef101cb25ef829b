import { type ComponentChildren, h } from 'preact';
import type { CheckVerdict } from '../../../core/validation/check.ts';
import { visible } from '../../../core/visible-text.ts';
import { grouped } from '../../wording.ts';

const glyphs: Readonly<Record<CheckVerdict, string>> = {
  pass: '✓',
  fail: '✕',
  incomplete: '–',
  'not-applicable': '○',
};

/** Renders a verdict as a small coloured word; glyph and word make it readable without the colour. */
export function chip(verdict: CheckVerdict): ComponentChildren {
  const word = verdict.replace('-', ' ');
  return h('span', { class: `chip ${verdict}` }, h('span', { 'aria-hidden': 'true' }, glyphs[verdict]), ` ${word}`);
}

/** Renders a section of the page with its heading; the navigation links to `id`. */
export function section(id: string, title: string, ...children: readonly ComponentChildren[]): ComponentChildren {
  return h('section', { id, 'aria-labelledby': `${id}-title` }, h('h2', { id: `${id}-title` }, title), children);
}

/** Formats an ISO time as `2026-03-01 06:15:00 UTC`. */
export function instant(iso: string): ComponentChildren {
  return h('time', { dateTime: iso }, `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`);
}

/** A column of a table; `count` columns are right-aligned in tabular figures, and `link` columns are not printed. */
export interface Column {
  readonly title: string;
  readonly kind?: 'count' | 'code' | 'link';
}

/** A row of a table. */
export interface TableRow {
  readonly cells: readonly ComponentChildren[];
  /** `is-problem` where the row is shown when only problems are wanted. */
  readonly class?: string | undefined;
  readonly id?: string;
}

/**
 * Renders a table whose first column holds row headings. On a narrow page each row is a card, and each cell names its column. The
 * script of the page sorts it.
 */
export function dataTable(
  label: string,
  columns: readonly Column[],
  rows: readonly TableRow[],
  foot?: readonly ComponentChildren[],
): ComponentChildren {
  return h(
    'div',
    { class: 'scroll' },
    h(
      'table',
      { 'aria-label': label },
      h(
        'thead',
        null,
        h(
          'tr',
          null,
          columns.map(({ title, kind }) => h('th', { scope: 'col', class: kind }, title)),
        ),
      ),
      h(
        'tbody',
        null,
        rows.map((row) => h('tr', { class: row.class, id: row.id }, cellsOf(row.cells, columns))),
      ),
      foot === undefined ? null : h('tfoot', null, h('tr', null, cellsOf(foot, columns))),
    ),
  );
}

function cellsOf(cells: readonly ComponentChildren[], columns: readonly Column[]): readonly ComponentChildren[] {
  return cells.map((cell, i) =>
    i === 0
      ? h('th', { scope: 'row' }, cell)
      : h('td', { class: columns[i]?.kind, 'data-label': columns[i]?.title }, cell),
  );
}

/** Renders a count; zero is faint, so that other counts stand out. */
export function figure(count: number, tone = ''): ComponentChildren {
  return h('span', { class: count === 0 ? 'zero' : tone === '' ? undefined : `tone-${tone}` }, grouped(count));
}

/** Renders the keys of rows as a list. */
export function keyList(keys: readonly string[]): ComponentChildren {
  if (keys.length === 0) return null;
  return h(
    'ul',
    { class: 'keys' },
    keys.map((key) => h('li', null, h('code', null, visible(key)))),
  );
}

/** Renders `schema.table` with a faint schema; a long name may break after `_`. */
export function tableName(name: string): ComponentChildren {
  const dot = name.indexOf('.') + 1;
  return [dot === 0 ? null : h('span', { class: 'schema' }, name.slice(0, dot)), breakable(name.slice(dot))];
}

function breakable(name: string): ComponentChildren {
  return name.split(/(?<=_)/).flatMap((word, i) => (i === 0 ? [word] : [h('wbr', null), word]));
}

/** Renders a definition list of names and values. */
export function facts(pairs: readonly (readonly [string, ComponentChildren])[], kind = 'facts'): ComponentChildren {
  return h(
    'dl',
    { class: kind },
    pairs.map(([name, value]) => h('div', null, h('dt', null, name), h('dd', null, value))),
  );
}

/** The caption of a big number. */
export interface Term {
  readonly name: string;
  /** Colour of its segment in the bar. */
  readonly tone: string;
  readonly remark: string;
  /** The sign between it and the previous term: `=`, `+`. */
  readonly sign?: string;
}

/** Renders a big number with its caption. */
export function term(amount: number, { name, tone, remark, sign = '' }: Term): ComponentChildren {
  return h(
    'div',
    { class: `term term-${tone}` },
    h('span', { class: 'sign' }, sign),
    h('span', { class: 'amount' }, grouped(amount)),
    h('span', { class: 'name' }, name),
    h('span', { class: 'remark' }, remark),
  );
}

/** Formats a share, and never rounds it to all or nothing: `99.98 %`, `under 0.01 %`. */
export function share(part: number, whole: number): string {
  if (part === whole) return '100 %';
  if (part === 0 || whole === 0) return '0 %';
  const percent = (part / whole) * 100;
  if (percent < 0.01) return 'under 0.01 %';
  return percent > 99.99 && percent < 100 ? 'over 99.99 %' : `${percent.toFixed(2)} %`;
}

/** Renders content that folds; `isOpen` is its initial state. */
export function folded(
  summary: ComponentChildren,
  isOpen: boolean,
  ...children: readonly ComponentChildren[]
): ComponentChildren {
  return h('details', { open: isOpen }, h('summary', null, summary), h('div', { class: 'unfolded' }, children));
}
