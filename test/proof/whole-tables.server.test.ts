import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Mapping } from '../../core/mapping/mapping.ts';
import type { Pipeline } from '../../core/mapping/pipeline.ts';
import { type CarriedSpec, carried } from '../support/carried.ts';
import { mariadb, postgres } from '../support/live-databases.ts';

/** Changes the mapping that reads this table. */
function withMapping(from: string, change: Partial<Mapping>): NonNullable<CarriedSpec['change']> {
  return (pipeline) => ({
    ...pipeline,
    mappings: pipeline.mappings.map((mapping) => (mapping.from === from ? { ...mapping, ...change } : mapping)),
  });
}

/** Changes the contract of one source table of the only schema. */
function withContract(table: string, change: object): NonNullable<CarriedSpec['change']> {
  return (pipeline): Pipeline => {
    const [[schema, tables] = ['', {}]] = Object.entries(pipeline.source.contract);
    const contract = {
      [schema]: { ...tables, [table]: { ...tables[table], ...change } },
    } as Pipeline['source']['contract'];
    const isLeft = 'leftBehind' in change;
    const mappings = pipeline.mappings.filter(({ from }) => !isLeft || from !== `${schema}.${table}`);
    return { ...pipeline, source: { ...pipeline.source, contract }, mappings };
  };
}

describe('inheritance in PostgreSQL', () => {
  const animals = `create table animals (id int primary key, name text not null);
    create table dogs (breed text, primary key (id)) inherits (animals);
    create table puppies (weeks int, primary key (id)) inherits (dogs);`;
  const rows = `insert into animals values (1, 'generic'); insert into dogs values (2, 'rex', 'lab'), (3, 'fido', 'pug');
    insert into puppies values (4, 'bit', 'pug', 7)`;

  test('each parent is read by itself, into tables that are plain', async () => {
    const plain = `create table animals (id int primary key, name text not null);
      create table dogs (id int primary key, name text not null, breed text);
      create table puppies (id int primary key, name text not null, breed text, weeks int);`;
    const migration = await carried({ source: await postgres(animals, rows), dialect: 'postgres', ddl: [plain] });
    const { verdict, facts } = await migration.run();
    expect(facts.totals).toMatchObject({ read: 4, loaded: 4 });
    expect(verdict).toBe('pass');
    expect(await migration.query('select count(*)::int as n from animals')).toEqual([{ n: 1 }]);
  });

  test('a target that inherits passes too, in parts, and each of its tables holds its own rows', async () => {
    const migration = await carried({ source: await postgres(animals, rows), dialect: 'postgres', ddl: [animals] });
    const { verdict, of } = await migration.run();
    expect(verdict).toBe('pass');
    expect(of('counts').map(({ subject, actual }) => [subject, actual])).toContainEqual(['animals', 1]);
    expect(await migration.query('select id from animals order by id')).toEqual([1, 2, 3, 4].map((id) => ({ id })));
    await migration.query(`insert into dogs values (9, 'late', null)`);
    expect((await migration.validate()).of('counts').filter(({ verdict }) => verdict === 'fail')).toMatchObject([
      { subject: 'dogs', expected: 2, actual: 3 },
    ]);
  });

  test('a partitioned table is read whole, one with a foreign table as a partition too', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'waybill-partition-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, 'old.csv'), '1,2019\n2,2019\n');
    await chmod(folder, 0o755);
    await chmod(join(folder, 'old.csv'), 0o644);
    const source = await postgres(
      'create table sales (id int not null, year int not null) partition by range (year)',
      'create table sales_new partition of sales for values from (2020) to (2030)',
      'create extension file_fdw; create server files foreign data wrapper file_fdw',
      `create foreign table sales_old partition of sales for values from (2010) to (2020)
         server files options (filename '${join(folder, 'old.csv')}', format 'csv')`,
      'insert into sales values (3, 2021)',
    );
    const ddl = ['create table sales (id int not null, year int not null);'];
    const migration = await carried({ source, dialect: 'postgres', ddl });
    const { verdict, facts } = await migration.run();
    expect([verdict, facts.totals.read]).toEqual(['pass', 3]);
  });

  test('a foreign table that inherits is a table of its own, which the contract must know', async () => {
    const source = await postgres('create table animals (id int primary key)');
    const migration = await carried({
      ...{ source, dialect: 'postgres', ddl: ['create table animals (id int primary key);'] },
    });
    const { onPostgres } = await import('../support/live-databases.ts');
    await onPostgres(
      source,
      `create foreign data wrapper none; create server far foreign data wrapper none;
       create foreign table far_animals () inherits (animals) server far`,
    );
    await expect(migration.run()).rejects.toThrow(
      'public.far_animals: The source has a table that the contract does not know.',
    );
  });
});

describe('large objects', () => {
  const documents = 'create table documents (id int primary key, title text not null, body oid);';
  const rows = `insert into documents values (1, 'contract', lo_from_bytea(0, 'the only copy')), (2, 'empty', null)`;
  const named = 'public.documents.body: It refers to large objects, which are not carried.';

  test('that a column refers to are refused by name, unless the column is left behind with a reason', async () => {
    const source = await postgres(documents, rows);
    await expect((await carried({ source, dialect: 'postgres', ddl: [documents] })).run()).rejects.toThrow(named);
    const change = withMapping('public.documents', { drops: { body: 'kept on the old server' } });
    const left = await carried({
      ...{ source, dialect: 'postgres', ddl: ['create table documents (id int primary key, title text not null);'] },
      change: (pipeline) => {
        const [mapping] = pipeline.mappings as readonly [Mapping];
        const { body: _, ...columns } = mapping.columns;
        return withMapping('public.documents', { columns })(change(pipeline));
      },
    });
    expect((await left.run()).verdict).toBe('pass');
  });

  test('are found behind a domain and in a text column, as Hibernate stores them', async () => {
    const source = await postgres(
      'create domain lo as oid; create table a (id int primary key, body lo); create table b (id int primary key, body text)',
      `insert into a values (1, lo_from_bytea(0, 'x')); insert into b values (1, lo_from_bytea(0, 'y')::text), (2, null)`,
    );
    const ddl = ['create table a (id int primary key, body oid); create table b (id int primary key, body text);'];
    const refused = (await carried({ source, dialect: 'postgres', ddl })).run();
    await expect(refused).rejects.toThrow(/public\.a\.body: It refers.*\n.*public\.b\.body: It refers/);
  });

  test('are no reason to refuse ids of other things, or texts of which one is not an id', async () => {
    const source = await postgres(
      `create table t (id int primary key, kind oid, note text, n bigint);
       insert into t values (1, 'pg_class'::regclass, lo_from_bytea(0, 'x')::text, 1), (2, null, 'a note', 2);
       update t set n = note::bigint where id = 1`,
    );
    const ddl = ['create table t (id int primary key, kind oid, note text, n bigint);'];
    expect((await (await carried({ source, dialect: 'postgres', ddl })).run()).verdict).toBe('pass');
  });
});

describe('MariaDB', () => {
  const logs = [
    'create table log_a (id int primary key) engine=MyISAM',
    'create table log_b (id int primary key) engine=MyISAM',
    'create table logs (id int not null, key (id)) engine=MERGE union=(log_a, log_b)',
    'insert into log_a values (1); insert into log_b values (2)'.split('; '),
  ].flat();

  test('a MERGE table, which shows the rows of other tables again, is refused unless one side is left behind', async () => {
    const source = await mariadb(...logs);
    const ddl = [
      'create table log_a (id int primary key); create table log_b (id int primary key); create table logs (id int);',
    ];
    await expect((await carried({ source, dialect: 'mysql', ddl })).run()).rejects.toThrow(
      'c01.logs: It shows the rows of c01.log_a, c01.log_b again, which would be loaded twice.',
    );
    const change = withContract('logs', { leftBehind: 'a view of the other two' });
    const { facts } = await (await carried({ source, dialect: 'mysql', ddl, change })).run();
    expect(facts.totals.read).toBe(2);
  });

  test('the history of a system-versioned table is refused, or left behind with a reason', async () => {
    const source = await mariadb(
      'create table prices (id int primary key, amount int) with system versioning',
      'insert into prices values (1, 10)',
      'update prices set amount = 20',
    );
    const ddl = ['create table prices (id int primary key, amount int);'];
    await expect((await carried({ source, dialect: 'mysql', ddl })).run()).rejects.toThrow(
      'c01.prices: The server keeps old versions of its rows, which would be left behind.',
    );
    const change = withContract('prices', { leavesHistory: 'auditors keep the old server' });
    const migration = await carried({ source, dialect: 'mysql', ddl, change });
    const { verdict, facts } = await migration.run();
    expect([verdict, facts.totals.read]).toEqual(['pass', 1]);
    expect(await migration.query('select amount from prices')).toEqual([{ amount: 20 }]);
  });
});

describe('a target that is partitioned by a date which its key includes', () => {
  const source = `create table events (id int primary key, day date not null);
    insert into events values (1, '2026-01-01'), (2, '2026-02-01')`;
  const ddl = [
    `create table events (id int not null, day date not null, primary key (id, day)) partition by range (day);
     create table events_all partition of events for values from ('2026-01-01') to ('2027-01-01');`,
  ];
  const change = withMapping('public.events', { unenforcedKeys: { id: 'partitioned by day' } });

  test('does not enforce the key of the source, which the mapping must declare', async () => {
    const undeclared = await (await carried({ source: await postgres(source), dialect: 'postgres', ddl })).run();
    expect(undeclared.of('uniqueness')).toMatchObject([{ verdict: 'fail' }]);
    const declared = await carried({ source: await postgres(source), dialect: 'postgres', ddl, change });
    const { verdict, of } = await declared.run();
    expect(verdict).toBe('pass');
    expect(of('uniqueness')).toMatchObject([
      { verdict: 'pass', note: 'the target does not enforce source key (id): partitioned by day' },
    ]);
  });

  test('is searched for duplicates of that key', async () => {
    const migration = await carried({ source: await postgres(source), dialect: 'postgres', ddl, change });
    await migration.run();
    await migration.query(`insert into events values (1, '2026-03-01')`);
    expect((await migration.validate()).of('uniqueness')).toMatchObject([
      { verdict: 'fail', note: expect.stringContaining('1 duplicate in (id) of the target') },
    ]);
  });
});
