import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { codeOf, sourceFiles } from './source-files.ts';

const files = sourceFiles(resolve(import.meta.dirname, '../..'));

/** Data files: the catalogs of a legacy schema, its target and relations, and the generators of its rows. */
const dataFiles = /^(fixtures\/aries\/|transforms\/[^/]+\/source\/|pipelines\/[^/]+\/(relations\.ts$|target\.ts$))/;

test('no shipped file is longer than 300 lines, except data files', () => {
  const long = files.filter(({ path, text }) => !dataFiles.test(path) && text.split('\n').length - 1 > 300);
  expect(files.length).toBeGreaterThanOrEqual(50);
  expect(long.map(({ path }) => path)).toEqual([]);
});

test('there is a default export only where a loader needs one', () => {
  const exporting = files.filter(({ text }) => /^export default |^export \{[^}]*\bas default\b/m.test(text));
  expect(exporting.map(({ path }) => path).filter((path) => !/^pipelines\/[^/]+\/pipeline\.ts$/.test(path))).toEqual(
    [],
  );
  expect(exporting.length).toBeGreaterThan(0);
});

test('no file only re-exports, apart from the public surface', () => {
  const barrels = files.filter((file) => {
    const statements = codeOf(file)
      .split(';')
      .map((part) => part.trim());
    return statements.every((part) => part === '' || /^export [^=]* from '[^']*'$/.test(part));
  });
  expect(barrels.map(({ path }) => path)).toEqual(['public/index.ts', 'public/testing.ts']);
});
