import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { type CommandResult, waybill } from '../../support/cli.ts';
import { ProvedRuns } from './proved-runs.ts';

const runs = new ProvedRuns();
const backUp = ['--backup-command', 'echo all of it > "$WAYBILL_BACKUP_FILE"'];
const sign = ['--sign-key', 'own.key'];

function type(...args: readonly string[]): Promise<CommandResult> {
  return waybill(runs.here, [...args, '--target', runs.url]);
}

async function done(...args: readonly string[]): Promise<void> {
  const { code, stderr } = await type(...args);
  expect([args, code, code === 0 ? '' : stderr]).toEqual([args, 0, '']);
}

async function eventsOf(run: string): Promise<Record<string, unknown>[]> {
  const text = await readFile(runs.at('events.jsonl', run), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

async function verify(run: string, ...more: readonly string[]): Promise<string> {
  const { stdout, stderr } = await waybill(runs.here, ['verify', run, ...more]);
  return (stdout + stderr).split('\n').slice(0, 2).join('\n');
}

/** One test, because each step needs the database state of the step before. */
it('a run is intact after each cutover, refused or not, after a rollback and a drop, and its log records them', async () => {
  const report = await readFile(runs.at('report.json'), 'utf8');
  await writeFile(runs.at('report.json'), report.replace('"verdict"', '"verdict" '));
  const tampered = await type('cutover', 'r1', ...sign);
  expect([tampered.code, tampered.stderr]).toEqual([
    4,
    expect.stringContaining('report.json: it differs from what events.jsonl'),
  ]);
  await writeFile(runs.at('report.json'), report);

  await done('cutover', 'r1', ...sign);
  expect(await verify('r1', '--public-key', 'own.pub', '--head', runs.head)).toMatch(/^INTACT {2}r1\n/);
  expect((await eventsOf('r1')).at(-2)).toMatchObject({ event: 'cut-over', live: 'aries', reason: null, backup: null });
  const before = await eventsOf('r1');
  await done('cutover', 'r1', ...sign);
  expect(await eventsOf('r1')).toEqual(before);

  expect((await type('cutover', 'r2', '--backup-command', 'exit 3')).code).toBe(2);
  expect(await verify('r2')).toMatch(/^INTACT {2}r2\n/);
  expect((await readdir(runs.at('', 'r2'))).sort()).toEqual([...(await readdir(runs.at(''))), 'backup'].sort());
  await done('cutover', 'r2', ...backUp);
  expect(await verify('r2')).toMatch(/^INTACT {2}r2\n/);
  expect((await eventsOf('r2')).at(-2)).toMatchObject({ event: 'cut-over', backup: { bytes: 10 } });
  expect(((await stat(runs.at('backup/aries.backup', 'r2'))).mode & 0o777).toString(8)).toBe('600');
  await done('rollback', 'r2', '--discard-writes');
  expect(await verify('r2')).toMatch(/^INTACT {2}r2\n/);
  expect((await eventsOf('r2')).at(-2)).toMatchObject({ event: 'rolled-back', live: 'aries' });
  await done('drop', 'r2');
  expect((await eventsOf('r2')).at(-2)).toMatchObject({ event: 'dropped', schema: 'second' });
  expect(await verify('r2')).toMatch(/^INTACT {2}r2\n/);

  await writeFile(runs.at('backup/aries.backup', 'r2'), 'all of at\n');
  expect(await verify('r2')).toMatch(/^TAMPERED {2}r2\n {2}backup\/aries\.backup: its SHA-256 is not the one/);
});
