import { copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { doubled, ProvedRuns, removed, swapped } from './proved-runs.ts';

const runs = new ProvedRuns();

async function flip(path: string): Promise<void> {
  const bytes = await readFile(runs.at(path));
  const place = bytes.length >> 1;
  bytes[place] = (bytes[place] as number) ^ 1;
  await writeFile(runs.at(path), bytes);
}

it('a tampered run ends the command with 1 and is reported in one line', async () => {
  await flip(runs.files.exported);
  const output = expect.stringMatching(/^TAMPERED {2}r1\n {2}export\/.+: its SHA-256 is not the one .+\n$/);
  expect(await runs.verifyByCommand()).toEqual({ code: 1, output });
});

describe('a byte that was flipped is found', () => {
  it.each(['manifest', 'exports', 'exported', 'mapped', 'outcomes', 'records', 'resolved'] as const)(
    'in %s, by the name of the file',
    async (kind) => {
      await flip(runs.files[kind]);
      expect(await runs.verify()).toMatchObject({ code: 1, output: expect.stringContaining(`  ${runs.files[kind]}`) });
    },
  );

  it.each(['report.json', 'report.html'])('in %s', async (path) => {
    await flip(path);
    expect(await runs.verify()).toMatchObject({ code: 1, output: expect.stringContaining(path) });
  });

  it.each(['the head', 'the signed part'])('in %s of head.json', async (part) => {
    const head = JSON.parse(await readFile(runs.at('head.json'), 'utf8'));
    const changed = part === 'the head' ? head : head.signed;
    changed.head = changed.head.replace(/^./, (digit: string) => (digit === '0' ? '1' : '0'));
    await writeFile(runs.at('head.json'), JSON.stringify(head));
    expect(await runs.verify()).toMatchObject({ code: 1, output: expect.stringContaining('head.json') });
  });
});

describe('a line that was', () => {
  const ways = { removed, doubled, swapped };
  const cases = (['removed', 'doubled', 'swapped'] as const).flatMap((way) =>
    (['exported', 'mapped', 'records'] as const).map((kind) => [way, kind] as const),
  );
  it.each(cases)('%s in %s is found', async (way, kind) => {
    await runs.lines(runs.files[kind], ways[way](2));
    expect(await runs.verify()).toMatchObject({ code: 1, output: expect.stringContaining(`  ${runs.files[kind]}`) });
  });

  it('edited in a file of records is found by its line when it is of another part', async () => {
    await runs.lines(runs.files.records, (all) => all.with(1, (all[1] as string).replace('"part":1', '"part":2')));
    expect(await runs.verify()).toMatchObject({
      code: 1,
      output: expect.stringContaining(`${runs.files.records} line 2: it is not a record of this run`),
    });
  });
});

describe('a file that is not of this run is found', () => {
  it.each(['records', 'resolved'] as const)('in %s, by its first line', async (kind) => {
    await copyFile(runs.at(runs.files[kind], 'r2'), runs.at(runs.files[kind]));
    expect(await runs.verify()).toMatchObject({
      code: 1,
      output: expect.stringContaining(`${runs.files[kind]} line 1: it is not a record of this run`),
    });
  });

  it('as a report', async () => {
    await copyFile(runs.at('report.json', 'r2'), runs.at('report.json'));
    expect(await runs.verify()).toMatchObject({ code: 1, output: expect.stringContaining('report.json') });
  });

  it('as a part of another table', async () => {
    await copyFile(runs.at('export/c01.tbl_company/000001.jsonl'), runs.at(runs.files.exported));
    expect(await runs.verify()).toMatchObject({ code: 1, output: expect.stringContaining(runs.files.exported) });
  });
});

describe('a file', () => {
  it.each(['export/more.jsonl', 'records/more.jsonl', 'more'])('that was added as %s is found', async (path) => {
    await writeFile(runs.at(path), '');
    expect(await runs.verify()).toMatchObject({
      code: 1,
      output: expect.stringContaining(`${path}: no event lists this file`),
    });
  });

  it.each(['manifest', 'exports', 'exported', 'mapped', 'records'] as const)(
    'that was removed, %s, is found',
    async (kind) => {
      await rm(runs.at(runs.files[kind]));
      expect(await runs.verify()).toMatchObject({
        code: 1,
        output: expect.stringContaining(`${runs.files[kind]}: it is missing`),
      });
    },
  );

  it.each(['report.json', 'report.html', 'head.json'])('that was removed, %s, is found', async (path) => {
    await rm(runs.at(path));
    expect(await runs.verify()).toMatchObject({ code: 1, output: expect.stringContaining(`${path}: it is missing`) });
  });
});

describe('counts that were edited are found', () => {
  it('in the manifest', async () => {
    const text = await readFile(runs.at('manifest.json'), 'utf8');
    await writeFile(runs.at('manifest.json'), text.replace(/"rows": (\d)/, '"rows": 9$1'));
    expect(await runs.verify()).toMatchObject({ code: 1, output: expect.stringContaining('manifest.json: ') });
  });

  it('in the report', async () => {
    const text = await readFile(runs.at('report.json'), 'utf8');
    await writeFile(runs.at('report.json'), text.replace(/"read": (\d)/g, '"read": 9$1'));
    expect(await runs.verify()).toMatchObject({ code: 1, output: expect.stringContaining('report.json: ') });
  });
});
