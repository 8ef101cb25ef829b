import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { WaybillError } from '../../core/model/errors.ts';
import type { Backup, LiveSchemas } from '../../core/ports/cutover.ts';
import { failpoint } from '../failpoint.ts';
import { backupName } from './cutover-events.ts';

/** Where the backup of the live schema comes from. */
export interface BackupOptions {
  /** An existing backup. */
  readonly file?: string | undefined;
  /** A shell command that writes one to $WAYBILL_BACKUP_FILE; pg_dump when absent. */
  readonly command?: string | undefined;
  /** Receives what the command writes to stderr. */
  readonly onOutput: (text: string) => void;
}

const byPgDump = 'pg_dump --format=custom --schema="$WAYBILL_BACKUP_SCHEMA" --file="$WAYBILL_BACKUP_FILE"';

/**
 * Backs up a schema into `folder`, or uses an existing backup. The file must not be empty.
 * @throws WaybillError 'backup-missing' when there is no backup afterwards.
 */
export async function backUp(
  schemas: LiveSchemas,
  { schema, folder }: { readonly schema: string; readonly folder: string },
  options: BackupOptions,
): Promise<Backup> {
  if (options.file !== undefined) return describe(options.file);
  const command = options.command ?? (await pgDump(schemas.version));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, backupName(schema));
  const partial = `${file}.partial`;
  await rm(partial, { force: true });
  const environment = { ...schemas.environment, WAYBILL_BACKUP_FILE: partial, WAYBILL_BACKUP_SCHEMA: schema };
  try {
    await run(command, environment, options.onOutput);
    const backup = await describe(partial);
    failpoint('backup-written');
    await rename(partial, file);
    failpoint('backup-named');
    return { ...backup, file };
  } finally {
    await rm(partial, { force: true });
  }
}

/** Returns the pg_dump command, if pg_dump is recent enough: it refuses a server newer than itself. */
async function pgDump(serverVersion: number): Promise<string> {
  const { stdout } = await promisify(execFile)('pg_dump', ['--version']).catch(() => ({ stdout: '' }));
  const version = Number(/\) (\d+)/.exec(stdout)?.[1] ?? 0);
  if (version >= serverVersion) return byPgDump;
  const found = version === 0 ? 'pg_dump is not installed here' : `the pg_dump here is version ${version}`;
  throw missing(`The live schema on a server of version ${serverVersion} needs a backup, but ${found}.`);
}

async function run(
  command: string,
  environment: Readonly<Record<string, string>>,
  onOutput: BackupOptions['onOutput'],
): Promise<void> {
  // umask: only this user may read the backup.
  const child = spawn('/bin/sh', ['-c', `umask 077\n${command}`], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  child.stderr.setEncoding('utf8').on('data', onOutput);
  const code = await new Promise<number | null>((done, fail) => {
    child.on('error', fail);
    child.on('close', done);
  });
  if (code !== 0) throw missing(`The backup command ended with ${code}.`);
}

async function describe(file: string): Promise<Backup> {
  const bytes = await stat(file).then(
    ({ size }) => size,
    () => 0,
  );
  if (bytes === 0) throw missing(`The backup ${file} does not exist or is empty.`);
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return { file, bytes, sha256: hash.digest('hex') };
}

function missing(message: string): WaybillError {
  return new WaybillError('backup-missing', `${message} Nothing was changed.`, {
    hint: 'Give --backup-command with a command that writes $WAYBILL_BACKUP_FILE, or --backup-file with an existing backup.',
  });
}
