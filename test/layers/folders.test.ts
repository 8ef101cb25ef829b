import { dirname, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { shipped } from './rules.ts';
import { sourceFiles } from './source-files.ts';

/** The most files in a folder. Beyond that, its subjects become subfolders. A command has one file, and all stand together. */
const maxFiles = 16;
const unlimited = ['cli/commands'];

test('no folder has more than 16 TypeScript files, apart from the commands', () => {
  const files = sourceFiles(resolve(import.meta.dirname, '../..'), [...shipped, 'test', 'bench']);
  const counts = new Map<string, number>();
  for (const { path } of files) counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1);
  const lines = [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([folder, count]) => `${String(count).padStart(3)}  ${folder}`);
  console.log(`TypeScript files per folder\n${lines.join('\n')}`);
  expect(counts.size).toBeGreaterThan(50);
  expect([...counts].filter(([folder, count]) => count > maxFiles && !unlimited.includes(folder))).toEqual([]);
});
