import { type ComponentChildren, h } from 'preact';
import type { Report } from '../model.ts';
import { unaccounted } from '../summary.ts';
import { counted } from '../wording.ts';
import { section, share, term } from './page/elements.ts';

/** Renders the totals: rows read, loaded, rejected and filtered, and values adjusted. */
export function accounting({ totals, tables }: Report): ComponentChildren {
  const open = unaccounted(totals);
  const sources = new Set(tables.map(({ source }) => source)).size;
  const of = (part: number) => share(part, totals.read);
  return section(
    'accounting',
    'Accounting',
    h(
      'div',
      { class: 'equation' },
      term(totals.read, { name: 'rows read', tone: 'read', remark: `from ${counted(sources, 'table')}` }),
      term(totals.loaded, { name: 'loaded', tone: 'loaded', remark: of(totals.loaded), sign: '=' }),
      term(totals.rejected, { name: 'rejected', tone: 'rejected', remark: of(totals.rejected), sign: '+' }),
      term(totals.filtered, { name: 'filtered', tone: 'filtered', remark: of(totals.filtered), sign: '+' }),
      open === 0 ? null : term(open, { name: 'unaccounted', tone: 'open', remark: 'lost or counted twice', sign: '+' }),
      term(totals.adjusted, { name: 'values adjusted', tone: 'adjusted', remark: 'in loaded rows, each recorded' }),
    ),
  );
}
