import { type ComponentChildren, h } from 'preact';
import type { CheckVerdict } from '../../core/validation/check.ts';
import { visible } from '../../core/visible-text.ts';
import { grouped } from '../wording.ts';

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

/** A column of a table; `count` columns are right-aligned in tabular figures. */
export interface Column {
  readonly title: string;
  readonly kind?: 'count' | 'code';
}

/** A row of a table. */
export interface TableRow {
  readonly cells: readonly ComponentChildren[];
  readonly class?: string | undefined;
}

/** Renders a table whose first column holds row headings. On a narrow page it scrolls separately, by keyboard too. */
export function dataTable(
  label: string,
  columns: readonly Column[],
  rows: readonly TableRow[],
  foot?: readonly ComponentChildren[],
): ComponentChildren {
  return h(
    'div',
    { class: 'scroll', role: 'region', 'aria-label': label, tabIndex: 0 },
    h(
      'table',
      null,
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
        rows.map((row) => h('tr', { class: row.class }, cellsOf(row.cells, columns))),
      ),
      foot === undefined ? null : h('tfoot', null, h('tr', null, cellsOf(foot, columns))),
    ),
  );
}

function cellsOf(cells: readonly ComponentChildren[], columns: readonly Column[]): readonly ComponentChildren[] {
  return cells.map((cell, i) =>
    i === 0 ? h('th', { scope: 'row' }, cell) : h('td', { class: columns[i]?.kind }, cell),
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

/** A segment of a bar: its amount and its colour. */
export interface Segment {
  readonly amount: number;
  readonly tone: string;
}

/** Length of a bar in SVG units. */
const BAR = 1000;

/**
 * Renders a bar that its segments fill. It is decoration only: the page always shows the numbers as text too. A segment that
 * is not empty gets at least `minimum` thousandths, so that it stays visible.
 */
export function bar(segments: readonly Segment[], minimum = 5): ComponentChildren {
  const shown = segments.filter(({ amount }) => amount > 0);
  const total = shown.reduce((sum, { amount }) => sum + amount, 0);
  const raised = shown.map(({ amount }) => Math.max(minimum, (amount / total) * BAR));
  const scale = BAR / raised.reduce((sum, width) => sum + width, 0);
  let x = 0;
  const rects = shown.map(({ tone }, i) => {
    const width = (raised[i] ?? 0) * scale;
    x += width;
    return h('rect', { class: `fill-${tone}`, x: (x - width).toFixed(1), y: 0, width: width.toFixed(1), height: 10 });
  });
  return h(
    'svg',
    { class: 'bar', viewBox: `0 0 ${BAR} 10`, preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    h('rect', { class: 'fill-empty', x: 0, y: 0, width: BAR, height: 10 }),
    rects,
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
