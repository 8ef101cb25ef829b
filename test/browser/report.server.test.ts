import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reportHtml } from '../../reports/html-report.ts';
import type { TableReport } from '../../reports/model.ts';
import { runsHtml } from '../../reports/runs-html.ts';
import { ariesReport, passed, plainTable, smallReport } from '../reports/sample.ts';
import { accessibilityProblems, openPage, startBrowser } from './browser.ts';

/** 118 tables with differences, and with text in every place that a report has. */
const html = reportHtml(ariesReport(true));
let browser: Browser;

beforeAll(async () => {
  browser = await startBrowser();
}, 60_000);

afterAll(() => browser?.close());

/** The first cells of the rows that are shown of a table. */
function shownRows(page: Page, label: string): Promise<string[]> {
  return page.evaluate((name) => {
    const rows = document.querySelectorAll<HTMLTableRowElement>(`table[aria-label="${name}"] tbody tr`);
    return [...rows].filter((row) => row.offsetParent !== null).map((row) => row.cells[0]?.textContent ?? '');
  }, label);
}

describe('a report in the browser', () => {
  test('asks for nothing but itself, and its script runs under its policy', async () => {
    const { page, requests, errors } = await openPage(browser, html);
    await page.getByLabel('Search').waitFor();
    expect({ requests, errors }).toEqual({ requests: [], errors: [] });
    await page.context().close();
  });

  test('search finds tables, checks and causes, unfolds what holds them, and forgets', async () => {
    const { page } = await openPage(browser, html);
    const all = await shownRows(page, 'All tables');
    await page.getByLabel('Search').fill('compliance note');
    expect(await shownRows(page, 'All tables')).toEqual(['c01.tbl_compliance_notes']);
    expect(await page.locator('.finding:visible').allTextContents()).toEqual([
      expect.stringContaining('checksums compliance_notes'),
    ]);
    expect(await page.getByRole('status').textContent()).toMatch(/^\d+ entries found$/);
    await page.getByLabel('Search').fill('account_number_key');
    expect(await page.locator('#causes details[open]').count()).toBe(1);
    await page.getByLabel('Search').fill('');
    expect(await shownRows(page, 'All tables')).toEqual(all);
    expect(await page.locator('#causes details[open]').count()).toBe(0);
    await page.context().close();
  });

  test('the filter shows the problems only, by mouse and by keyboard', async () => {
    const { page } = await openPage(browser, html);
    const filter = page.getByLabel('Problems only');
    await filter.check();
    const problems = await shownRows(page, 'All tables');
    expect(problems).toContain('c01.tbl_compliance_notes');
    expect(problems).toHaveLength(8);
    await filter.focus();
    await page.keyboard.press('Space');
    expect(await shownRows(page, 'All tables')).toHaveLength(118);
    await page.context().close();
  });

  test('a column sorts up and down, by mouse and by keyboard, and says so', async () => {
    const { page } = await openPage(browser, html);
    const read = page.getByRole('table', { name: 'All tables' }).getByRole('columnheader', { name: 'Read' });
    const counts = () =>
      page.evaluate(() =>
        [...document.querySelectorAll<HTMLTableRowElement>('table[aria-label="All tables"] tbody tr')].map((row) =>
          Number(row.cells[2]?.textContent?.replaceAll(',', '')),
        ),
      );
    await read.getByRole('button').click();
    const up = await counts();
    expect(up).toEqual(up.toSorted((a, b) => a - b));
    expect(await read.getAttribute('aria-sort')).toBe('ascending');
    await read.getByRole('button').focus();
    await page.keyboard.press('Enter');
    expect(await counts()).toEqual(up.toSorted((a, b) => b - a));
    expect(await read.getAttribute('aria-sort')).toBe('descending');
    await page.context().close();
  });

  test('a table leads to its details', async () => {
    const { page } = await openPage(browser, html);
    await page.getByRole('link', { name: 'Details of c01.tbl_customer > customers' }).click();
    const lineage = page.getByRole('table', { name: 'Lineage of customers' });
    await lineage.waitFor({ state: 'visible' });
    await page.context().close();
  });

  test('1,000 tables are searched and sorted', async () => {
    const tables = Array.from({ length: 1_000 }, (_, i) => plainTable(`c01.t_${i}`, `t_${i}`, i));
    const { page } = await openPage(browser, reportHtml(smallReport({ tables })));
    await page.getByLabel('Search').fill('t_99');
    expect(await shownRows(page, 'All tables')).toHaveLength(11);
    await page.getByLabel('Search').fill('');
    // A look-up by role reads the names of all elements, which takes seconds here.
    await page.locator('#tables table').first().locator('th button').nth(2).click();
    expect((await shownRows(page, 'All tables')).length).toBe(1_000);
    await page.context().close();
  });

  test('is readable without its script', async () => {
    const { page } = await openPage(browser, html, { javaScriptEnabled: false });
    expect(await page.locator('.tools').count()).toBe(0);
    for (const part of [
      'FAIL',
      'What did not arrive as it was',
      'bisected to 3 rows',
      'Rejected rows by cause',
      'All 118 mappings',
    ])
      expect([part, await page.getByText(part).first().isVisible()]).toEqual([part, true]);
    await page.locator('#causes details summary').first().click();
    expect(await page.locator('#causes details[open] table').isVisible()).toBe(true);
    await page.context().close();
  });

  test('names from a database stay text', async () => {
    const evils = [
      '"><script>alert(1)</script>',
      "'><img src=x onerror=alert(2)>",
      'a\u202eb',
      '\u001b[31m',
      '</title></style>',
    ];
    const tables = evils.map((evil) => {
      const cause = { column: evil, rule: evil, sqlstate: null, constraint: evil, count: 1, sampleKeys: [evil] };
      const adjusted = { column: evil, rule: evil, count: 1 };
      const filter = { rule: evil, count: 1 };
      const counts = { read: 3, loaded: 1, rejected: 1, filtered: 1, adjusted: 1 };
      const lineage = [{ column: evil, rule: evil, reads: [evil] }];
      return {
        ...plainTable(evil, evil, 3),
        ...counts,
        ...{ rejects: [cause], adjustments: [adjusted], filters: [filter], lineage },
      };
    });
    const checks = evils.map(
      (evil) => ({ ...passed(evil, evil, evil), verdict: 'fail', note: evil, sampleKeys: [evil] }) as const,
    );
    const [evil = ''] = evils;
    const [command] = smallReport().commands;
    const report = smallReport({
      ...{ verdict: 'fail', title: evils.join(' '), runId: evil, pipeline: evil, tables, checks },
      commands: [
        {
          ...(command as NonNullable<typeof command>),
          operator: { name: evils.join(' '), from: 'option' },
          host: evil,
          command: evil,
        },
      ],
      policies: Object.fromEntries(evils.map((name) => [name, name])),
    });
    const { page, requests, errors } = await openPage(browser, reportHtml(report));
    await page.getByLabel('Search').fill('<img');
    expect({ requests, errors }).toEqual({ requests: [], errors: [] });
    expect(await page.locator('script').count()).toBe(1);
    expect(await page.locator('img').count()).toBe(0);
    const text = await page.evaluate(() => document.body.textContent ?? '');
    expect(text).toContain('<script>alert(1)</script>');
    expect(text).toContain('a\\u{202e}b');
    expect([...text].filter((character) => ['\u202e', '\u001b'].includes(character))).toEqual([]);
    await page.context().close();
  });
});

const appearances = [
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'light', width: 400 },
  { colorScheme: 'dark', width: 1280 },
  { colorScheme: 'dark', width: 400 },
] as const;

test('axe-core finds nothing in a report of the golden data of aries, and the report asks for nothing', async () => {
  const golden = await readFile(join(import.meta.dirname, '../../fixtures/aries/expected/tables.json'), 'utf8');
  const tables = (JSON.parse(golden) as Omit<TableReport, 'lineage'>[]).map((table) => ({ ...table, lineage: [] }));
  const { page, requests, errors } = await openPage(browser, reportHtml(smallReport({ tables })));
  expect(await shownRows(page, 'All tables')).toHaveLength(tables.length);
  expect(await accessibilityProblems(page)).toEqual([]);
  expect({ requests, errors }).toEqual({ requests: [], errors: [] });
  await page.context().close();
});

describe.each(appearances)('in $colorScheme at $width pixels', (appearance) => {
  test('axe-core finds nothing', async () => {
    const { page } = await openPage(
      browser,
      reportHtml(smallReport({ verdict: 'fail', checks: ariesReport(true).checks.slice(138, 142) })),
      appearance,
    );
    await page.evaluate(() => {
      for (const fold of document.querySelectorAll('details')) fold.open = true;
    });
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.context().close();
  });
});

test('axe-core finds nothing in the page that lists runs', async () => {
  const run = { run: 'march', pipeline: 'aries', startedAt: '2026-03-01T06:15:00.000Z', rows: 5, rejected: 1 };
  const entries = [
    { ...run, verdict: 'pass', report: 'march/report.html' },
    { ...run, run: 'april', verdict: null, report: null },
  ] as const;
  const { page, errors } = await openPage(browser, runsHtml(entries, '0.1.0'), { width: 400 });
  expect(await accessibilityProblems(page)).toEqual([]);
  expect(errors).toEqual([]);
  await page.context().close();
});

/** The visible elements with text of their own that reach out of the page on either side. */
function outside(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const hasText = (element: Element) =>
      [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim() !== '');
    return [...document.querySelectorAll('body *:not(.skip)')]
      .filter((element) => element.checkVisibility() && hasText(element))
      .filter((element) => {
        const range = document.createRange();
        range.selectNodeContents(element);
        const { left, right } = range.getBoundingClientRect();
        return left < -0.5 || right > width + 0.5;
      })
      .map((element) => `${element.tagName} ${element.textContent?.slice(0, 40)}`);
  });
}

test('at 400 pixels every cell is inside the window, and each names its column', async () => {
  const { page } = await openPage(browser, html, { width: 400 });
  await page.evaluate(() => {
    for (const fold of document.querySelectorAll('details')) fold.open = true;
  });
  expect(await outside(page)).toEqual([]);
  const label = await page.evaluate(() => {
    const cell = document.querySelector('table[aria-label="All tables"] tbody td.count') as Element;
    return getComputedStyle(cell, '::before').content;
  });
  expect(label).toBe('"Read"');
  await page.context().close();
});

/** A4 without the margins of the style sheet, at 96 pixels an inch. */
const papers = [
  { name: 'portrait', width: 703, landscape: false },
  { name: 'landscape', width: 1032, landscape: true },
];

test.each(papers)('on A4 in $name no column is cut, and there are lines to sign', async ({ width, landscape }) => {
  const { page } = await openPage(browser, html, { width });
  await page.emulateMedia({ media: 'print' });
  expect(await outside(page)).toEqual([]);
  expect(await page.locator('.tools').isVisible()).toBe(false);
  expect(await page.locator('.signature').first().isVisible()).toBe(true);
  const pdf = await page.pdf({ format: 'A4', landscape });
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  await page.context().close();
});
