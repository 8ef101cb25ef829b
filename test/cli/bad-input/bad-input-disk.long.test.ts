import { execFile } from 'node:child_process';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandResult, waybill, workFolder } from '../../support/cli.ts';
import { createPgDatabase, type TestDatabase } from '../../support/databases.ts';

const data = resolve(import.meta.dirname, '../../../fixtures/aries/data');
const run = promisify(execFile);

let folder: string;
let database: TestDatabase;

beforeAll(async () => {
  folder = await workFolder();
  database = await createPgDatabase();
});

afterAll(() => database.drop());

describe('a full disk', () => {
  const enough = { disk: 64_000, file: 64_000 };

  it('stops a run while it writes records, and again while it writes the report, and the run resumes each time', async () => {
    const disk = await smallDisk();
    try {
      const command = ['run', 'aries', '--source', `jsonl:${data}`, ...into('disk'), '--max-rejects', '100', '--quiet'];
      const onDisk = [...command, '--runs-dir', disk.path];
      const first = await disk.withRoom({ disk: 120, file: 24 }, onDisk);
      expectStop(first, 4, 'There is no room left to write');
      const second = await disk.withRoom({ disk: 700, file: 200 }, resumeWords(first));
      expectStop(second, 4, 'report.');
      const last = await disk.withRoom(enough, resumeWords(second));
      expectExit(last, 0);
    } finally {
      await disk.remove();
    }
  });

  it('stops an export, which resumes', async () => {
    const disk = await smallDisk();
    try {
      const command = ['export', 'aries', '--source', `jsonl:${data}`, '--runs-dir', disk.path, '--quiet'];
      const first = await disk.withRoom({ disk: 60, file: 8 }, command);
      expectStop(first, 4, 'There is no room');
      expectExit(await disk.withRoom(enough, resumeWords(first)), 0);
    } finally {
      await disk.remove();
    }
  });

  it('is named when not even the first file fits, and the same command works later', async () => {
    const disk = await smallDisk();
    try {
      const filler = join(disk.path, 'filler');
      await writeFile(filler, Buffer.alloc(4096));
      const run = ['run', 'aries', '--source', `jsonl:${data}`, ...into('tiny'), '--tables', 'tbl_company', '--quiet'];
      const command = [...run, '--runs-dir', join(disk.path, 'runs'), '--run', 'r1'];
      const stopped = await disk.withRoom({ disk: 4, file: 0 }, command);
      expectStop(stopped, 4, 'There is no room left to write');
      expect(resumeWords(stopped).sort()).toEqual(command.toSorted());
      await rm(filler);
      expectExit(await disk.withRoom(enough, command), 6);
    } finally {
      await disk.remove();
    }
  });
});

describe('a runs folder that cannot be created', () => {
  it('because a file has its name', async () => {
    await writeFile(join(folder, 'occupied'), '');
    const command = [
      'run',
      'aries',
      '--source',
      `jsonl:${data}`,
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

/** The command that the last line of stderr suggests, as words. */
function resumeWords({ stderr }: CommandResult): string[] {
  const line = /\n {2}resume: waybill (.+)\n$/.exec(stderr);
  if (line === null) throw new Error(`the last line does not say how to resume:\n${stderr}`);
  return (line[1] as string).split(' ');
}

/** Expects one sentence, one hint, the resume command if the run is resumable, and no stack. */
function expectStop({ code, stdout, stderr }: CommandResult, exitCode: number, sentence: string): void {
  expect(stderr).toContain(sentence);
  expect(stderr).toMatch(/^waybill: .+\n {2}hint: .+\n(?: {2}resume: .+\n)?$/);
  expect(/\n {2}resume: /.test(stderr)).toBe(exitCode === 4);
  expect(stderr).not.toMatch(/^\s+at |node:internal|Error:/m);
  expect(stdout).toBe('');
  expect(code).toBe(exitCode);
}

function expectExit({ code, stdout, stderr }: CommandResult, exitCode: number): void {
  if (code !== exitCode) throw new Error(`exit ${code}\n${stderr}\n${stdout}`);
}

/** A directory for run folders that can be made too small for a command. */
interface SmallDisk {
  readonly path: string;
  /** Runs a command with this many kilobytes on the disk or, where nothing can be mounted, in one file. */
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
  const main = resolve(import.meta.dirname, '../../../dist/cli/main.js');
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('WAYBILL_')));
  const limited = ['-c', `ulimit -f ${kilobytes}; exec "$@"`, 'bash', process.execPath, main, ...args];
  return new Promise((done) => {
    execFile('bash', limited, { cwd: folder, env: environment }, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}
