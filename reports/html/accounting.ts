import { type ComponentChildren, h } from 'preact';
import type { Report, Totals } from '../model.ts';
import { unaccounted } from '../summary.ts';
import { counted, grouped } from '../wording.ts';
import { bar, section, share } from './parts.ts';

/** The big numbers: what was read, and where all of it went. */
export function accounting({ totals, tables }: Report): ComponentChildren {
  const open = unaccounted(totals);
  return section(
    'accounting',
    'Accounting',
    h(
      'div',
      { class: 'equation' },
      term('', totals.read, 'rows read', 'read', `from ${counted(tables.length, 'table')}`),
      term('=', totals.loaded, 'loaded', 'loaded', share(totals.loaded, totals.read)),
      term('+', totals.rejected, 'rejected', 'rejected', share(totals.rejected, totals.read)),
      term('+', totals.filtered, 'filtered', 'filtered', share(totals.filtered, totals.read)),
      open === 0 ? null : term('+', open, 'unaccounted', 'open', 'lost, or counted twice'),
    ),
    bar([
      { amount: totals.loaded, tone: 'loaded' },
      { amount: totals.rejected, tone: 'rejected' },
      { amount: totals.filtered, tone: 'filtered' },
      { amount: Math.max(0, open), tone: 'open' },
    ]),
    h('p', { class: 'note' }, closing(totals)),
  );
}

function term(sign: string, amount: number, name: string, tone: string, remark: string): ComponentChildren {
  return h(
    'div',
    { class: `term term-${tone}` },
    h('span', { class: 'sign' }, sign),
    h('span', { class: 'amount' }, grouped(amount)),
    h('span', { class: 'name' }, name),
    h('span', { class: 'remark' }, remark),
  );
}

function closing(totals: Totals): string {
  const adjusted =
    totals.adjusted === 0
      ? 'No value was adjusted.'
      : `In the loaded rows ${counted(totals.adjusted, 'value')} ${totals.adjusted === 1 ? 'was' : 'were'} adjusted by a declared rule.`;
  const thin = totals.rejected + totals.filtered > 0 ? ' Thin pieces of the bar are drawn wider than they are.' : '';
  return `${adjusted}${thin}`;
}
