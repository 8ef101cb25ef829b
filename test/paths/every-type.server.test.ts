import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPgDatabase, type TestDatabase } from '../support/databases.ts';
import {
  type EveryType,
  everyForwardedType,
  everyMysqlType,
  everyPostgresType,
  everyRefusedType,
} from './every-type.ts';
import { type Passage, pass, type Way } from './passage.ts';

/** `WAYBILL_PATHS_ROWS=100000` sets the number of rows; `WAYBILL_PATHS_SEED` repeats the rows of another run. */
const { WAYBILL_PATHS_ROWS = '3000', WAYBILL_PATHS_SEED = String(Date.now() % 1_000_000) } = process.env;
const rows = Number(WAYBILL_PATHS_ROWS);
const seed = Number(WAYBILL_PATHS_SEED);
const timeout = 60_000 + rows * 20;

const worlds = [
  { name: 'MySQL', mapping: 'c01.every_type > every_type', create: everyMysqlType },
  { name: 'PostgreSQL', mapping: 'public.every_type > every_type', create: everyPostgresType },
  { name: 'PostgreSQL, forwarded', mapping: 'public.every_type > every_type', create: everyForwardedType },
  { name: 'PostgreSQL, forwarded and refused', mapping: 'public.every_type > every_type', create: everyRefusedType },
];

describe.each(worlds)(`every type of $name, seed ${seed}`, ({ name, create, mapping }) => {
  let source: EveryType;
  let target: TestDatabase;
  let direct: Passage;
  let lines: readonly string[];
  const filesOf = new Map<string, Passage['files']>();

  const run = (way: Way): Promise<Passage> => {
    const { pipeline, source: from } = source;
    return pass({ pipeline, source: [from], target: target.url }, way);
  };

  beforeAll(async () => {
    source = await create(rows, seed);
    target = await createPgDatabase();
    direct = await run({ name: 'direct' });
    lines = await linesOf(target.url, 'direct');
  }, timeout);

  afterAll(async () => {
    await source.drop();
    await target.drop();
  });

  test('most rows are made by kernels', () => {
    const { read, loaded } = direct.ledger[mapping] as Passage['ledger'][string];
    expect(direct.doubts).toEqual([]);
    expect([read, lines.length]).toEqual([rows, loaded]);
    expect(direct.fastRows.load).toBeGreaterThan(0.7 * rows);
    if (name.endsWith('refused')) expect(direct.forwarded).toBeGreaterThan(0);
    // Read once for the load and once for the comparison.
    else expect(direct.forwarded).toBe(name.endsWith('forwarded') ? 2 * rows : 0);
  });

  const ways: readonly Way[] = [
    { name: 'jobs', jobs: 3, partRows: Math.ceil(rows / 10) },
    { name: 'staged', staged: true },
    { name: 'stages', stages: true },
    { name: 'reference', reference: true },
    { name: 'staged_reference', staged: true, gzip: true, reference: true },
  ];

  test.each(ways)(
    '$name migrates the same rows',
    async (way) => {
      const { fastRows, forwarded, files, ...passage } = await run(way);
      expect(passage).toEqual({ ...direct, fastRows: undefined, forwarded: undefined, files: undefined });
      expect(firstDifference(lines, await linesOf(target.url, way.name))).toBe(null);
      expect(Object.keys(fastRows).length > 0).toBe(way.reference !== true);
      filesOf.set(way.name, files);
    },
    timeout,
  );

  test('one pass writes the same files as single stages', () => {
    const files = filesOf.get('staged');
    expect(Object.keys(files ?? {}).length).toBeGreaterThan(1);
    expect(files).toEqual(filesOf.get('stages'));
  });
});

/** The rows as PostgreSQL writes them, in key order. */
async function linesOf(url: string, schema: string): Promise<string[]> {
  const client = new pg.Client(url);
  await client.connect();
  const chunks: Buffer[] = [];
  try {
    const stream = client.query(copyTo(`copy (select * from ${schema}.every_type order by id) to stdout`));
    for await (const chunk of stream) chunks.push(chunk as Buffer);
  } finally {
    await client.end();
  }
  return Buffer.concat(chunks).toString('utf8').trimEnd().split('\n');
}

/** The first two lines that differ; null when none do. */
function firstDifference(a: readonly string[], b: readonly string[]): object | null {
  const at = Array.from({ length: Math.max(a.length, b.length) }, (_, i) => i).find((i) => a[i] !== b[i]);
  return at === undefined ? null : { at, direct: a[at], other: b[at] };
}
