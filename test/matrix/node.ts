import { chmod } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Entry } from './entry.ts';
import { install, output } from './programs.ts';

/** The oldest major version that package.json allows, and those that Node's project maintains. */
export const nodes: readonly Entry[] = ['20', '22', '24'].map((major) => ({
  name: `Node ${major}`,
  project: 'fast',
  tests: [],
  prepare: async (folder) => {
    const node = path.join(await install(`node-${os.platform()}-${os.arch()}`, major, folder), 'bin/node');
    await chmod(node, 0o755);
    return { version: await output(node, ['--version']), env: {}, node };
  },
}));
