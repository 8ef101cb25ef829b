import { spawnSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { WaybillError } from '../core/model/errors.ts';

/** The file that PostgreSQL keeps in its data folder while it runs, and leaves there when it is killed. */
function read(dataDir: string): readonly string[] {
  try {
    return readFileSync(fileIn(dataDir), 'utf8').split('\n');
  } catch {
    return [];
  }
}

function fileIn(dataDir: string): string {
  return path.join(dataDir, 'postmaster.pid');
}

/** Whether the server that is this process takes connections: line 1 is its number, line 8 its state (pidfile.h). */
export function isPostmasterReady(dataDir: string, pid: number): boolean {
  const lines = read(dataDir);
  return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
}

/**
 * Removes the file when its server is gone. PostgreSQL itself would take any process with that number for the server.
 *
 * @throws WaybillError 'server-unavailable' when the server runs.
 */
export async function clearPostmasterPid(dataDir: string): Promise<void> {
  const pid = Number(read(dataDir)[0]);
  if (Number.isInteger(pid) && pid > 0 && isPostmasterOf(dataDir, pid)) {
    throw new WaybillError('server-unavailable', `A PostgreSQL server (process ${pid}) already runs on ${dataDir}.`, {
      hint: 'Stop that server, or name another folder for the data.',
    });
  }
  await rm(fileIn(dataDir), { force: true });
}

/** A server's working folder is its data folder; where that cannot be seen, its name has to do. */
function isPostmasterOf(dataDir: string, pid: number): boolean {
  if (process.platform !== 'linux') {
    return /postgres/.test(spawnSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '');
  }
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === dataDir;
  } catch {
    return false;
  }
}
