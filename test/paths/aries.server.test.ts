import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { generateAries } from '../../fixtures/aries/generate.ts';
import aries from '../../pipelines/aries/pipeline.ts';
import { createPgDatabase, mysqlUrl, type TestDatabase } from '../support/databases.ts';
import { type Passage, pass, type Way } from './passage.ts';

const databases = { c01: 'paths_c01', dmeworks: 'paths_dmeworks', repository: 'paths_repository' };
let target: TestDatabase;
let direct: Passage;

const run = (way: Way): Promise<Passage> => {
  const source = Object.entries(databases).map(([schema, live]) => `${schema}=${mysqlUrl(live)}`);
  return pass({ pipeline: aries, source, target: target.url }, way);
};

beforeAll(async () => {
  await generateAries({ url: inject('mysqlUrl'), scale: 1, seed: 1, defects: true, replace: true, databases });
  target = await createPgDatabase();
  direct = await run({ name: 'direct' });
});

afterAll(() => target.drop());

test('most aries rows are made by kernels', () => {
  expect(direct.doubts).toEqual([]);
  expect(Object.keys(direct.ledger)).toHaveLength(118);
  expect(direct.fastRows.load).toBeGreaterThan(0.8 * loadedBy(direct));
});

const ways: readonly Way[] = [
  { name: 'jobs', jobs: 4, partRows: 50 },
  { name: 'staged', staged: true },
  { name: 'staged_jobs', staged: true, jobs: 2, partRows: 50 },
  { name: 'stages', stages: true },
];
const filesOf = new Map<string, Passage['files']>();

test.each(ways)('$name migrates the same rows', async (way) => {
  const { fastRows, files, ...passage } = await run(way);
  expect(passage).toEqual({ ...direct, fastRows: undefined, files: undefined });
  expect(fastRows.load).toBeGreaterThanOrEqual(direct.fastRows.load as number);
  filesOf.set(way.name, files);
});

test('one pass writes the same files as single stages', () => {
  const files = filesOf.get('staged');
  expect(Object.keys(files ?? {}).length).toBeGreaterThan(118);
  expect(files).toEqual(filesOf.get('stages'));
});

test.each<Way>([
  { name: 'reference', reference: true },
  { name: 'staged_reference', staged: true, gzip: true, reference: true },
])('$name migrates the same rows without a kernel', async (way) => {
  const { files: _, ...passage } = await run(way);
  expect(passage).toEqual({ ...direct, fastRows: {}, files: undefined });
});

function loadedBy({ ledger }: Passage): number {
  return Object.values(ledger).reduce((sum, { loaded }) => sum + loaded, 0);
}
