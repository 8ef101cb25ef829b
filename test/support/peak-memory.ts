import { readFileSync } from 'node:fs';

/** Makes a node process copy its status to the file `peak` as it exits; an option of node. */
export const keepsPeak = `--import=data:text/javascript,${encodeURIComponent(
  `import { readFileSync, writeFileSync } from 'node:fs';
process.on('exit', () => writeFileSync('peak', readFileSync('/proc/self/status')));`,
)}`;

/**
 * Returns the peak memory of a process in megabytes, of this one by default. `process.resourceUsage().maxRSS` does not
 * say it: on Linux a child process begins with the peak of the process that started it, and a test runner is large.
 */
export function peakMb(statusFile = '/proc/self/status'): number {
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(statusFile, 'utf8')) ?? [];
  if (kilobytes === undefined) throw new Error(`${statusFile} has no line VmHWM.`);
  return Math.round(Number(kilobytes) / 1024);
}
