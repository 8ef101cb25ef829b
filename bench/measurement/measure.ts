import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Command } from '../variant.ts';

/** Resources that one child process used. */
export interface Measured {
  readonly wallSeconds: number;
  /** User and system time of the child and the children that it waited for, without the servers. */
  readonly cpuSeconds: number;
  /** The largest of its processes. */
  readonly maxRssMb: number;
  /** The end of what it printed. */
  readonly output: string;
}

/** A longer run is stopped and does not count. */
const limitMs = 3_600_000;

/** GNU time, because Node reports only the resources of its process, not those of a child. */
export const timeProgram = '/usr/bin/time';

/**
 * Runs a command and measures it.
 *
 * @throws Error with the end of its output when the exit code is not accepted.
 */
export async function measure(command: Command, folder: string): Promise<Measured> {
  const usageFile = path.join(folder, 'usage.txt');
  const args = ['-q', '-f', '%U %S %M', '-o', usageFile, command.program, ...command.args];
  const started = performance.now();
  const { code, output } = await run(timeProgram, args, { ...process.env, ...command.env }, folder);
  const wallSeconds = (performance.now() - started) / 1000;
  if (code === null || !(command.accepted ?? [0]).includes(code)) {
    throw new Error(`ended with ${code ?? 'a signal'}: ${output.trim().split('\n').slice(-3).join(' / ')}`);
  }
  const [user = 0, system = 0, kilobytes = 0] = (await readFile(usageFile, 'utf8')).trim().split(' ').map(Number);
  return { wallSeconds, cpuSeconds: user + system, maxRssMb: kilobytes / 1024, output };
}

interface Ended {
  readonly code: number | null;
  /** The end of its output. */
  readonly output: string;
}

function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv, cwd: string): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'], timeout: limitMs });
    let output = '';
    const keep = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-20_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}
