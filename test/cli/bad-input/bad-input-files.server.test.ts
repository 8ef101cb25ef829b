import { readFileSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandResult, waybill, workFolder } from '../../support/cli.ts';
import { createPgDatabase, type TestDatabase } from '../../support/databases.ts';

const data = resolve(import.meta.dirname, '../../../fixtures/aries/data');
const part = 'c01.tbl_customer/000001.jsonl';

let folder: string;
let database: TestDatabase;

beforeAll(async () => {
  folder = await workFolder();
  database = await createPgDatabase();
  await cp(data, join(folder, 'plain'), { recursive: true });
  const packed = ['export', 'aries', '--source', 'jsonl:plain', '--gzip', '--run', 'packed', '--quiet'];
  expectExit(await waybill(folder, packed), 0);
  await cp(join(folder, '.waybill/runs/packed/export'), join(folder, 'packed'), { recursive: true });
});

afterAll(() => database.drop());

type Damage = (file: Buffer) => Buffer | null;

const cutInTheMiddle: Damage = (file) => file.subarray(0, file.length >> 1);

/** Changes the text of the first value of the third line. */
const flipOneBit: Damage = (file) => {
  const at = file.indexOf('"', file.indexOf('\n', file.indexOf('\n') + 1)) + 1;
  return Buffer.concat([file.subarray(0, at), Buffer.of((file[at] as number) ^ 1), file.subarray(at + 1)]);
};

const openLine: Damage = (file) => Buffer.from(file.toString('latin1').replace('\n[', '\n{'), 'latin1');

const flipPackedByte: Damage = (file) => {
  const at = file.length >> 1;
  return Buffer.concat([file.subarray(0, at), Buffer.of((file[at] as number) ^ 0x55), file.subarray(at + 1)]);
};

const edited: Damage = (file) => Buffer.from(file.toString('utf8').replace('"rows": ', '"rows": 1'));

describe('a damaged JSON Lines directory stops the run, which resumes when the directory is fixed', () => {
  const cases: readonly (readonly [string, string, Damage, string])[] = [
    ['a part cut in the middle', `plain/${part}`, cutInTheMiddle, `${part}: it has`],
    ['a line that is not JSON', `plain/${part}`, openLine, `${part}: line 2 is not JSON.`],
    ['one bit of one value', `plain/${part}`, flipOneBit, `${part}: its SHA-256 is not the one`],
    ['a missing part', `plain/${part}`, () => null, `${part}: the file is missing.`],
    ['a packed part cut in the middle', `packed/${part}.gz`, cutInTheMiddle, `${part}.gz: it has`],
    ['a byte of a packed part', `packed/${part}.gz`, flipPackedByte, `${part}.gz: `],
    ['an edited manifest', 'plain/manifest.json', edited, 'manifest.json: its checksum does not match'],
    ['a manifest cut in the middle', 'plain/manifest.json', cutInTheMiddle, 'manifest.json: line 1 and what follows'],
  ];

  it.each(cases)('%s', async (name, file, damage, sentence) => {
    const schema = name.toLowerCase().replaceAll(' ', '_');
    const source = `jsonl:${file.slice(0, file.indexOf('/'))}`;
    const command = ['run', 'aries', '--source', source, ...into(schema), '--tables', 'tbl_customer', '--quiet'];
    const undo = await damaged(join(folder, file), damage);
    const stopped = await waybill(folder, command).finally(undo);
    expectStop(stopped, 4, sentence);
    expect(await customersIn(schema)).toBe(0);
    expectExit(await waybill(folder, resumeWords(stopped)), 6);
    expect(await customersIn(schema)).toBe(98);
  });

  it('an export without its manifest is not accepted as complete', async () => {
    const undo = await damaged(join(folder, 'plain/manifest.json'), () => null);
    const command = ['run', 'aries', '--source', 'jsonl:plain', ...into('unfinished'), '--quiet'];
    expectStop(await waybill(folder, command).finally(undo), 2, 'no manifest.json: the export was not finished.');
  });

  it('a line that is not JSON in a file from another program', async () => {
    const [, ...rows] = (await readFile(join(folder, `plain/c01.tbl_company/000001.jsonl`), 'utf8')).split('\n');
    await mkdir(join(folder, 'foreign'));
    const manifest = JSON.parse(await readFile(join(folder, 'plain/manifest.json'), 'utf8')) as {
      tables: { name: string; columns: { name: string }[] }[];
    };
    const names = manifest.tables.find((t) => t.name === 'c01.tbl_company')?.columns.map((c) => c.name) ?? [];
    const object = Object.fromEntries((JSON.parse(rows[0] as string) as unknown[]).map((v, i) => [names[i], v]));
    const file = join(folder, 'foreign/c01.tbl_company.jsonl');
    await writeFile(file, `${JSON.stringify(object)}\n${JSON.stringify(object).slice(1)}\n`);
    const command = [
      'run',
      'aries',
      '--source',
      'jsonl:foreign',
      ...into('foreign'),
      '--tables',
      'tbl_company',
      '--quiet',
    ];
    const stopped = await waybill(folder, command);
    expectStop(stopped, 4, 'c01.tbl_company.jsonl: line 2 is not JSON.');
    await writeFile(file, `${JSON.stringify(object)}\n`);
    expectExit(await waybill(folder, resumeWords(stopped)), 6);
  });
});

describe('damage between the stages', () => {
  const quiet = ['--quiet', '--max-rejects', '100'];

  it('an export is transformed once it is fixed, by the command in the last line', async () => {
    expectExit(await waybill(folder, ['export', 'aries', '--source', 'jsonl:plain', '--run', 's1', '--quiet']), 0);
    const undo = await damaged(join(folder, '.waybill/runs/s1/export', part), cutInTheMiddle);
    const command = ['transform', 'aries', '--run', 's1', ...quiet];
    const stopped = await waybill(folder, command).finally(undo);
    expectStop(stopped, 4, 'it is truncated');
    expectStop(
      await waybill(folder, ['import', 'aries', ...into('stages'), '--run', 's1']),
      2,
      'has no finished transform',
    );
    expectExit(await waybill(folder, resumeWords(stopped)), 0);
  });

  it('a transform is imported once it is fixed, and committed parts are not loaded again', async () => {
    const transformed = 'invoices.from.c01.tbl_invoice/000001.jsonl';
    const undo = await damaged(join(folder, '.waybill/runs/s1/transform', transformed), flipOneBit);
    const command = ['import', 'aries', ...into('stages'), '--run', 's1', ...quiet];
    const stopped = await waybill(folder, command).finally(undo);
    expectStop(stopped, 4, `${transformed}: `);
    expectExit(await waybill(folder, resumeWords(stopped)), 0);
    const validate = ['validate', 'aries', '--source', 'jsonl:plain', '--target', database.url, '--run', 's1'];
    expectExit(await waybill(folder, validate), 0);
  });

  it('a transform straight from a directory resumes too', async () => {
    const undo = await damaged(join(folder, 'plain', part), openLine);
    const command = ['transform', 'aries', '--source', 'jsonl:plain', ...quiet];
    const stopped = await waybill(folder, command).finally(undo);
    expectStop(stopped, 4, 'line 2 is not JSON');
    expectExit(await waybill(folder, resumeWords(stopped)), 0);
  });
});

describe('more rejects than --max-rejects allows', () => {
  it('stop an import, which resumes with the limit of the command that it prints', async () => {
    const before = ['--quiet', '--run', 'r1'];
    expectExit(await waybill(folder, ['export', 'aries', '--source', 'jsonl:plain', ...before]), 0);
    expectExit(await waybill(folder, ['transform', 'aries', ...before]), 0);
    const command = ['import', 'aries', ...into('rejects'), ...before];
    const stopped = await waybill(folder, command);
    expectStop(stopped, 4, 'rejected so far, the last of them in references without a parent; --max-rejects allows 0.');
    expect(resumeWords(stopped)).toContain('--max-rejects');
    expectExit(await waybill(folder, resumeWords(stopped)), 0);
  });
});

function into(schema: string): string[] {
  return ['--target', database.url, '--target-schema', schema];
}

/** Damages or removes a file. Returns the function that restores it. */
async function damaged(path: string, damage: Damage): Promise<() => Promise<void>> {
  const whole = await readFile(path);
  const changed = damage(whole);
  if (changed === null) await rm(path);
  else await writeFile(path, changed);
  return () => writeFile(path, whole);
}

/** The command that the last line of stderr suggests, as words. */
function resumeWords({ stderr }: CommandResult): string[] {
  const line = /\n {2}resume: waybill (.+)\n$/.exec(stderr);
  if (line === null) throw new Error(`the last line does not say how to resume:\n${stderr}`);
  return (line[1] as string).split(' ');
}

/** Expects one sentence, one hint, the resume command if the run is resumable, no stack and no customer value on stderr. */
function expectStop({ code, stdout, stderr }: CommandResult, exitCode: number, sentence: string): void {
  expect(stderr).toContain(sentence);
  expect(stderr).toMatch(/^waybill: .+\n(?: {2}(?!hint:|resume:)\S+: .+\n)* {2}hint: .+\n(?: {2}resume: .+\n)?$/);
  expect(/\n {2}resume: /.test(stderr)).toBe(exitCode === 4);
  expect(stderr).not.toMatch(/^\s+at |node:internal|Error:/m);
  expect(valuesIn(stderr)).toEqual([]);
  expect(stdout).toBe('');
  expect(code).toBe(exitCode);
}

function expectExit({ code, stdout, stderr }: CommandResult, exitCode: number): void {
  if (code !== exitCode) throw new Error(`exit ${code}\n${stderr}\n${stdout}`);
}

async function customersIn(schema: string): Promise<number> {
  const client = new pg.Client(database.url);
  await client.connect();
  const count = client.query(`select count(*) as n from ${schema}.customers`);
  const { rows } = await count.catch(() => ({ rows: [{ n: 0 }] })).finally(() => client.end()); // no such table yet
  return Number(rows[0]?.n);
}

/** The values in the text that identify a customer. */
function valuesIn(text: string): string[] {
  return customerValues.filter((value) => text.includes(value));
}

const [header, ...lines] = readFileSync(join(data, part), 'utf8').trimEnd().split('\n');
const identifying = ['AccountNumber', 'Address1', 'Email', 'Phone', 'SSNumber'];
const places = (JSON.parse(header as string) as { columns: [string, string][] }).columns.flatMap(([name], place) =>
  identifying.includes(name) ? [place] : [],
);
const customerValues = lines
  .flatMap((line) => places.map((place) => (JSON.parse(line) as (string | null)[])[place]))
  .filter((value) => value != null && value.length > 5) as string[];
