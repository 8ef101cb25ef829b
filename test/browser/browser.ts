import chromium from '@sparticuz/chromium';
import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, type Page, chromium as playwright } from 'playwright-core';

/** The address under which a page is served; nothing listens there. */
const address = 'http://report.test/';

/** A page in the browser, and the requests that it made beside the one for itself. */
export interface OpenPage {
  readonly page: Page;
  readonly requests: readonly string[];
  /** Errors of the page: of its script, and of its policy. */
  readonly errors: readonly string[];
}

/** Starts the browser that the tests of a file share. It comes with npm and needs no other package of the system. */
export async function startBrowser(): Promise<Browser> {
  try {
    return await playwright.launch({
      executablePath: await chromium.executablePath(),
      args: ['--no-sandbox', '--disable-gpu'],
    });
  } catch (cause) {
    throw new Error(
      'The browser of @sparticuz/chromium did not start. It runs on Linux with x64; npm ci installs it.',
      {
        cause,
      },
    );
  }
}

/** Opens a page in a context of its own. Its document is the only request that is answered. */
export async function openPage(
  browser: Browser,
  html: string,
  { width = 1280, ...options }: BrowserContextOptions & { width?: number } = {},
): Promise<OpenPage> {
  const context = await browser.newContext({ ...options, viewport: { width, height: 900 } });
  const page = await context.newPage();
  const requests: string[] = [];
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('dialog', (dialog) => {
    errors.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.route('**', async (route) => {
    const url = route.request().url();
    if (url === address) return route.fulfill({ contentType: 'text/html', body: html });
    requests.push(url);
    return route.abort();
  });
  await page.goto(address);
  return { page, requests, errors };
}

/** What axe-core finds wrong: the rule, and the places. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  // The page's policy allows no other script, so axe is evaluated in the page by the browser's own protocol.
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe: inPage } = globalThis as unknown as { axe: typeof axe };
    const { violations } = await inPage.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).slice(0, 3)}`);
  });
}
