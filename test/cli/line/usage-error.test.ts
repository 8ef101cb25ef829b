import { describe, expect, test } from 'vitest';
import { parserOf } from '../../../cli/parser.ts';
import { WaybillError } from '../../../core/model/errors.ts';

async function refusalOf(...args: readonly string[]): Promise<WaybillError> {
  // yargs throws at once, not in the promise.
  const error = await Promise.resolve()
    .then(() => parserOf(args).parseAsync())
    .catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(WaybillError);
  return error as WaybillError;
}

describe('a command line that is refused', () => {
  test.each<[line: string, message: string, hint: string]>([
    ['rnu aries', 'Unknown command: rnu.', 'Did you mean: waybill run aries\n  See: waybill --help'],
    ['stat', 'Unknown command: stat.', 'See: waybill --help'],
    ['up aries', 'Unknown command: up.', 'Did you mean: waybill schema up aries\n  See: waybill --help'],
    [
      'schema stauts aries',
      'Unknown command: schema stauts.',
      'Did you mean: waybill schema status aries\n  See: waybill schema --help',
    ],
    [
      'rejects lits aries',
      'Unknown command: rejects lits.',
      'Did you mean: waybill rejects list aries\n  See: waybill rejects --help',
    ],
    ['', 'The command is missing.', 'Usage: waybill <command>\n  See: waybill --help'],
    ['schema', 'The command is missing.', 'Usage: waybill schema <command>\n  See: waybill schema --help'],
    ['plan', 'The pipeline is missing.', 'Usage: waybill plan <pipeline>\n  See: waybill plan --help'],
    ['--json plan', 'The pipeline is missing.', 'Usage: waybill plan <pipeline>\n  See: waybill plan --help'],
    ['cutover', 'The run is missing.', 'Usage: waybill cutover <run>\n  See: waybill cutover --help'],
    [
      'copy mysql://db/shop',
      'The target URL is missing.',
      'Usage: waybill copy <source-url> <target-url>\n  See: waybill copy --help',
    ],
    [
      'run aries --max-reject 10',
      'Unknown option: --max-reject.',
      'Did you mean --max-rejects?\n  See: waybill run --help',
    ],
    [
      'run aries --target-schma=x',
      'Unknown option: --target-schma.',
      'Did you mean --target-schema?\n  See: waybill run --help',
    ],
    ['run aries -quiet', 'Unknown option: -quiet.', 'Did you mean --quiet?\n  See: waybill run --help'],
    ['run aries --frobnicate', 'Unknown option: --frobnicate.', 'See: waybill run --help'],
    ['run aries now', 'waybill run does not take an argument now.', 'See: waybill run --help'],
    ['run aries a b', 'waybill run does not take the arguments a, b.', 'See: waybill run --help'],
    ['run aries --param', '--param needs a value.', 'See: waybill run --help'],
    ['drop r1 --runs-dir', '--runs-dir needs a value.', 'See: waybill drop --help'],
  ])('waybill %s', async (line, message, hint) => {
    const error = await refusalOf(...line.split(' ').filter((word) => word !== ''));
    expect({ message: error.message, hint: error.hint }).toEqual({ message, hint });
    expect(error.exitCode).toBe(2);
  });
});

test('a word that a shell would split is quoted in the suggestion', async () => {
  expect((await refusalOf('rnu', 'my project')).hint).toContain("waybill run 'my project'");
});
