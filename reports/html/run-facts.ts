import { type ComponentChildren, h } from 'preact';
import type { Report, StageReport } from '../model.ts';
import { counted, duration, grouped } from '../wording.ts';
import { whoText } from './head.ts';
import { type Column, dataTable, facts, folded, instant, section, term } from './page/elements.ts';

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
export function environment({
  waybill,
  finishedAt,
  source: { snapshot },
  fingerprint,
  components,
  ...report
}: Report): ComponentChildren {
  const params = Object.entries(report.params).sort(([a], [b]) => (a < b ? -1 : 1));
  return section(
    'environment',
    'Run and environment',
    dataTable('Stages', stageColumns, report.stages.map(stageRow)),
    h('h3', null, 'Commands that worked on the run'),
    dataTable('Commands that worked on the run', commandColumns, report.commands.map(commandRow)),
    facts([
      ['Finished', instant(finishedAt)],
      ['waybill', waybill],
      ['Rejected rows allowed', limitsText(report.rejectLimits)],
      ['Fingerprint', h('code', null, fingerprint)],
      ...(report.kept ?? []).map(({ table, why }) => [`Kept rows of ${table}`, why] as const),
      ...(report.hooks ?? []).map(({ name, at, sha256 }) => [`Hook ${name}`, `${instant(at)}, ${sha256}`] as const),
      ...params.map(([name, value]) => [`Parameter ${name}`, h('code', null, value)] as const),
    ]),
    folded(
      `What the fingerprint is made of: ${counted(Object.keys(components).length, 'hash', 'hashes')}`,
      false,
      dataTable(
        'What the fingerprint is made of',
        [{ title: 'Component' }, { title: 'Hash', kind: 'code' }],
        Object.entries(components).map(([name, hash]) => ({ cells: [name, hash] })),
      ),
    ),
    facts([['Snapshot', `${snapshot.isConsistent ? 'Consistent' : 'Not consistent'}: ${snapshot.note}`]], 'snapshot'),
  );
}

function limitsText(limits: Report['rejectLimits']): string {
  if (limits.length === 0) return 'none';
  return limits
    .map(({ table, max, isPercent }) => `${max}${isPercent ? ' %' : ''}${table === null ? '' : ` of ${table}`}`)
    .join(', ');
}

const commandColumns: readonly Column[] = [
  { title: 'At' },
  { title: 'By' },
  { title: 'Host' },
  { title: 'Command' },
  { title: 'Options' },
  { title: 'waybill' },
  { title: 'Node' },
];

function commandRow({ at, host, command, settings, waybill, node, ...who }: Report['commands'][number]) {
  const options = Object.entries(settings).map(([name, value]) => `${name} ${value}`);
  const line = command === null ? 'none: called as a library' : h('code', null, command);
  return { cells: [instant(at), whoText(who), host, line, options.join(', '), waybill, node] };
}

function stageRow({ stage, startedAt, finishedAt, seconds, rows }: StageReport) {
  const rate = seconds === 0 ? '–' : grouped(Math.round(rows / seconds));
  return { cells: [stage, instant(startedAt), instant(finishedAt), duration(seconds), grouped(rows), rate] };
}
