import { expect, test } from 'vitest';
import { type RunEntry, runsHtml } from '../../reports/runs-html.ts';

const entry: RunEntry = {
  run: 'march',
  pipeline: 'aries',
  startedAt: '2026-03-01T06:15:00.000Z',
  verdict: 'pass',
  rows: 13_545,
  rejected: 40,
  report: 'march/report.html',
};

test('lists runs with their verdicts and links their reports', () => {
  const html = runsHtml(
    [entry, { ...entry, run: 'april', verdict: null, rows: null, rejected: null, report: null }],
    '0.1.0',
  );
  expect(html).toContain('<title>waybill · 2 runs</title>');
  expect(html).toContain('<a href="march/report.html">march</a>');
  expect(html).toContain('<span>13,545</span>');
  expect(html).toMatch(/<tr class="is-problem"><th scope="row">april<.*no report/);
});

test('a hostile name stays text, and a path stays a path', () => {
  const evil = '"><script>alert(1)</script>';
  const html = runsHtml([{ ...entry, run: evil, pipeline: evil, report: 'javascript:alert(1)/"x' }], evil);
  expect(html.match(/<script/g)).toHaveLength(1);
  expect(html).toContain('href="javascript%3Aalert(1)/%22x"');
});
