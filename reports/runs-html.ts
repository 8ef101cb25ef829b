import { h } from 'preact';
import { type Column, chip, dataTable, figure, instant, section } from './html/page/elements.ts';
import { pageHtml } from './html/page/page.ts';
import type { Report } from './model.ts';
import { counted } from './wording.ts';

/** A run in the list of runs; what is null is not known yet. */
export interface RunEntry {
  readonly run: string;
  readonly pipeline: string;
  readonly startedAt: string;
  readonly verdict: Report['verdict'] | null;
  readonly rows: number | null;
  readonly rejected: number | null;
  /** Path of its `report.html`, relative to the page; null when there is none. */
  readonly report: string | null;
}

const columns: readonly Column[] = [
  { title: 'Run' },
  { title: 'Pipeline' },
  { title: 'Started' },
  { title: 'Rows read', kind: 'count' },
  { title: 'Rejected', kind: 'count' },
  { title: 'Verdict' },
];

/** Renders a page that lists runs, in the given order, and links their reports. */
export function runsHtml(entries: readonly RunEntry[], version: string): string {
  const title = counted(entries.length, 'run');
  return pageHtml({
    title: `waybill · ${title}`,
    generator: `waybill ${version}`,
    header: h(
      'header',
      { class: 'masthead' },
      h('div', { class: 'page' }, h('p', { class: 'eyebrow' }, 'waybill'), h('h1', null, title)),
    ),
    chapters: [],
    main: section('runs', 'Runs', h('div', { 'data-find': 'verdict' }, dataTable('Runs', columns, entries.map(rowOf)))),
    footer: `waybill ${version}`,
  });
}

function rowOf({ run, pipeline, startedAt, verdict, rows, rejected, report }: RunEntry) {
  return {
    class: verdict === 'pass' ? undefined : 'is-problem',
    cells: [
      report === null ? run : h('a', { href: report.split('/').map(encodeURIComponent).join('/') }, run),
      pipeline,
      instant(startedAt),
      rows === null ? '–' : figure(rows),
      rejected === null ? '–' : figure(rejected, 'rejected'),
      verdict === null ? 'no report' : chip(verdict),
    ],
  };
}
