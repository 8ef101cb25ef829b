import { expect, onTestFinished, test } from 'vitest';
import { sqlserver } from '../../../connectors/sqlserver/connector.ts';
import type { Source } from '../../../core/ports/source.ts';
import type { DatabaseFacts } from '../../support/tds/database.ts';
import type { Answer } from '../../support/tds/server.ts';
import { type FactServer, serveFacts } from '../../support/tds/server-of-facts.ts';
import { SqlError } from '../../support/tds/sql/relation.ts';

/** Isolation levels in a request to begin a transaction ([MS-TDS] 2.2.6.9). */
const [readCommitted, serializable, snapshot] = [2, 4, 5];

const column = { name: 'id', type: 'int', isNullable: false };
const facts: DatabaseFacts = {
  name: 'shop',
  tables: ['a', 'b]c'].map((name) => ({ name, key: ['id'], columns: [column], rows: [['1']] })),
};

interface Options {
  readonly readers?: number;
  readonly query?: string;
  answer?(sql: string): Answer | null;
}

async function openFrom(
  database: DatabaseFacts,
  { readers = 1, query = '', answer }: Options = {},
): Promise<{ readonly server: FactServer; readonly source: Source }> {
  const server = await serveFacts(database, answer === undefined ? {} : { answer });
  onTestFinished(server.close);
  const source = await sqlserver.openSource(server.url + query, { schemas: { c01: 'dbo' }, readers });
  onTestFinished(() => source.close());
  return { server, source };
}

test('where the database allows snapshots, one snapshot transaction begins with a look at a table', async () => {
  const { server, source } = await openFrom(facts);
  expect(source.snapshot).toEqual({ isConsistent: true, note: 'one snapshot transaction on one connection' });
  expect(server.log.isolationLevels).toEqual([snapshot]);
  expect(server.log.batches).toContain('select top (1) 1 from [dbo].[a]');
});

test('several readers begin their snapshots while all tables are locked for writers', async () => {
  const { server, source } = await openFrom(facts, { readers: 3 });
  expect(source.snapshot).toEqual({
    isConsistent: true,
    note: 'one moment on 3 connections, by brief shared locks on 2 tables',
  });
  expect(server.log.isolationLevels).toEqual([readCommitted, snapshot, snapshot, snapshot]);
  const looks = server.log.batches.filter((sql) => sql.startsWith('select top (1) 1'));
  expect(looks).toEqual([
    'select top (1) 1 from [dbo].[a] with (tablock, holdlock)',
    'select top (1) 1 from [dbo].[b]]c] with (tablock, holdlock)',
    ...Array(3).fill('select top (1) 1 from [dbo].[a]'),
  ]);
  const counts = await Promise.all(['c01.a', 'c01.b]c', 'c01.a'].map((name) => source.inspector.count(name)));
  expect(counts).toEqual([1, 1, 1]);
});

test('a table that lies elsewhere is neither locked nor looked at', async () => {
  const far = { name: '0 far', columns: [column], facts: { is_external: 1 } };
  const { server, source } = await openFrom({ ...facts, tables: [...facts.tables, far] }, { readers: 2 });
  expect(source.snapshot.note).toBe('one moment on 2 connections, by brief shared locks on 2 tables');
  expect(server.log.batches.filter((sql) => sql.includes('[0 far]'))).toEqual([]);
});

test('one reader reads alone when a table cannot be locked in time, and the note says why', async () => {
  const answer = (sql: string): Answer | null => {
    if (sql.includes('tablock')) throw new SqlError(1222, 'Lock request time out period exceeded.');
    return null;
  };
  const { source } = await openFrom(facts, { readers: 2, answer });
  expect(source.snapshot).toEqual({
    isConsistent: true,
    note: 'one snapshot transaction on one connection and not on 2: a shared lock was not available within 5 seconds',
  });
  expect(await source.inspector.count('c01.a')).toBe(1);
});

test('without snapshots the reads are not consistent, and the note says what to do', async () => {
  const { server, source } = await openFrom({ ...facts, allowsSnapshots: false });
  expect(source.snapshot.isConsistent).toBe(false);
  expect(source.snapshot.note).toContain('allow_snapshot_isolation on');
  expect(server.log.isolationLevels).toEqual([readCommitted]);
});

test('without snapshots the URL can ask for a serializable transaction, for which writers wait', async () => {
  const { server, source } = await openFrom({ ...facts, allowsSnapshots: false }, { query: '&isolation=serializable' });
  expect(source.snapshot.isConsistent).toBe(true);
  expect(source.snapshot.note).toContain('writers wait');
  expect(server.log.isolationLevels).toEqual([serializable]);
});

test('a read-only database needs no snapshot, for any number of readers', async () => {
  const { server, source } = await openFrom({ ...facts, isReadOnly: true }, { readers: 2 });
  expect(source.snapshot).toEqual({ isConsistent: true, note: 'the database is read-only' });
  expect(server.log.isolationLevels).toEqual([readCommitted, readCommitted]);
});

const masked = { masked_columns: [{ object_id: 1000, column_id: 1 }] };

test('a source whose columns are masked for this user is refused', async () => {
  await expect(openFrom({ ...facts, catalog: masked, mayUnmask: false })).rejects.toMatchObject({
    code: 'source-refused-login',
    message: expect.stringContaining('masks 1 columns'),
    hint: expect.stringContaining('grant unmask'),
  });
  const { source } = await openFrom({ ...facts, catalog: masked, mayUnmask: true });
  expect(source.snapshot.isConsistent).toBe(true);
});

test('rows that a security policy filters make the snapshot not consistent, unless the policy is off', async () => {
  const withPolicy = (isEnabled: 0 | 1): DatabaseFacts => ({
    ...facts,
    catalog: {
      security_policies: [{ object_id: 3000, schema_id: 1, name: 'own rows', is_enabled: isEnabled }],
      security_predicates: [{ object_id: 3000, target_object_id: 1000, predicate_type: 0 }],
    },
  });
  const { source } = await openFrom(withPolicy(1));
  expect(source.snapshot.isConsistent).toBe(false);
  expect(source.snapshot.note).toContain('filter the rows of 1 tables');
  expect((await openFrom(withPolicy(0))).source.snapshot.isConsistent).toBe(true);
});

test('a server that does not list masks and policies is read, and the note says what could not be checked', async () => {
  const absentViews = ['masked_columns', 'security_predicates', 'security_policies'];
  const { source } = await openFrom({ ...facts, absentViews });
  expect(source.snapshot).toEqual({
    isConsistent: false,
    note: expect.stringMatching(/could not be checked: .*sys\.security_predicates; .*sys\.masked_columns$/),
  });
  expect(await source.inspector.structure(['c01'])).toMatchObject({ objects: [] });
});
