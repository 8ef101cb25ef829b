import { type ComponentChildren, h } from 'preact';
import type { Report, StageReport } from '../model.ts';
import { counted, duration, grouped } from '../wording.ts';
import { bar, type Column, dataTable, facts, section, term } from './elements.ts';
import { instant } from './head.ts';

/** Renders the decisions on the relations of the source, declared or implicit. */
export function relations({ relations: { foreignKeys, lookups, none } }: Report): ComponentChildren {
  const all = foreignKeys + lookups + none;
  return section(
    'relations',
    'Relations',
    h(
      'p',
      null,
      `The source has ${counted(all, 'relation')}, declared or implicit. The pipeline has a decision on each.`,
    ),
    h(
      'div',
      { class: 'equation' },
      term(foreignKeys, { name: 'foreign keys', tone: 'loaded', remark: 'enforced by the target' }),
      term(lookups, { name: 'lookups', tone: 'filtered', remark: 'checked, not enforced' }),
      term(none, { name: 'no relation', tone: 'empty', remark: 'or none that can be determined' }),
    ),
    bar([
      { amount: foreignKeys, tone: 'loaded' },
      { amount: lookups, tone: 'filtered' },
      { amount: none, tone: 'empty' },
    ]),
  );
}

const stageColumns: readonly Column[] = [
  { title: 'Stage' },
  { title: 'Started' },
  { title: 'Finished' },
  { title: 'Took', kind: 'count' },
  { title: 'Rows', kind: 'count' },
  { title: 'Rows per second', kind: 'count' },
];

/** Renders the stages, parameters and versions of the run. */
export function environment({ waybill, finishedAt, source: { snapshot }, ...report }: Report): ComponentChildren {
  const params = Object.entries(report.params).sort(([a], [b]) => (a < b ? -1 : 1));
  return section(
    'environment',
    'Run and environment',
    dataTable('Stages', stageColumns, report.stages.map(stageRow)),
    facts([
      ['Finished', instant(finishedAt)],
      ['waybill', waybill],
      ...(report.kept ?? []).map(({ table, why }) => [`Kept rows of ${table}`, why] as const),
      ...(report.hooks ?? []).map(({ name, at, sha256 }) => [`Hook ${name}`, `${instant(at)}, ${sha256}`] as const),
      ...params.map(([name, value]) => [`Parameter ${name}`, h('code', null, value)] as const),
    ]),
    facts([['Snapshot', `${snapshot.isConsistent ? 'Consistent' : 'Not consistent'}: ${snapshot.note}`]], 'snapshot'),
  );
}

function stageRow({ stage, startedAt, finishedAt, seconds, rows }: StageReport) {
  const rate = seconds === 0 ? '–' : grouped(Math.round(rows / seconds));
  return { cells: [stage, instant(startedAt), instant(finishedAt), duration(seconds), grouped(rows), rate] };
}
