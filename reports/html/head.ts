import { type ComponentChildren, h } from 'preact';
import type { Report } from '../model.ts';
import { verdictSentence } from '../summary.ts';
import { duration, secondsBetween } from '../wording.ts';
import { facts } from './elements.ts';
import { style } from './style.ts';

/** Forbids all requests and scripts; allows only the style sheet inside the file. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** Renders the `<head>`. */
export function head(report: Report): ComponentChildren {
  return h(
    'head',
    null,
    h('meta', { charset: 'utf-8' }),
    h('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }),
    h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    h('meta', { name: 'color-scheme', content: 'light dark' }),
    h('meta', { name: 'referrer', content: 'no-referrer' }),
    h('meta', { name: 'generator', content: `waybill ${report.waybill}` }),
    h('title', null, `${report.verdict.toUpperCase()} · ${report.pipeline} · ${report.runId}`),
    // The style sheet is a constant; nothing from the report gets into it.
    h('style', { dangerouslySetInnerHTML: { __html: style } }),
  );
}

const marks = { pass: '✓', fail: '✕', incomplete: '–' } as const;

/** Renders the top of the page: the title, the verdict, and the facts of the run. */
export function masthead(report: Report): ComponentChildren {
  return h(
    'header',
    { class: `masthead ${report.verdict}` },
    h(
      'div',
      { class: 'page' },
      h('p', { class: 'eyebrow' }, 'waybill migration report'),
      h('h1', null, report.title),
      h(
        'p',
        { class: 'verdict' },
        h(
          'strong',
          { class: 'stamp' },
          h('span', { 'aria-hidden': 'true' }, `${marks[report.verdict]} `),
          report.verdict.toUpperCase(),
        ),
        h('span', null, verdictSentence(report)),
      ),
      runFacts(report),
      report.source.snapshot.isConsistent
        ? null
        : h(
            'p',
            { class: 'caution' },
            `The source was not read from one consistent snapshot: ${report.source.snapshot.note}`,
          ),
    ),
  );
}

function runFacts(report: Report): ComponentChildren {
  return facts([
    ['Run', h('code', null, report.runId)],
    ['Started', instant(report.startedAt)],
    ['Took', duration(secondsBetween(report.startedAt, report.finishedAt))],
    ['Pipeline', report.pipeline],
    ['Source', h('code', null, report.source.label)],
    ['Target', [h('code', null, report.target.label), ', schema ', h('code', null, report.target.schema)]],
  ]);
}

/** Formats an ISO time as `2026-03-01 06:15:00 UTC`. */
export function instant(iso: string): ComponentChildren {
  return h('time', { dateTime: iso }, `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`);
}
