import type { ComponentChildren } from 'preact';
import { h } from 'preact';
import { groupedBy } from '../../core/model/grouped-by.ts';
import type { Report } from '../model.ts';
import { counted, duration, grouped } from '../wording.ts';
import { type Bar, bars, timeline } from './page/charts.ts';
import { section } from './page/elements.ts';

/** Bars of one chart at most. */
const MAX_BARS = 15;

/** Renders the charts of a run; a chart without anything to show is left out. */
export function charts(report: Report): ComponentChildren {
  const drawn = [
    times(report),
    throughput(report),
    rows(report),
    causes(report, 'rejects'),
    causes(report, 'adjustments'),
  ];
  const shown = drawn.filter((each) => each !== null);
  return shown.length === 0 ? null : section('charts', 'At a glance', h('div', { class: 'charts' }, shown));
}

function times({ stages, startedAt }: Report): ComponentChildren {
  if (stages.length === 0) return null;
  const since = (iso: string) => Math.max(0, (Date.parse(iso) - Date.parse(startedAt)) / 1000);
  return timeline(
    'Time by stage',
    stages.map(({ stage, startedAt: from, finishedAt: to, seconds }) => ({
      ...{ name: stage, from: since(from), to: since(to), text: duration(seconds) },
    })),
  );
}

function throughput({ stages }: Report): ComponentChildren {
  const all = [...groupedBy(stages, ({ stage }) => [stage])].flatMap(([name, own]) => {
    const sum = (of: 'rows' | 'seconds') => own.reduce((total, one) => total + one[of], 0);
    const value = Math.round(sum('rows') / sum('seconds'));
    return Number.isFinite(value) && value > 0 ? [{ name, value, text: grouped(value) }] : [];
  });
  return all.length === 0 ? null : bars('Rows per second by stage (of validate: checks)', all, 'loaded');
}

function rows({ tables }: Report): ComponentChildren {
  const filled = tables.filter(({ read }) => read > 0).sort((a, b) => b.read - a.read);
  if (filled.length === 0) return null;
  const all = filled.slice(0, MAX_BARS).map(({ source, target, read, rejected }) => ({
    name: filled.some((other) => other.target === target && other.source !== source) ? `${source} > ${target}` : target,
    ...{
      value: read,
      mark: rejected,
      text: rejected === 0 ? grouped(read) : `${grouped(read)} · ◆ ${grouped(rejected)}`,
    },
  }));
  const largest = filled.length > MAX_BARS ? `, the ${MAX_BARS} largest of ${counted(filled.length, 'table')}` : '';
  return bars(`Rows read by table${largest} (logarithmic; ◆ rejected)`, all, 'loaded', true);
}

function causes({ tables }: Report, kind: 'rejects' | 'adjustments'): ComponentChildren {
  const sums = new Map<string, number>();
  for (const table of tables) for (const { rule, count } of table[kind]) sums.set(rule, (sums.get(rule) ?? 0) + count);
  if (sums.size === 0) return null;
  const all: Bar[] = [...sums].map(([name, value]) => ({ name, value, text: grouped(value) }));
  all.sort((a, b) => b.value - a.value);
  const [title, tone] =
    kind === 'rejects' ? ['Rejected rows by cause', 'rejected'] : ['Adjusted values by rule', 'adjusted'];
  return bars(title, all.slice(0, MAX_BARS), tone);
}
