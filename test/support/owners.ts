import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Another node process that started a server, and its description of that server. */
export interface Owner {
  readonly process: ChildProcess;
  readonly pid: number;
  readonly dataDir: string;
}

/** `waits` until it is ended. See server-owner.ts. */
export type Ending = 'waits' | 'exits' | 'handles';

/** Starts a node process that starts a server. Resolves when the server runs. */
export async function startOwner(kind: string, dataDir = '', ending: Ending = 'waits'): Promise<Owner> {
  const program = fileURLToPath(new URL('server-owner.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', program, kind, dataDir, ending], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, WAYBILL_POSTGRES_URL: '', WAYBILL_MYSQL_URL: '' },
  });
  const [line] = await once(createInterface(child.stdout), 'line');
  return { process: child, ...(JSON.parse(String(line)) as { pid: number; dataDir: string }) };
}

/** Sends a signal and waits for the process to end. Returns its exit code, or the signal that ended it. */
export async function endOwner(owner: Owner, signal: NodeJS.Signals): Promise<number | NodeJS.Signals> {
  const ended = once(owner.process, 'exit');
  owner.process.kill(signal);
  const [code, by] = await ended;
  return code ?? by;
}
