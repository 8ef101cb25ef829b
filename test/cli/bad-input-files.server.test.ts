import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandResult, waybill, workFolder } from '../support/cli.ts';
import { createPgDatabase, type TestDatabase } from '../support/databases.ts';

const data = resolve(import.meta.dirname, '../../fixtures/aries/data');
const part = 'c01.tbl_customer/000001.jsonl';
const run = promisify(execFile);

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

/** The first value of the third line, where nothing but its text differs. */
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

describe('a JSON Lines directory that was damaged on the way stops the run, which goes on when it is mended', () => {
  const cases: readonly (readonly [string, string, Damage, string])[] = [
    ['a part cut in the middle', `plain/${part}`, cutInTheMiddle, `${part}: it has`],
    ['a line that is not JSON', `plain/${part}`, openLine, `${part}: line 2 is not JSON.`],
    ['one bit of one value', `plain/${part}`, flipOneBit, `${part}: its SHA-256 is not the one`],
    ['a part that is gone', `plain/${part}`, () => null, `${part}: the file is missing.`],
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
    expectExit(await waybill(folder, goOn(command, stopped)), 6);
    expect(await customersIn(schema)).toBe(98);
  });

  it('an export without its manifest is not taken for a whole one', async () => {
    const undo = await damaged(join(folder, 'plain/manifest.json'), () => null);
    const command = ['run', 'aries', '--source', 'jsonl:plain', ...into('unfinished'), '--quiet'];
    expectStop(await waybill(folder, command).finally(undo), 2, 'no manifest.json: the export was not finished.');
  });

  it('a line that is not JSON in a file made elsewhere', async () => {
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
    expectExit(await waybill(folder, goOn(command, stopped)), 6);
  });
});

describe('damage between the stages', () => {
  const quiet = ['--quiet', '--max-rejects', '100'];

  it('an export is transformed once it is mended, by the command that the last line names', async () => {
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
    expectExit(await waybill(folder, goOn(command, stopped)), 0);
  });

  it('a transform is imported once it is mended, and what was in is not loaded again', async () => {
    const transformed = 'invoices.from.c01.tbl_invoice/000001.jsonl';
    const undo = await damaged(join(folder, '.waybill/runs/s1/transform', transformed), flipOneBit);
    const command = ['import', 'aries', ...into('stages'), '--run', 's1', ...quiet];
    const stopped = await waybill(folder, command).finally(undo);
    expectStop(stopped, 4, `${transformed}: `);
    expectExit(await waybill(folder, goOn(command, stopped)), 0);
    const validate = ['validate', 'aries', '--source', 'jsonl:plain', '--target', database.url, '--run', 's1'];
    expectExit(await waybill(folder, validate), 0);
  });

  it('a transform straight from a directory goes on too', async () => {
    const undo = await damaged(join(folder, 'plain', part), openLine);
    const command = ['transform', 'aries', '--source', 'jsonl:plain', ...quiet];
    const stopped = await waybill(folder, command).finally(undo);
    expectStop(stopped, 4, 'line 2 is not JSON');
    expectExit(await waybill(folder, goOn(command, stopped)), 0);
  });
});

describe('a full disk', () => {
  const enough = { disk: 64_000, file: 64_000 };

  it('stops a run while it writes records, and again while it writes the report; each time it goes on', async () => {
    const disk = await smallDisk();
    try {
      const command = ['run', 'aries', '--source', `jsonl:${data}`, ...into('disk'), '--max-rejects', '100', '--quiet'];
      const onDisk = [...command, '--runs-dir', disk.path];
      const first = await disk.withRoom({ disk: 120, file: 24 }, onDisk);
      expectStop(first, 4, 'There is no room left to write');
      const second = await disk.withRoom({ disk: 700, file: 200 }, goOn(onDisk, first));
      expectStop(second, 4, 'report.');
      const last = await disk.withRoom(enough, goOn(goOn(onDisk, first), second));
      expectExit(last, 0);
    } finally {
      await disk.remove();
    }
  });

  it('stops an export, which goes on', async () => {
    const disk = await smallDisk();
    try {
      const command = ['export', 'aries', '--source', `jsonl:${data}`, '--runs-dir', disk.path, '--quiet'];
      const first = await disk.withRoom({ disk: 60, file: 8 }, command);
      expectStop(first, 4, 'There is no room');
      expectExit(await disk.withRoom(enough, goOn(command, first)), 0);
    } finally {
      await disk.remove();
    }
  });

  it('is told by its name when not even the first file fits, and the same command works when it does', async () => {
    const disk = await smallDisk();
    try {
      const filler = join(disk.path, 'filler');
      await writeFile(filler, Buffer.alloc(4096));
      const run = ['run', 'aries', '--source', `jsonl:${data}`, ...into('tiny'), '--tables', 'tbl_company', '--quiet'];
      const command = [...run, '--runs-dir', join(disk.path, 'runs'), '--run', 'r1'];
      const stopped = await disk.withRoom({ disk: 4, file: 0 }, command);
      expectStop(stopped, 4, 'There is no room left to write');
      expect(goOn(command, stopped)).toEqual(command);
      await rm(filler);
      expectExit(await disk.withRoom(enough, command), 6);
    } finally {
      await disk.remove();
    }
  });
});

describe('a runs folder that cannot be', () => {
  it('a file stands in its place', async () => {
    await writeFile(join(folder, 'occupied'), '');
    const command = [
      'run',
      'aries',
      '--source',
      'jsonl:plain',
      ...into('occupied'),
      '--tables',
      'tbl_company',
      '--quiet',
    ];
    const stopped = await waybill(folder, [...command, '--runs-dir', 'occupied']);
    expectStop(stopped, 2, 'The run folder occupied/');
    expectExit(await waybill(folder, [...command, '--runs-dir', 'elsewhere']), 6); // as the hint says
    expect(await readdir(join(folder, 'elsewhere'))).toHaveLength(1);
  });
});

function into(schema: string): string[] {
  return ['--target', database.url, '--target-schema', schema];
}

/** Changes a file, or removes it; gives what puts it back. */
async function damaged(path: string, damage: Damage): Promise<() => Promise<void>> {
  const whole = await readFile(path);
  const changed = damage(whole);
  if (changed === null) await rm(path);
  else await writeFile(path, changed);
  return () => writeFile(path, whole);
}

/** The command as the last line of stderr says to type it. */
function goOn(command: readonly string[], { stderr }: CommandResult): string[] {
  const line = /\n {2}resume: type the same command again(?:, with (.+))?\n$/.exec(stderr);
  if (line === null) throw new Error(`no last line that says how to go on:\n${stderr}`);
  return [...command, ...(line[1]?.split(' ') ?? [])];
}

/** One sentence and one hint on stderr, how to go on when that is possible, no stack and no value of a customer. */
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

/** What tells a customer, as far as it stands in the text. */
function valuesIn(text: string): string[] {
  return customerValues.filter((value) => text.includes(value));
}

const [header, ...lines] = readFileSync(join(data, part), 'utf8').trimEnd().split('\n');
const telling = ['AccountNumber', 'Address1', 'Email', 'Phone', 'SSNumber'];
const places = (JSON.parse(header as string) as { columns: [string, string][] }).columns.flatMap(([name], place) =>
  telling.includes(name) ? [place] : [],
);
const customerValues = lines
  .flatMap((line) => places.map((place) => (JSON.parse(line) as (string | null)[])[place]))
  .filter((value) => value != null && value.length > 5) as string[];

/** A place for run folders that can be made too small for a command. */
interface SmallDisk {
  readonly path: string;
  /** Types a command while the disk has so many kilobytes in all or, where nothing can be mounted, in one file. */
  withRoom(room: { readonly disk: number; readonly file: number }, args: readonly string[]): Promise<CommandResult>;
  remove(): Promise<void>;
}

async function smallDisk(): Promise<SmallDisk> {
  const path = join(await workFolder(), 'disk');
  await mkdir(path);
  const mount = (options: string): Promise<unknown> => run('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', path]);
  const isMounted = await mount('size=4k').then(
    () => true,
    () => false,
  );
  if (!isMounted)
    return {
      path,
      withRoom: ({ file }, args) => withFileLimit(file, args),
      remove: () => rm(path, { recursive: true }),
    };
  return {
    path,
    withRoom: async ({ disk }, args) => {
      await mount(`remount,size=${disk}k`);
      return waybill(folder, args);
    },
    remove: async () => {
      await run('umount', [path]);
    },
  };
}

/** The limit that `ulimit -f` sets: the system refuses to let any file grow beyond it, as it does with a quota. */
function withFileLimit(kilobytes: number, args: readonly string[]): Promise<CommandResult> {
  const main = resolve(import.meta.dirname, '../../dist/cli/main.js');
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('WAYBILL_')));
  const limited = ['-c', `ulimit -f ${kilobytes}; exec "$@"`, 'bash', process.execPath, main, ...args];
  return new Promise((done) => {
    execFile('bash', limited, { cwd: folder, env: environment }, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}
