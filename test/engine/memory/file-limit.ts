import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const script = fileURLToPath(new URL('./write-too-much.ts', import.meta.url));

/**
 * Writes more than a file may hold, in a process with a file size limit of 64 blocks (`ulimit -f`). As on a nearly full disk,
 * the last write takes only part of its bytes without an error, and the next one fails.
 */
export async function underFileLimit(
  folder: string,
  what: 'file' | 'records',
): Promise<{ readonly code: string; readonly left: readonly string[] }> {
  const command = [process.execPath, '--import', 'tsx', script, folder, what];
  const { stdout } = await promisify(execFile)('sh', ['-c', 'ulimit -f 64; exec "$@"', 'sh', ...command], {
    env: { ...process.env, TSX_DISABLE_CACHE: '1' },
  });
  return JSON.parse(stdout);
}
