import { type ComponentChildren, h } from 'preact';
import type { Report, StageReport } from '../model.ts';
import { counted, duration, grouped } from '../wording.ts';
import { instant } from './head.ts';
import { bar, type Column, dataTable, facts, section } from './parts.ts';

/** What became of the relations that the source had, declared or not. */
export function relations({ relations: { foreignKeys, lookups, none } }: Report): ComponentChildren {
  const all = foreignKeys + lookups + none;
  return section(
    'relations',
    'Relations',
    h('p', null, `The source has ${counted(all, 'relation')}, declared or implicit. Each one was decided:`),
    facts(
      [
        ['Foreign keys, enforced by the target', grouped(foreignKeys)],
        ['Lookups, checked but not enforced', grouped(lookups)],
        ['No relation after all', grouped(none)],
      ],
      'decisions',
    ),
    bar([
      { amount: foreignKeys, tone: 'loaded' },
      { amount: lookups, tone: 'filtered' },
    ]),
  );
}

const stageColumns: readonly Column[] = [
  { title: 'Stage' },
  { title: 'Started' },
  { title: 'Finished' },
  { title: 'Took', kind: 'count' },
  { title: 'Rows', kind: 'count' },
  { title: 'Rows a second', kind: 'count' },
];

/** The stages of the run, and under what circumstances it ran. */
export function environment(report: Report): ComponentChildren {
  const { source, target } = report;
  const params = Object.entries(report.params).sort(([a], [b]) => (a < b ? -1 : 1));
  return section(
    'environment',
    'Run and environment',
    dataTable('Stages', stageColumns, report.stages.map(stageRow)),
    facts([
      ['Snapshot', [source.snapshot.isConsistent ? 'One moment. ' : 'Not one moment. ', source.snapshot.note]],
      ['Source', h('code', null, source.label)],
      ['Target', [h('code', null, target.label), ', schema ', h('code', null, target.schema)]],
      ['Pipeline', report.pipeline],
      ['waybill', report.waybill],
      ['Finished', instant(report.finishedAt)],
      ...params.map(([name, value]) => [`Parameter ${name}`, h('code', null, value)] as const),
    ]),
  );
}

function stageRow({ stage, startedAt, finishedAt, seconds, rows }: StageReport) {
  const rate = seconds === 0 ? '–' : grouped(Math.round(rows / seconds));
  return { cells: [stage, instant(startedAt), instant(finishedAt), duration(seconds), grouped(rows), rate] };
}
