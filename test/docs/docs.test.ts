import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runMetrics } from '../../cli/metrics/run-metrics.ts';
import { schemes } from '../../connectors/registry.ts';
import { errorCodes, exitCodes } from '../../core/model/errors.ts';
import { retries } from '../../engine/parts/retry.ts';
import { validators } from '../../validators/index.ts';
import { cliPage, commandNames, root } from './help-pages.ts';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const docs = readdirSync(join(root, 'docs'))
  .filter((file) => file.endsWith('.md'))
  .map((file) => `docs/${file}`);
const pages = ['README.md', 'CONTRIBUTING.md', ...docs];

/** The first two cells of every row of a page's tables that begins with something in backticks: `` | `code` | 2 | ``. */
function tableOf(page: string): Map<string, string> {
  const rows = [...read(page).matchAll(/^\| *`([^`]+)` *\| *([^|]*?) *\|/gm)];
  return new Map(rows.map(([, first, second]) => [first as string, second as string]));
}

/** What of a list a page does not hold in backticks. */
function missingFrom(page: string, names: readonly string[]): string[] {
  expect(names.length).toBeGreaterThan(0);
  const text = read(page);
  return names.filter((name) => !text.includes(`\`${name}\``));
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

  test('has a section of its own', () => {
    const titles = [...read('docs/cli.md').matchAll(/^## waybill (\S+)$/gm)].map(([, name]) => name);
    expect(titles).toEqual(commandNames);
    expect(titles.length).toBeGreaterThan(5);
  });

  test('that a page mentions exists', () => {
    const mentioned = pages.flatMap((page) => {
      const found = read(page).matchAll(/(?:`|^ {4}|^\$ )waybill ([a-z]+)/gm);
      return [...found].map(([, name]) => `${page}: ${name}`);
    });
    expect(mentioned.filter((text) => !commandNames.includes(text.split(': ')[1] as string))).toEqual([]);
  });
});

test('every URL scheme and every connector is documented', () => {
  expect(
    missingFrom(
      'docs/connectors.md',
      schemes.map((scheme) => `${scheme}:`),
    ),
  ).toEqual([]);
  const folders = readdirSync(join(root, 'connectors'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const titles = [...read('docs/connectors.md').matchAll(/^## (\S+)$/gm)].map(([, name]) => name);
  expect(titles.sort()).toEqual(folders.map(({ name }) => name).sort());
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
      'docs/operations.md',
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
    const rules = ['core/mapping/rules.ts', 'core/mapping/typed-rules.ts']
      .flatMap(exported)
      .filter((name) => name !== 'keyKinds');
    expect(rules.length).toBeGreaterThan(10);
    expect(missingFrom('docs/converters.md', rules)).toEqual([]);
  });

  test('each policy that adjusts or rejects a value', () => {
    const policies = converters.flatMap((file) =>
      [...read(file).matchAll(/new (?:Adjusted|Rejected)\(.*?'([a-z0-9-]+)'\)/g)].map(([, name]) => name as string),
    );
    expect(new Set(policies).size).toBeGreaterThanOrEqual(7);
    expect(missingFrom('docs/converters.md', policies)).toEqual([]);
  });

  test('each policy of a pipeline of its own, there or in its README', () => {
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
  const page = read('docs/operations.md');
  const rows = [...page.matchAll(/^\| [^|]+ \| (`[^|]+`) \| (\d+) \| (\d+) ms \|$/gm)];
  const documented = rows.map(([, reasons = '', times, waitMs]) => ({
    reasons: reasons.split(', ').map((reason) => reason.slice(1, -1)),
    times: Number(times),
    waitMs: Number(waitMs),
  }));
  expect(documented).toEqual(retries);
});

describe('what the pages point at', () => {
  test('every link leads to a file', () => {
    const links = pages.flatMap((page) =>
      [...read(page).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, to]) => join(dirname(page), to as string)),
    );
    expect(links.length).toBeGreaterThan(0);
    expect(links.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  test('every file that is named exists', () => {
    const folders =
      'core|connectors|transforms|pipelines|validators|engine|reports|cli|metrics|servers|fixtures|test|docs';
    const named = new RegExp(`\`((?:${folders})/[\\w./-]*\\.(?:ts|tsx|md|sql|json))\``, 'g');
    const paths = pages.flatMap((page) => [...read(page).matchAll(named)].map(([, path]) => path as string));
    expect(paths.length).toBeGreaterThan(0);
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
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
