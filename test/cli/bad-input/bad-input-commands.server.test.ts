import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type CommandResult, waybill, workFolder } from '../../support/cli.ts';
import { createPgDatabase, type TestDatabase } from '../../support/databases.ts';

let folder: string;
let database: TestDatabase;

beforeAll(async () => {
  folder = await workFolder();
  database = await createPgDatabase();
});

afterAll(() => database.drop());

/** Every refused command uses the same run id: if one left a run behind, the next would be refused for that. */
const run = ['run', 'aries', '--quiet', '--max-rejects', '100', '--run', 'r1'];

describe('a command with wrong arguments', () => {
  const cases: readonly (readonly [string, readonly string[], string])[] = [
    ['no command', [], 'The command is missing.'],
    ['an unknown command', ['migrate', 'aries'], 'Unknown command: migrate.'],
    ['no pipeline', ['run'], 'The pipeline is missing.'],
    ['an unknown pipeline', ['run', 'taurus'], 'There is no pipeline called taurus.'],
    ['an unknown option', ['run', 'aries', '--fast'], 'Unknown option: --fast.'],
    ['an unknown parameter', [...run, '--param', 'color=red'], '"color" is not a parameter of aries'],
    [
      'a parameter without a value',
      [...run, '--param', 'tenant='],
      '"tenant" is not a parameter of aries with a value.',
    ],
    [
      'a parameter that is only a name',
      [...run, '--param', 'tenant'],
      '"tenant" is not a parameter of aries with a value.',
    ],
    ['--param without a value', [...run, '--param'], '--param needs a value.'],
    ['--tables with an unknown table', [...run, '--tables', 'tbl_nobody'], 'a table called tbl_nobody'],
    ['--tables without a table', [...run, '--tables'], '--tables needs a value.'],
    ['--tables with only a comma', [...run, '--tables', ','], '--tables names no table.'],
    ['--resume without --run', ['run', 'aries', '--resume'], '--resume needs --run.'],
    [
      '--runs-dir where no folder can be created',
      [...run, '--runs-dir', '/proc/nope'],
      'The run folder /proc/nope/r1 cannot be created.',
    ],
    ['--resume of an unknown run', [...run, '--resume'], 'There is no run r1.'],
    ['validate of an unknown run', ['validate', 'aries', '--run', 'nobody'], 'There is no run nobody.'],
    ['report without any run', ['report', 'aries', '--runs-dir', 'empty'], 'There is no run of aries in empty.'],
    [
      'a negative --max-rejects',
      ['run', 'aries', '--max-rejects', '-1'],
      '--max-rejects must be a whole number of 0 or more, or a percentage up to 100.',
    ],
    [
      'a --max-rejects in words',
      ['run', 'aries', '--max-rejects', 'all'],
      '--max-rejects must be a whole number of 0 or more, or a percentage up to 100.',
    ],
    ['--part-rows 0', [...run, '--part-rows', '0'], '--part-rows must be a whole number of 1 or more.'],
    ['a source given twice', [...run, '--source', 'jsonl:a'], '--source is given twice for the whole source.'],
    ['a misspelt pipeline', ['plan', 'areis'], 'Did you mean aries?'],
    ['one value given twice', [...run, '--run', 'r2'], '--run is given twice.'],
    ['a run id that is a path', ['run', 'aries', '--run', '../r1'], 'A run id consists of letters'],
  ];

  it.each(cases)('%s', async (_, args, sentence) => {
    const connections =
      args[0] === 'run' && args.length > 1 ? ['--source', inject('mysqlUrl'), '--target', database.url] : [];
    expectStop(await waybill(folder, [...args, ...connections]), 2, sentence);
  });

  it('leaves no run behind', async () => {
    expect(await readdir(join(folder, '.waybill/runs')).catch(() => [])).toEqual([]);
  });
});

it('a .env that is a directory is reported with its hint', async () => {
  const home = await workFolder();
  await mkdir(join(home, '.env'));
  expectStop(await waybill(home, ['plan', 'aries']), 2, 'The file .env cannot be read.');
});

/** Expects one sentence and one hint on stderr, nothing on stdout, no stack and no password. */
function expectStop({ code, stdout, stderr }: CommandResult, exitCode: number, sentence: string): void {
  expect(stderr).toContain(sentence);
  expect(stderr).toMatch(
    /^waybill: .+\n(?: {2}(?!hint:|resume:)\S+: .+\n)* {2}hint: .+\n(?: {2}See: .+\n)?(?: {2}resume: .+\n)?$/,
  );
  expect(stderr).not.toMatch(/pw-canary|^\s+at |node:internal|Error:/m);
  expect(stdout).toBe('');
  expect(code).toBe(exitCode);
}
