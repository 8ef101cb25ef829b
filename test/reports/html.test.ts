import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { script } from '../../reports/html/page/script.ts';
import { fills, palettes } from '../../reports/html/page/style-colours.ts';
import { reportHtml } from '../../reports/html-report.ts';
import { ariesTables } from './aries-tables.ts';
import { ariesReport, passed, plainTable, smallReport } from './sample.ts';

describe('reportHtml', () => {
  test('escapes everything from the legacy database', () => {
    const evil = '"><script>alert(1)</script>';
    const cause = { column: evil, rule: evil, sqlstate: null, constraint: evil, count: 1, sampleKeys: [evil] };
    const table = { ...plainTable(evil, evil, 1), loaded: 0, rejected: 1, rejects: [cause], digest: evil };
    const check = { ...passed(evil, evil, evil), sampleKeys: [evil], note: evil, verdict: 'fail' } as const;
    const html = reportHtml(
      smallReport({
        title: evil,
        runId: evil,
        verdict: 'fail',
        tables: [table],
        checks: [check],
        params: { [evil]: evil },
      }),
    );
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html).toContain('&lt;script>alert(1)');
  });

  test('shows control and bidirectional characters instead of obeying them', () => {
    const check = { ...passed('counts', 'a', 1), verdict: 'fail', sampleKeys: ['Code=\u0000\n\u202e\ud800'] } as const;
    const html = reportHtml(smallReport({ verdict: 'fail', checks: [check] }));
    expect(html).toContain('Code=\\u{0}\\u{a}\\u{202e}\\u{d800}');
  });

  test('contains every table and every check', () => {
    const report = ariesReport(true);
    const html = reportHtml(report).replaceAll('<wbr/>', '');
    for (const names of ariesTables) {
      const [source = '', target = ''] = names.split(' ');
      const [schema = '', table = ''] = source.split('.');
      expect(html).toContain(
        `<span class="schema">${schema}.</span>${table}</th><td data-label="Target">${target}</td>`,
      );
    }
    const withoutPasses = report.checks.filter(({ verdict }) => verdict !== 'pass');
    expect(html.match(/<article class="finding/g)).toHaveLength(withoutPasses.length);
    for (const { subject } of report.checks) expect(html).toContain(`<code>${subject}</code>`);
  });

  test('gives the same bytes for the same report', () => {
    expect(reportHtml(ariesReport(true))).toBe(reportHtml(structuredClone(ariesReport(true))));
  });

  test('makes no requests, and its policy allows its own script and no other', () => {
    const html = reportHtml(ariesReport(true));
    expect(html).not.toMatch(/https?:|<link|<img|<iframe|@import|url\(|\son\w+=/i);
    expect(html.match(/href="[^#]/g)).toBeNull();
    expect(html).toContain("default-src 'none'");
    const [, written = ''] = /<script>(.*?)<\/script>/s.exec(html) ?? [];
    expect(written).toBe(script);
    const hash = createHash('sha256').update(script).digest('base64');
    expect(html).toContain(`script-src 'sha256-${hash}'`);
  });

  test('is at most 1.5 MB for 118 tables and 1,500 checks', () => {
    const report = ariesReport(false);
    const more = Array.from({ length: 1_500 - report.checks.length }, (_, i) => passed('types', `table_${i}`, 0));
    const html = reportHtml({ ...report, checks: [...report.checks, ...more] });
    expect(new TextEncoder().encode(html).length).toBeLessThan(1_500_000);
  });

  test('declares its language, and has one title, one first heading and unique ids', () => {
    const html = reportHtml(ariesReport(true));
    expect(html.startsWith('<!doctype html>\n<html lang="en">')).toBe(true);
    expect(html.match(/<title>/g)).toHaveLength(1);
    expect(html.match(/<h1>/g)).toHaveLength(1);
    const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of html.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(target);
  });

  test('says what could not be checked, and what the checks cannot see', () => {
    const html = reportHtml(smallReport());
    expect(html).toContain('Nothing: every check looked at everything that it has to look at.');
    for (const { name, proves, cannotSee } of smallReport().descriptions) {
      expect(html).toContain(`<dt>${name}</dt><dd>${cannotSee}</dd>`);
      expect(html).toContain(`${name}<span class="remark">${proves}</span>`);
    }
    const failing = reportHtml(ariesReport(true));
    expect(failing).toContain('5 checks could not look at everything; they are listed above.');
    expect(failing).toContain('The source was not read from one consistent snapshot: no global read lock');
  });

  test('says in sentences what was lost and why, with the most frequent causes', () => {
    const html = reportHtml(smallReport());
    const losses = html.slice(html.indexOf('What did not arrive'), html.indexOf('<dl class="facts">'));
    const sentences = losses.replace(/<\/(?:p|li|h2)>/g, '\n').replace(/<[^>]*>/g, '');
    expect(sentences.trim().split('\n')).toEqual([
      'What did not arrive as it was',
      '40 rows were rejected:',
      '38 in 1 table: orphan. The row that a reference names does not exist in the source.',
      '2 in 1 table: refused',
      '5 rows were filtered:',
      '5 in 1 table: test customers',
      '210 values were adjusted:',
      '210 in 1 table: zero-date. The date is zero.',
    ]);
  });

  test('says who ran it where and how, and says what is unknown', () => {
    const html = reportHtml(smallReport());
    for (const fact of [
      'Mary Jackson',
      'on migration-1',
      'waybill run aries --source',
      'encrypted, TLSv1.3',
      '10.11.6-MariaDB',
    ])
      expect(html).toContain(fact);
    expect(html).toContain('beef000');
    const source = { label: 'jsonl:parts', snapshot: { isConsistent: true, note: '' } };
    const { log } = smallReport();
    const bare = reportHtml(smallReport({ commands: [], source, log: { ...log, key: null } }));
    expect(bare).toContain('<dt>Run by</dt><dd>unknown</dd>');
    expect(bare).toContain('<dt>Source connection</dt><dd>unknown</dd>');
    expect(bare).toContain('This command does not sign the log.');
  });

  test('has the checks that failed before everything that passed', () => {
    const html = reportHtml(ariesReport(true));
    expect(html.indexOf('<article class="finding fail')).toBeLessThan(html.indexOf('id="accounting"'));
    expect(html.lastIndexOf('<article class="finding incomplete')).toBeLessThan(html.indexOf('id="accounting"'));
    expect(html.lastIndexOf('<article class="finding fail')).toBeLessThan(
      html.indexOf('<article class="finding incomplete'),
    );
  });

  test('has the checks, causes and lineage of a table in one place', () => {
    const html = reportHtml(ariesReport(true));
    const [row = ''] = html.match(/<tr[^>]*>(?:(?!<\/tr>).)*Details of c01.tbl_compliance_notes(?:(?!<\/tr>).)*/) ?? [];
    const [, id = ''] = /href="#(table-\d+)"/.exec(row) ?? [];
    expect(row).toContain('is-problem');
    const details = html.slice(html.indexOf(`id="${id}"`), html.indexOf('</details>', html.indexOf(`id="${id}"`)));
    expect(details).toContain('bisected to 3 rows, column billable_amount');
    expect(details).toContain('foreign-keys: ');
    expect(details).toContain('Lineage of compliance_notes');
  });

  test('lists every object of the source by kind with its reason, undeclared ones first and unfolded', () => {
    const inventory = [
      { kind: 'index', name: 'c01.t.i', outcome: 'carried', why: '' },
      { kind: 'view', name: 'c01.v', outcome: 'left behind', why: 'a screen' },
      { kind: 'view', name: 'c01.<script>', outcome: 'undeclared', why: 'unsaid' },
    ] as const;
    const html = reportHtml(smallReport({ inventory }));
    const from = html.slice(html.indexOf('id="objects"'));
    expect(from.indexOf('c01.&lt;script>')).toBeLessThan(from.indexOf('c01.v'));
    expect(from.indexOf('c01.v')).toBeLessThan(from.indexOf('c01.t.i'));
    expect(from).toMatch(/<details open><summary><span class="rule">view<.*1 undeclared, 1 left behind/);
    expect(from).toMatch(/<details><summary><span class="rule">index</);
    expect(from).toContain('a screen');
    expect(html.match(/<script/g)).toHaveLength(1);
  });

  test('shows unaccounted rows', () => {
    const tables = [{ ...plainTable('c01.a', 'a', 5_000), loaded: 3_000 }];
    const html = reportHtml(smallReport({ verdict: 'fail', tables }));
    expect(html).toContain('unaccounted');
    expect(html).toContain('(2,000 unaccounted)');
  });

  test('reports when nothing was checked', () => {
    const html = reportHtml(smallReport({ verdict: 'incomplete', checks: [], tables: [] }));
    expect(html).toContain('Nothing was checked, so nothing is proved.');
    expect(html).not.toContain('NaN');
  });
});

describe('the palettes', () => {
  const texts = ['ink', 'soft', 'faint', 'link', 'bad', 'odd'] as const;
  const tones = ['good', 'bad', 'odd'] as const;
  const pairs: readonly (readonly [Role, Role])[] = [
    ...texts.flatMap((text): readonly (readonly [Role, Role])[] => [
      [text, 'paper'],
      [text, 'card'],
    ]),
    ...tones.map((tone) => [tone, `${tone}-ground`] as const),
  ];

  test.each(pairs)('%s on %s has the contrast of WCAG AA in both schemes', (text, ground) => {
    for (const palette of [palettes.light, palettes.dark])
      expect(contrast(palette[text], palette[ground])).toBeGreaterThanOrEqual(4.5);
  });
});

test('loaded and rejected differ without their hue, and all fills stand out from the card', () => {
  for (const scheme of ['light', 'dark'] as const) {
    const { loaded, rejected, filtered, adjusted } = fills[scheme];
    expect(contrast(loaded, rejected)).toBeGreaterThanOrEqual(3);
    for (const fill of [loaded, rejected, filtered, adjusted])
      expect(contrast(fill, palettes[scheme].card)).toBeGreaterThanOrEqual(3);
  }
});

type Role = keyof typeof palettes.light;

/** Contrast ratio of two `#rrggbb` colours (WCAG 2.2, relative luminance). */
function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
