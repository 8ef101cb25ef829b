import { hostname, userInfo } from 'node:os';
import { expect, test } from 'vitest';
import { commandText, runCommandOf } from '../../operations/evidence/run-command.ts';

test('a command is recorded with its operator, host, versions and settings', () => {
  const { waybill, ...command } = runCommandOf({
    operator: 'Mary Jackson',
    commandLine: ['run', 'aries', '--max-rejects', '1%'],
    maxRejects: ['1%', 'c01.orders=5'],
    partRows: 100,
    dryRun: true,
    strict: false,
  });
  expect(command).toEqual({
    operator: { name: 'Mary Jackson', from: 'option' },
    host: hostname(),
    command: 'waybill run aries --max-rejects 1%',
    node: process.versions.node,
    settings: { 'dry-run': 'yes', strict: 'no', 'max-rejects': '1%, c01.orders=5', 'part-rows': '100' },
  });
  expect(waybill).toMatch(/^\d/);
});

test('without a name the login is recorded, and a library call has no command line', () => {
  const { operator, command } = runCommandOf({ operator: ' ' });
  expect(operator).toEqual({ name: userInfo().username, from: 'login' });
  expect(command).toBe(null);
});

test.each([
  ['mysql://reader:Hunter2@db:3306/c01?ssl=1', 'mysql://db:3306/c01'],
  ['c01=mysql://reader:Hunter2@db/c01', 'c01=mysql://db/c01'],
  ['--target=postgres://me:Hunter2@[::1]:5432/modern', "'--target=postgres://[::1]:5432/modern'"],
  ['postgres://db/modern', 'postgres://db/modern'],
  ['jsonl:///data/out', 'jsonl:///data/out'],
  ['jsonl:out', 'jsonl:out'],
  ['tenant=c01', 'tenant=c01'],
  ['mysql://reader:Hunter2@Sec/ret@127.0.0.1:3306/', '…'],
  ['mysql://reader:Hunter2/Sec@db/c01', '…'],
  ['mysql://reader:p#Hunter2@db/c01', '…'],
  ['mysql://reader:Hunter2@@db/c01', '…'],
  ['mysql://reader:Hunter2/c01', '…'],
  ['pg_dump postgres://me:Hunter2@db/modern', '…'],
  ['PGPASSWORD=Hunter2 pg_dump', '…'],
])('the recorded command line has no password: %s', (word, wanted) => {
  expect(commandText([word])).toBe(`waybill ${wanted}`);
});
