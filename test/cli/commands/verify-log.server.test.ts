import { appendFile, copyFile, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../engine/journal/events.ts';
import { waybill } from '../../support/cli.ts';
import { doubled, ProvedRuns, removed, swapped } from './proved-runs.ts';

const runs = new ProvedRuns();

/** The result of verify for a tampered folder. */
const tampered = (output: unknown) => ({ code: 1, output });

it('an unchanged run is intact wherever its folder is, and no database is needed', async () => {
  const before = await readdir(runs.at(''), { recursive: true });
  expect(await runs.verifyByCommand('--public-key', 'own.pub', '--head', runs.head)).toEqual({
    code: 0,
    output: expect.stringMatching(
      /^INTACT {2}r1\n {2}events {2}\d+\n {2}files {3}\d+\n {2}signed {2}by this key\n {2}head {4}[\da-f]{64}\n$/,
    ),
  });
  const { output } = await runs.verifyByCommand('--json');
  expect(JSON.parse(output)).toMatchObject({
    run: 'r1',
    mismatch: null,
    head: runs.head,
    isFinished: true,
    isSigned: true,
  });
  expect(await readdir(runs.at(''), { recursive: true })).toEqual(before);
});

describe('the event log', () => {
  it('is checked line by line, and a changed line is found by its number', async () => {
    const text = await readFile(runs.at('events.jsonl'), 'utf8');
    const all = text.trimEnd().split('\n');
    for (const n of [1, 2, all.length >> 1, all.length - 1, all.length]) {
      const line = all[n - 1] as string;
      await writeFile(runs.at('events.jsonl'), `${all.with(n - 1, line.replace('T', 'U')).join('\n')}\n`);
      expect([n, await runs.verify()]).toMatchObject([
        n,
        { code: 1, output: expect.stringContaining(`events.jsonl line ${n}:`) },
      ]);
      const later = line.replace(/(\d)Z"/, (_, d) => `${(Number(d) + 1) % 10}Z"`);
      await writeFile(runs.at('events.jsonl'), `${all.with(n - 1, later).join('\n')}\n`);
      expect([n, await runs.verify()]).toMatchObject([
        n,
        { code: 1, output: expect.stringContaining(`events.jsonl line ${n}:`) },
      ]);
    }
  });

  const ways = { removed, doubled, swapped };
  it.each(['removed', 'doubled', 'swapped'] as const)('with a line %s is found by the line number', async (way) => {
    await runs.lines('events.jsonl', ways[way](7));
    const n = way === 'doubled' ? 8 : 7;
    expect(await runs.verify()).toMatchObject(tampered(expect.stringContaining(`events.jsonl line ${n}: it holds`)));
  });

  it('of another run is found', async () => {
    for (const path of ['events.jsonl', 'head.json']) await copyFile(runs.at(path, 'r2'), runs.at(path));
    expect(await runs.verify()).toMatchObject(
      tampered(expect.stringContaining('events.jsonl line 1: it begins the log of another run')),
    );
  });
});

describe('a tail that was dropped', () => {
  const drop = (count: number) => runs.lines('events.jsonl', (all) => all.slice(0, -count));

  it('is found by the head that is left', async () => {
    await drop(3);
    expect(await runs.verify()).toMatchObject(
      tampered(expect.stringMatching(/events\.jsonl line \d+: it is missing: head\.json counts/)),
    );
  });

  it('is never accepted as a finished run when the head is dropped with it', async () => {
    await drop(2);
    await rm(runs.at('head.json'));
    expect(await runs.verifyByCommand()).toMatchObject({ code: 6, output: expect.stringContaining('INCOMPLETE') });
  });

  it('is found by the printed head and by the key when the head is dropped with it', async () => {
    await drop(2);
    await rm(runs.at('head.json'));
    expect(await runs.verifyByCommand('--head', runs.head)).toMatchObject(
      tampered(expect.stringContaining('events were dropped')),
    );
    expect(await runs.verifyByCommand('--public-key', 'own.pub')).toMatchObject(
      tampered(expect.stringContaining('head.json: it is missing, and with it the signature')),
    );
  });

  it('is found by its files when more than the end is dropped', async () => {
    await drop(5);
    await rm(runs.at('head.json'));
    expect(await runs.verify()).toMatchObject({ code: 1, output: expect.stringContaining('manifest.json: ') });
  });

  it('cut within its last line is found', async () => {
    const text = await readFile(runs.at('events.jsonl'), 'utf8');
    await writeFile(runs.at('events.jsonl'), text.slice(0, -5));
    expect(await runs.verify()).toMatchObject(tampered(expect.stringContaining('it is missing: head.json counts')));
  });

  it('with something appended is found', async () => {
    await appendFile(runs.at('events.jsonl'), '{}\n');
    expect((await runs.verify()).code).toBe(1);
    await writeFile(runs.at('events.jsonl'), `${(await readFile(runs.at('events.jsonl'), 'utf8')).slice(0, -3)}{`);
    expect((await runs.verify()).output).toContain('it has no line break at its end');
  });
});

describe('a key', () => {
  it('that is not the one that signed is named', async () => {
    expect(await runs.verifyByCommand('--public-key', 'other.pub')).toMatchObject(
      tampered(expect.stringContaining('head.json: the signature was not made with this key')),
    );
  });

  it.each([
    ['taken away', 'it is not signed', () => null],
    [
      'of another head',
      'the signature was not made with this key',
      (signature: string) => signature.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')),
    ],
  ] as const)('finds a signature that was %s', async (_, problem, change) => {
    const head = JSON.parse(await readFile(runs.at('head.json'), 'utf8'));
    await writeFile(runs.at('head.json'), JSON.stringify({ ...head, signature: change(head.signature) }));
    expect(await runs.verifyByCommand('--public-key', 'own.pub')).toEqual({
      code: 1,
      output: `TAMPERED  r1\n  head.json: ${problem}\n`,
    });
  });

  it('finds a log that was rewritten with all its hashes, and so does the printed head', async () => {
    let previous = sha256('r1');
    await runs.lines('events.jsonl', (all) =>
      all.map((text) => {
        const line = JSON.stringify({ ...JSON.parse(text), previous, at: '2026-01-01T00:00:00.000Z' });
        previous = sha256(line);
        return line;
      }),
    );
    const head = JSON.parse(await readFile(runs.at('head.json'), 'utf8'));
    await writeFile(runs.at('head.json'), JSON.stringify({ ...head, head: previous }));
    expect(await runs.verifyByCommand('--head', runs.head)).toMatchObject(
      tampered(expect.stringContaining('or the log was written again')),
    );
    expect(await runs.verifyByCommand('--public-key', 'own.pub')).toMatchObject(
      tampered(expect.stringContaining('it is not the event that was signed')),
    );
  });

  it('refuses a run that is not signed', async () => {
    const { code, stdout } = await waybill(runs.here, ['verify', 'r2', '--public-key', 'own.pub']);
    expect([code, stdout]).toEqual([1, 'TAMPERED  r2\n  head.json: it is not signed\n']);
  });

  it.each(['none.pub', 'own.txt'])('that cannot be read (%s) is reported before anything else', async (name) => {
    await writeFile(join(runs.here, 'own.txt'), 'no key');
    const { code, output } = await runs.verifyByCommand('--public-key', name);
    expect([code, output]).toEqual([
      2,
      expect.stringContaining(`${name} does not hold a public Ed25519 key in PEM format.`),
    ]);
  });
});

it('an unknown run and a run without an event log are distinguished from an intact one', async () => {
  const unknown = await waybill(runs.here, ['verify', 'r9']);
  expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('There is no run r9.')]);
  await rm(runs.at('events.jsonl'));
  expect(await runs.verifyByCommand()).toMatchObject({
    code: 2,
    output: expect.stringContaining('Run r1 has no events.jsonl.'),
  });
});

it('printing the report again leaves the run intact and signed', async () => {
  expect((await waybill(runs.here, ['report', 'aries', '--run', 'r1'])).code).toBe(0);
  expect((await runs.verifyByCommand('--public-key', 'own.pub', '--head', runs.head)).code).toBe(0);
});

it('a command without the key is refused on a signed run, and what was signed stays signed when it is forced', async () => {
  const drop = ['drop', 'r1', '--target', runs.url];
  const refused = await waybill(runs.here, drop);
  expect([refused.code, refused.stderr]).toEqual([
    2,
    expect.stringMatching(/Run r1 is signed, and this command has no key.*\n.*--sign-key, or .*--unsigned/),
  ]);
  expect((await runs.verifyByCommand('--public-key', 'own.pub')).code).toBe(0);
  expect((await waybill(runs.here, [...drop, '--unsigned'])).code).toBe(0);
  const { code, output } = await runs.verifyByCommand('--public-key', 'own.pub');
  expect([code, output]).toEqual([
    6,
    expect.stringMatching(/signed {2}by this key, events 1 to \d+ only: the later ones are not signed/),
  ]);
  const [, signed] = /events 1 to (\d+) only/.exec(output) ?? [];
  await runs.lines('events.jsonl', removed(Number(signed)));
  expect((await runs.verifyByCommand('--public-key', 'own.pub')).code).toBe(1);
});
