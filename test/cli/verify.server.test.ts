import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { appendFile, copyFile, cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openDirectory } from '../../cli/engine-options.ts';
import { runFolder } from '../../engine/run-folder.ts';
import { verifyRun } from '../../engine/verify.ts';
import { parseReport } from '../../reports/model.ts';
import { waybill, workFolder } from '../support/cli.ts';
import { createPgDatabase, type TestDatabase } from '../support/databases.ts';

const data = resolve(import.meta.dirname, '../../fixtures/aries/data');
const keys = ['own', 'other'] as const;

/** A folder with the two runs, as they were left. */
let original: string;
/** A copy, to be tampered with. */
let here: string;
let database: TestDatabase;
/** What run r1 printed as its head. */
let head: string;
/** Files of run r1, by what they are. */
let files: Readonly<
  Record<'manifest' | 'exported' | 'exports' | 'mapped' | 'outcomes' | 'records' | 'settled', string>
>;

beforeAll(async () => {
  original = await workFolder();
  database = await createPgDatabase();
  for (const name of keys) {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    await writeFile(join(original, `${name}.key`), privateKey.export({ format: 'pem', type: 'pkcs8' }));
    await writeFile(join(original, `${name}.pub`), publicKey.export({ format: 'pem', type: 'spki' }));
  }
  const ends = ['--source', `jsonl:${data}`, '--target', database.url, '--max-rejects', '100', '--quiet'];
  const run = ['run', 'aries', ...ends, '--staged', '--part-rows', '50'];
  const { stdout, stderr, code } = await waybill(original, [...run, '--run', 'r1', '--sign-key', 'own.key']);
  if (code !== 0) throw new Error(stderr);
  head = /^head {4}([\da-f]{64})$/m.exec(stdout)?.[1] ?? '';
  const second = await waybill(original, [...run, '--run', 'r2', '--target-schema', 'second']);
  if (second.code !== 0) throw new Error(second.stderr);
  files = await filesOf(join(original, '.waybill/runs/r1'));
});

afterAll(() => database.drop());

beforeEach(async () => {
  here = await workFolder();
  await cp(original, here, { recursive: true });
  return () => rm(here, { recursive: true });
});

async function filesOf(folder: string): Promise<typeof files> {
  const all = (await readdir(folder, { recursive: true })).sort();
  /** Of at least so many lines. */
  const first = (pattern: RegExp, lines = 1): string => {
    const isLong = (path: string) => readFileSync(join(folder, path), 'utf8').split('\n').length > lines;
    const found = all.find((path) => pattern.test(path) && isLong(path));
    if (found === undefined) throw new Error(`no file ${pattern}`);
    return found;
  };
  return {
    manifest: 'manifest.json',
    exports: 'export/manifest.json',
    exported: first(/^export\/.*_customer\/000001\.jsonl$/),
    mapped: first(/^transform\/customers.*\/000001\.jsonl$/),
    outcomes: 'transform/outcomes.json',
    records: first(/^records\/.*\/000001\.jsonl$/, 3),
    settled: first(/^records\/.*\/settled\.jsonl$/),
  };
}

const at = (path: string, run = 'r1'): string => join(here, '.waybill/runs', run, path);

/** Types the command. */
async function typed(...more: readonly string[]) {
  const { code, stdout, stderr } = await waybill(here, ['verify', 'r1', ...more]);
  return { code, told: stdout + stderr };
}

/** What the command does, without a process of its own, which takes long. */
async function verify() {
  const folder = runFolder(join(here, '.waybill/runs'), 'r1');
  const result = await verifyRun({ folder, head: null, publicKey: null, openDirectory, parseReport });
  if (result.misfit !== null) return { code: 1, told: `  ${result.misfit}` };
  return result.isFinished ? { code: 0, told: 'FITS' } : { code: 6, told: 'UNFINISHED' };
}

/** Changes the lines of a file of run r1. */
async function lines(path: string, change: (lines: string[]) => string[]): Promise<void> {
  const text = await readFile(at(path), 'utf8');
  await writeFile(at(path), `${change(text.trimEnd().split('\n')).join('\n')}\n`);
}

const removed = (n: number) => (all: string[]) => all.toSpliced(n - 1, 1);
const doubled = (n: number) => (all: string[]) => all.toSpliced(n, 0, all[n - 1] as string);
const swapped = (n: number) => (all: string[]) => all.toSpliced(n - 1, 2, all[n] as string, all[n - 1] as string);

async function flip(path: string): Promise<void> {
  const bytes = await readFile(at(path));
  const place = bytes.length >> 1;
  bytes[place] = (bytes[place] as number) ^ 1;
  await writeFile(at(path), bytes);
}

it('a run that nobody touched fits, wherever its folder lies, and no database is asked', async () => {
  const before = await readdir(at(''), { recursive: true });
  expect(await typed('--public-key', 'own.pub', '--head', head)).toEqual({
    code: 0,
    told: expect.stringMatching(
      /^FITS {2}r1\n {2}events {2}\d+\n {2}files {3}\d+\n {2}signed {2}by this key\n {2}head {4}[\da-f]{64}\n$/,
    ),
  });
  const { told } = await typed('--json');
  expect(JSON.parse(told)).toMatchObject({ run: 'r1', misfit: null, head, isFinished: true, isSigned: true });
  expect(await readdir(at(''), { recursive: true })).toEqual(before);
});

it('a run that was changed ends the command with 1 and is told of in one line', async () => {
  await flip(files.exported);
  const told = expect.stringMatching(/^CHANGED {2}r1\n {2}export\/.+: its SHA-256 is not the one .+\n$/);
  expect(await typed()).toEqual({ code: 1, told });
});

describe('a byte that was flipped is found', () => {
  it.each(['manifest', 'exports', 'exported', 'mapped', 'outcomes', 'records', 'settled'] as const)(
    'in %s, by the name of the file',
    async (kind) => {
      await flip(files[kind]);
      expect(await verify()).toMatchObject({ code: 1, told: expect.stringContaining(`  ${files[kind]}`) });
    },
  );

  it.each(['report.json', 'report.html', 'head.json'])('in %s', async (path) => {
    await flip(path);
    expect(await verify()).toMatchObject({ code: 1, told: expect.stringContaining(path) });
  });

  it('in every line of the event log, by its number', async () => {
    const text = await readFile(at('events.jsonl'), 'utf8');
    const all = text.trimEnd().split('\n');
    for (const n of [1, 2, all.length >> 1, all.length - 1, all.length]) {
      const line = all[n - 1] as string;
      await writeFile(at('events.jsonl'), `${all.with(n - 1, line.replace('T', 'U')).join('\n')}\n`);
      expect([n, await verify()]).toMatchObject([
        n,
        { code: 1, told: expect.stringContaining(`events.jsonl line ${n}:`) },
      ]);
      const later = line.replace(/(\d)Z"/, (_, d) => `${(Number(d) + 1) % 10}Z"`);
      await writeFile(at('events.jsonl'), `${all.with(n - 1, later).join('\n')}\n`);
      expect([n, await verify()]).toMatchObject([
        n,
        { code: 1, told: expect.stringContaining(`events.jsonl line ${n}:`) },
      ]);
    }
  });
});

describe('a line that was', () => {
  const ways = { removed, doubled, swapped };
  const cases = (['removed', 'doubled', 'swapped'] as const).flatMap((way) =>
    (['exported', 'mapped', 'records'] as const).map((kind) => [way, kind] as const),
  );
  it.each(cases)('%s in %s is found', async (way, kind) => {
    await lines(files[kind], ways[way](2));
    expect(await verify()).toMatchObject({ code: 1, told: expect.stringContaining(`  ${files[kind]}`) });
  });

  it.each(['removed', 'doubled', 'swapped'] as const)('%s in the event log is found by its number', async (way) => {
    await lines('events.jsonl', ways[way](7));
    const n = way === 'doubled' ? 8 : 7;
    expect(await verify()).toMatchObject({
      code: 1,
      told: expect.stringContaining(`events.jsonl line ${n}: it holds`),
    });
  });

  it('edited in a file of records is found by its line when it is of another part', async () => {
    await lines(files.records, (all) => all.with(1, (all[1] as string).replace('"part":1', '"part":2')));
    expect(await verify()).toMatchObject({
      code: 1,
      told: expect.stringContaining(`${files.records} line 2: it is no record of this run`),
    });
  });
});

describe('a file that is not of this run is found', () => {
  it.each(['records', 'settled'] as const)('in %s, by its first line', async (kind) => {
    await copyFile(at(files[kind], 'r2'), at(files[kind]));
    expect(await verify()).toMatchObject({
      code: 1,
      told: expect.stringContaining(`${files[kind]} line 1: it is no record of this run`),
    });
  });

  it('as the whole event log', async () => {
    for (const path of ['events.jsonl', 'head.json']) await copyFile(at(path, 'r2'), at(path));
    expect(await verify()).toMatchObject({
      code: 1,
      told: expect.stringContaining('events.jsonl line 1: it begins the log of another run'),
    });
  });

  it('as a report', async () => {
    await copyFile(at('report.json', 'r2'), at('report.json'));
    expect(await verify()).toMatchObject({ code: 1, told: expect.stringContaining('report.json') });
  });

  it('as a part of another table', async () => {
    await copyFile(at('export/c01.tbl_company/000001.jsonl'), at(files.exported));
    expect(await verify()).toMatchObject({ code: 1, told: expect.stringContaining(files.exported) });
  });
});

describe('a tail that was dropped', () => {
  const drop = (count: number) => lines('events.jsonl', (all) => all.slice(0, -count));

  it('is found by the head that is left', async () => {
    await drop(3);
    expect(await verify()).toMatchObject({
      code: 1,
      told: expect.stringMatching(/events\.jsonl line \d+: it is missing: head\.json counts/),
    });
  });

  it('is never taken for a finished run when the head is dropped with it', async () => {
    await drop(2);
    await rm(at('head.json'));
    expect(await typed()).toMatchObject({ code: 6, told: expect.stringContaining('UNFINISHED') });
  });

  it('is found by the printed head and by the key when the head is dropped with it', async () => {
    await drop(2);
    await rm(at('head.json'));
    expect(await typed('--head', head)).toMatchObject({
      code: 1,
      told: expect.stringContaining('events were dropped'),
    });
    expect(await typed('--public-key', 'own.pub')).toMatchObject({
      code: 1,
      told: expect.stringContaining('head.json: it is missing, and with it the signature'),
    });
  });

  it('is found by its files when more is dropped than the end', async () => {
    await drop(5);
    await rm(at('head.json'));
    expect(await verify()).toMatchObject({ code: 1, told: expect.stringContaining('manifest.json: ') });
  });

  it('cut within its last line is found', async () => {
    const text = await readFile(at('events.jsonl'), 'utf8');
    await writeFile(at('events.jsonl'), text.slice(0, -5));
    expect(await verify()).toMatchObject({ code: 1, told: expect.stringContaining('it is missing: head.json counts') });
  });

  it('something that was added behind it is found', async () => {
    await appendFile(at('events.jsonl'), '{}\n');
    expect((await verify()).code).toBe(1);
    await writeFile(at('events.jsonl'), `${(await readFile(at('events.jsonl'), 'utf8')).slice(0, -3)}{`);
    expect((await verify()).told).toContain('it has no line break at its end');
  });
});

describe('a file', () => {
  it.each(['export/more.jsonl', 'records/more.jsonl', 'more'])('that was added as %s is found', async (path) => {
    await writeFile(at(path), '');
    expect(await verify()).toMatchObject({
      code: 1,
      told: expect.stringContaining(`${path}: no event tells of this file`),
    });
  });

  it.each(['manifest', 'exports', 'exported', 'mapped', 'records'] as const)(
    'that was removed, %s, is found',
    async (kind) => {
      await rm(at(files[kind]));
      expect(await verify()).toMatchObject({ code: 1, told: expect.stringContaining(`${files[kind]}: it is missing`) });
    },
  );

  it.each(['report.json', 'report.html', 'head.json'])('that was removed, %s, is found', async (path) => {
    await rm(at(path));
    expect(await verify()).toMatchObject({ code: 1, told: expect.stringContaining(`${path}: it is missing`) });
  });
});

describe('counts that were edited are found', () => {
  it('in the manifest', async () => {
    const text = await readFile(at('manifest.json'), 'utf8');
    await writeFile(at('manifest.json'), text.replace(/"rows": (\d)/, '"rows": 9$1'));
    expect(await verify()).toMatchObject({ code: 1, told: expect.stringContaining('manifest.json: ') });
  });

  it('in the report', async () => {
    const text = await readFile(at('report.json'), 'utf8');
    await writeFile(at('report.json'), text.replace(/"read": (\d)/g, '"read": 9$1'));
    expect(await verify()).toMatchObject({ code: 1, told: expect.stringContaining('report.json: ') });
  });
});

describe('a key', () => {
  it('that is not the one that signed is named', async () => {
    expect(await typed('--public-key', 'other.pub')).toMatchObject({
      code: 1,
      told: expect.stringContaining('head.json: the signature is not of this key'),
    });
  });

  it('is not satisfied by a run that nobody signed', async () => {
    const { code, stdout } = await waybill(here, ['verify', 'r2', '--public-key', 'own.pub']);
    expect([code, stdout]).toEqual([1, 'CHANGED  r2\n  head.json: it is not signed\n']);
  });

  it.each(['none.pub', 'own.txt'])('that cannot be read (%s) is told of before anything else', async (name) => {
    await writeFile(join(here, 'own.txt'), 'no key');
    const { code, told } = await typed('--public-key', name);
    expect([code, told]).toEqual([2, expect.stringContaining(`${name} holds no public Ed25519 key as PEM.`)]);
  });
});

it('a run that is unknown, and one from before there were events, are told apart from one that fits', async () => {
  const unknown = await waybill(here, ['verify', 'r9']);
  expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('There is no run r9.')]);
  await rm(at('events.jsonl'));
  expect(await typed()).toMatchObject({ code: 2, told: expect.stringContaining('Run r1 has no events.jsonl.') });
});

it('a report that is printed again leaves a run that fits, and still signed', async () => {
  expect((await waybill(here, ['report', 'aries', '--run', 'r1'])).code).toBe(0);
  expect((await typed('--public-key', 'own.pub', '--head', head)).code).toBe(0);
});
