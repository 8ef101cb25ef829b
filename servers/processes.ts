import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const pollMs = 10;
const killTimeoutMs = 10_000;

/** A process. Its start time distinguishes it from a later one with the same id. */
export interface Process {
  readonly pid: number;
  readonly started: string;
}

/** The process that has this number now; one that is gone already equals no running process. */
export function identify(pid: number): Process {
  return { pid, started: startOf(pid) ?? 'gone' };
}

/** Whether this very process runs; a zombie does not. */
export function isRunning({ pid, started }: Process): boolean {
  return startOf(pid) === started;
}

function startOf(pid: number): string | undefined {
  return process.platform === 'linux' ? startFromProc(pid) : startFromPs(pid);
}

function startFromProc(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // proc(5): the name in parentheses may hold spaces; the state is the 3rd field, the start time the 22nd.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

function startFromPs(pid: number): string | undefined {
  const { stdout } = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' });
  const [state, ...started] = (stdout ?? '').trim().split(/\s+/);
  return !state || state.startsWith('Z') ? undefined : started.join(' ');
}

/** Asks a process to stop, and ends it when it has not gone in time. */
export async function endProcess(target: Process, stopSignal: NodeJS.Signals, timeoutMs: number): Promise<void> {
  signal(target, stopSignal);
  if (await isGoneWithin(target, timeoutMs)) return;
  signal(target, 'SIGKILL');
  await isGoneWithin(target, killTimeoutMs);
}

/** The same for an `exit` handler, where nothing can be awaited. */
export function endProcessSync(target: Process, stopSignal: NodeJS.Signals, timeoutMs: number): void {
  signal(target, stopSignal);
  if (isGoneWithinSync(target, timeoutMs)) return;
  signal(target, 'SIGKILL');
  isGoneWithinSync(target, killTimeoutMs);
}

function signal(target: Process, name: NodeJS.Signals): void {
  if (!isRunning(target)) return;
  try {
    process.kill(target.pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function isGoneWithin(target: Process, timeoutMs: number): Promise<boolean> {
  for (const end = Date.now() + timeoutMs; Date.now() < end; await sleep(pollMs)) {
    if (!isRunning(target)) return true;
  }
  return false;
}

function isGoneWithinSync(target: Process, timeoutMs: number): boolean {
  const clock = new Int32Array(new SharedArrayBuffer(4));
  for (const end = Date.now() + timeoutMs; Date.now() < end; Atomics.wait(clock, 0, 0, pollMs)) {
    if (!isRunning(target)) return true;
  }
  return false;
}
