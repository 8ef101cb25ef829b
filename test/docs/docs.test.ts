import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runMetrics } from '../../cli/metrics/run-metrics.ts';
import { schemes } from '../../connectors/registry.ts';
import type { Pipeline } from '../../core/mapping/pipeline.ts';
import { policyMeanings } from '../../core/mapping/policies.ts';
import { errorCodes, exitCodes } from '../../core/model/errors.ts';
import { retries } from '../../engine/parts/retry.ts';
import { validators } from '../../validators/index.ts';
import { cliPage, commandNames, root } from './help-pages.ts';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const docs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.md'))
  .map((file) => `docs/${file}`);
const pages = ['README.md', 'CONTRIBUTING.md', ...docs];

/** Reads the first two cells of each table row of a page that begins in backticks: `` | `code` | 2 | ``. */
function tableOf(page: string): Map<string, string> {
  const rows = [...read(page).matchAll(/^\| *`([^`]+)` *\| *([^|]*?) *\|/gm)];
  return new Map(rows.map(([, first, second]) => [first as string, second as string]));
}

/** The names that a page does not have in backticks. */
function missingFrom(page: string, names: readonly string[]): string[] {
  expect(names.length).toBeGreaterThan(0);
  const text = read(page);
  return names.filter((name) => !text.includes(`\`${name}\``));
}

/** The anchors that GitHub gives to the headings of a page. */
function anchorsOf(page: string): string[] {
  return [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  );
}

describe('every command', () => {
  test('is documented as its --help says', { timeout: 60_000 }, async () => {
    const page = await cliPage();
    if (process.env.WAYBILL_UPDATE_DOCS === '1') {
      if (process.env.CI !== undefined) throw new Error('WAYBILL_UPDATE_DOCS must not be set in CI');
      writeFileSync(join(root, 'docs/cli.md'), page);
    }
    expect(read('docs/cli.md')).toBe(page);
  });

  test('has a section', () => {
    const titles = [...read('docs/cli.md').matchAll(/^## waybill (\S+)$/gm)].map(([, name]) => name);
    expect(titles).toEqual(commandNames);
    expect(titles.length).toBeGreaterThan(5);
  });

  test('has a row in the README', () => {
    const rows = [...read('README.md').matchAll(/^\| `waybill ([a-z]+)/gm)].map(([, name]) => name);
    expect(rows).toEqual(commandNames);
  });

  test('that a page mentions exists', () => {
    const mentioned = pages.flatMap((page) => {
      const found = read(page).matchAll(/(?:`|^ {4}(?:\$ )?|npx )waybill ([a-z]+)/gm);
      return [...found].map(([, name]) => `${page}: ${name}`);
    });
    expect(mentioned.filter((text) => !commandNames.includes(text.split(': ')[1] as string))).toEqual([]);
  });
});

test('every option that a page shows with a command is an option of that command', () => {
  const sections = new Map(
    read('docs/cli.md')
      .split(/^## waybill /m)
      .map((section) => [section.split('\n')[0] as string, section]),
  );
  const shown = pages.flatMap((page) =>
    [...read(page).matchAll(/(?:`|^ {4}(?:\$ )?|npx )waybill ([a-z]+)([^`\n]*)/gm)].flatMap(
      ([, command = '', rest = '']) =>
        [...rest.matchAll(/(?<=\s)--[a-z-]+/g)].map(([option]) => ({ page, command, option })),
    ),
  );
  expect(shown.length).toBeGreaterThan(20);
  expect(shown.filter(({ command, option }) => !sections.get(command)?.includes(option))).toEqual([]);
});

test('every URL scheme and every connector is documented', () => {
  expect(
    missingFrom(
      'docs/connectors.md',
      schemes.map((scheme) => `${scheme}:`),
    ),
  ).toEqual([]);
  const folders = readdirSync(join(root, 'connectors')).filter((name) =>
    existsSync(join(root, 'connectors', name, 'connector.ts')),
  );
  const titles = [...read('docs/connectors.md').matchAll(/^## (\S+)$/gm)].map(([, name]) => name);
  expect(titles.sort()).toEqual(folders.sort());
});

test('every validator is documented', () => {
  expect(
    missingFrom(
      'docs/validators.md',
      validators.map(({ name }) => name),
    ),
  ).toEqual([]);
});

test('what every validator proves and cannot see is documented in its own sentences', () => {
  const lines = read('docs/validators.md').split('\n');
  const undocumented = validators.filter(({ name, proves, cannotSee }) => {
    const rows = lines.filter((line) => line.startsWith(`| \`${name}\` |`));
    return !rows.some((row) => row.includes(`| ${proves} |`) && row.endsWith(`| ${cannotSee} |`));
  });
  expect(undocumented.map(({ name }) => name)).toEqual([]);
});

test('every metric is documented', () => {
  const metrics = runMetrics().registry.getMetricsAsArray();
  expect(
    missingFrom(
      'docs/how-to/monitoring.md',
      metrics.map(({ name }) => name),
    ),
  ).toEqual([]);
});

describe('every conversion is documented', () => {
  const converters = readdirSync(join(root, 'core/mapping/convert')).map((file) => `core/mapping/convert/${file}`);
  const exported = (file: string): string[] =>
    [...read(file).matchAll(/^export (?:function|const) (\w+)/gm)].map(([, name]) => name as string);

  test('each converter', () => {
    expect(converters.length).toBeGreaterThan(5);
    expect(missingFrom('docs/converters.md', converters)).toEqual([]);
    expect(missingFrom('docs/converters.md', converters.flatMap(exported))).toEqual([]);
  });

  test('each rule of the mappings', () => {
    const rules = ['core/mapping/rules.ts', 'core/mapping/typed-rules.ts', 'core/mapping/geometry-rules.ts']
      .flatMap(exported)
      .filter((name) => name !== 'keyKinds');
    expect(rules.length).toBeGreaterThan(10);
    expect(missingFrom('docs/converters.md', rules)).toEqual([]);
  });

  test('each policy that adjusts or rejects a value', () => {
    const policies = converters.flatMap(policiesIn);
    expect(new Set(policies).size).toBeGreaterThanOrEqual(7);
    expect(missingFrom('docs/converters.md', policies)).toEqual([]);
  });

  test('each policy in the words of the report, where it is shipped or in its pipeline', async () => {
    const unexplained: string[] = [];
    for (const name of readdirSync(join(root, 'pipelines'))) {
      const { default: pipeline } = (await import(`../../pipelines/${name}/pipeline.ts`)) as { default: Pipeline };
      const files = readdirSync(join(root, 'transforms', name), { recursive: true, encoding: 'utf8' });
      const own = files.filter((file) => file.endsWith('.ts')).map((file) => `transforms/${name}/${file}`);
      const used = [...converters, 'core/mapping/spellings.ts', 'core/mapping/typed-rules.ts', ...own].flatMap(
        policiesIn,
      );
      expect(used.length).toBeGreaterThan(20);
      const known = { ...policyMeanings, ...pipeline.policies };
      unexplained.push(...used.filter((policy) => !Object.hasOwn(known, policy)).map((policy) => `${name}: ${policy}`));
    }
    expect(unexplained).toEqual([]);
  });

  test('each policy that only one pipeline has, there or in its README', () => {
    const transforms = readdirSync(join(root, 'transforms'), { recursive: true, encoding: 'utf8' });
    const undocumented = transforms.flatMap((file) => {
      if (!file.endsWith('.ts')) return [];
      const found = read(`transforms/${file}`).matchAll(/new (?:Adjusted|Rejected)\(.*?'([a-z0-9-]+)'\)/g);
      const pages = read('docs/converters.md') + read(`pipelines/${file.split('/')[0]}/README.md`);
      return [...found].filter(([, name]) => !pages.includes(`\`${name}\``)).map(([, name]) => `${file}: ${name}`);
    });
    expect(transforms.length).toBeGreaterThan(100);
    expect(undocumented).toEqual([]);
  });
});

/** The policies that a file names. */
function policiesIn(file: string): string[] {
  return [...read(file).matchAll(/new (?:Adjusted|Rejected)\([^;]*?'([a-z0-9-]+)'(?:, \w+)?\)/g)].map(
    ([, name]) => name as string,
  );
}

describe('how a command ends', () => {
  test('every error code is documented with its exit code, and no other', () => {
    const documented = [...tableOf('docs/errors.md')].filter(([code]) => !/^\d$/.test(code));
    expect(Object.fromEntries(documented)).toEqual(
      Object.fromEntries(Object.entries(errorCodes).map(([code, exit]) => [code, String(exit)])),
    );
  });

  test('every exit code is documented, and no other', () => {
    const documented = [...tableOf('docs/errors.md').keys()].filter((code) => /^\d$/.test(code));
    const all = new Set<number>([...Object.values(errorCodes), ...Object.values(exitCodes)]);
    expect(documented.sort()).toEqual([...all].sort().map(String));
  });
});

test('every retry is documented: which error, how often, how long it waits first', () => {
  const page = read('docs/how-to/resume-and-retry.md');
  const rows = [...page.matchAll(/^\| [^|]+ \| (`[^|]+`) \| (\d+) \| (\d+) ms \|$/gm)];
  const documented = rows.map(([, reasons = '', times, waitMs]) => ({
    reasons: reasons.split(', ').map((reason) => reason.slice(1, -1)),
    times: Number(times),
    waitMs: Number(waitMs),
  }));
  expect(documented).toEqual(retries);
});

describe('the links and file names in the pages', () => {
  test('every link leads to a file', () => {
    const links = pages.flatMap((page) =>
      [...read(page).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, to]) => join(dirname(page), to as string)),
    );
    expect(links.length).toBeGreaterThan(0);
    expect(links.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  test('every link to a heading leads to one', () => {
    const links = pages.flatMap((page) =>
      [...read(page).matchAll(/\]\((?!https?:)([^)#\s]*)#([^)\s]+)\)/g)].map(([, to = '', anchor]) => ({
        target: to === '' ? page : join(dirname(page), to),
        anchor,
      })),
    );
    expect(links.length).toBeGreaterThan(5);
    expect(links.filter(({ target, anchor }) => !anchorsOf(target).includes(anchor as string))).toEqual([]);
  });

  test('every file that is named exists', () => {
    const folders =
      'core|kernels|storage|connectors|transforms|pipelines|validators|engine|reports|cli|servers|fixtures|test|bench|docs';
    const named = new RegExp(`\`((?:${folders})/[\\w./-]*\\.(?:ts|tsx|md|sql|json))\``, 'g');
    const paths = pages.flatMap((page) => [...read(page).matchAll(named)].map(([, path]) => path as string));
    expect(paths.length).toBeGreaterThan(0);
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

describe('the four kinds of page', () => {
  const isHowTo = (page: string): boolean => page === 'CONTRIBUTING.md' || page.startsWith('docs/how-to/');
  const kinds = ['CONTRIBUTING.md', ...docs].filter((page) => page !== 'docs/README.md');

  test('every page begins with its kind', () => {
    const kindOf = (page: string): string | undefined =>
      /^# .+\n\n(Tutorial|How-to|Reference|Explanation)\. /.exec(read(page))?.[1];
    expect(kinds.length).toBeGreaterThan(10);
    expect(kinds.filter((page) => kindOf(page) === undefined)).toEqual([]);
    expect(kinds.filter((page) => isHowTo(page) !== (kindOf(page) === 'How-to'))).toEqual([]);
  });

  test('the index links to every page', () => {
    const index = read('docs/README.md');
    expect(docs.filter((page) => !page.endsWith('/README.md') && !index.includes(`(${page.slice(5)})`))).toEqual([]);
  });

  test('the README has fewer than 1,200 words', () => {
    expect(read('README.md').trim().split(/\s+/).length).toBeLessThan(1200);
  });
});

test('the commands of the README are what CI runs', () => {
  const block = /```sh\n([\s\S]*?)```/.exec(read('README.md'))?.[1] ?? '';
  const commands = block
    .split('\n')
    .flatMap((line) => line.replace(/#.*/, '').split('&&'))
    .map((command) => command.trim())
    .filter((command) => command !== '');
  expect(commands.length).toBeGreaterThanOrEqual(3);
  const script = read('.ci/run');
  expect(commands.filter((command) => !new RegExp(`^(NO_COLOR=1 )?${command}( |$)`, 'm').test(script))).toEqual([]);
});
