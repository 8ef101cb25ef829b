import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAddress } from '../../connectors/postgres/address.ts';
import { PostgresLiveSchemas } from '../../connectors/postgres/cutover/live-schemas.ts';
import type { Cutover } from '../../core/ports/cutover.ts';
import { readManifest } from '../../engine/journal/manifest.ts';
import { type Carried, carried, targetSchema } from '../support/carried.ts';
import { onPostgres, postgres } from '../support/live-databases.ts';

const source = `create table parents (id int primary key, code text not null unique);
  create table children (id int primary key, parent_id int not null references parents (id), n int);
  insert into parents values (1, 'a'), (2, 'b'); insert into children values (1, 1, 5), (2, 2, 6)`;

const ddl = [
  `create table parents (id int primary key, code text not null);
   create table children (id int primary key, parent_id int not null, n int);`,
  `create unique index parents_code on parents (code); create index children_n on children (n);
   alter table children add constraint positive check (n > 0);
   alter table children add constraint of_parent foreign key (parent_id) references parents (id);
   alter table children enable row level security; create policy mine on children using (n > 0);`,
];

async function loaded(): Promise<Carried & { readonly source: string }> {
  const url = await postgres(source);
  const migration = await carried({ source: url, dialect: 'postgres', ddl });
  expect((await migration.run()).verdict).toBe('pass');
  return { ...migration, source: url };
}

describe('the schema is part of the proof:', () => {
  test('whatever was changed in it after the load is a finding of a validation', async () => {
    const migration = await loaded();
    const changes: readonly (readonly [undo: string, change: string, object: string])[] = [
      [
        'alter table children enable trigger all',
        'alter table children disable trigger all',
        'constraint children.of_parent',
      ],
      [
        'drop rule quiet on children',
        'create rule quiet as on insert to children do instead nothing',
        'rule children.quiet',
      ],
      [
        'alter table children add constraint positive check (n > 0)',
        'alter table children drop constraint positive',
        'constraint children.positive',
      ],
      ['create policy mine on children using (n > 0)', 'drop policy mine on children', 'policy children.mine'],
      ['create index children_n on children (n)', 'drop index children_n', 'index children_n'],
      ['alter table children set logged', 'alter table children set unlogged', 'table children'],
      [
        'drop function stray cascade',
        'create function stray() returns trigger language plpgsql as $$ begin return null; end $$; create trigger stray before insert on children for each row execute function stray()',
        'trigger children.stray',
      ],
      [
        'alter table parents alter column code type text collate "default"',
        'alter table parents alter column code type text collate "C"',
        'column parents.code',
      ],
      [
        'alter table children drop constraint of_parent, add constraint of_parent foreign key (parent_id) references parents (id)',
        'alter table children drop constraint of_parent, add constraint of_parent foreign key (parent_id) references parents (id) on delete cascade deferrable',
        'constraint children.of_parent',
      ],
      [
        'drop table elsewhere.heirs',
        'create schema if not exists elsewhere; create table elsewhere.heirs () inherits (parents)',
        'child elsewhere.heirs',
      ],
    ];
    for (const [undo, change, object] of changes) {
      await migration.query(change);
      const { verdict, of } = await migration.validate();
      expect([verdict, change, of('schema')[0]?.sampleKeys]).toEqual([
        'fail',
        change,
        expect.arrayContaining([object]),
      ]);
      await migration.query(undo);
    }
    expect((await migration.validate()).of('schema')).toMatchObject([{ verdict: 'pass', expected: 0, actual: 0 }]);
  }, 240_000);

  test('drift of the source after the load is a finding too', async () => {
    const migration = await loaded();
    await onPostgres(
      migration.source,
      `alter table children add column late text default 'x'; create table more (id int primary key);
       alter table parents drop constraint parents_code_key`,
    );
    const { verdict, of } = await migration.validate();
    expect(verdict).toBe('fail');
    expect(of('source')).toMatchObject([
      { verdict: 'fail', actual: 3, sampleKeys: ['public.children.late', 'public.parents', 'public.more'] },
    ]);
  });

  test('each validation hashes with a seed of its own, which the manifest says', async () => {
    const migration = await loaded();
    const seeds: (string | undefined)[] = [];
    for (let i = 0; i < 2; i++) {
      const { folder, of } = await migration.validate();
      const { validation } = await readManifest(folder, 'r1');
      seeds.push(validation?.seed);
      expect(validation?.checks).toMatchObject({ fail: 0, incomplete: 0, 'not-applicable': 2 });
      expect(of('checksums').every(({ verdict }) => verdict === 'pass')).toBe(true);
    }
    expect(seeds[0]).toMatch(/^[\da-f]{32}$/);
    expect(seeds[1]).not.toBe(seeds[0]);
  });
});

describe('at the moment of a cutover', () => {
  async function cutOver(migration: Carried): Promise<void> {
    const { validation } = await readManifest(join(migration.runs, 'r1'), 'r1');
    const schemas = await PostgresLiveSchemas.open(parseAddress(migration.target, 'target'), {});
    const cutover: Cutover = {
      ...{ run: 'r1', pipeline: 'carried', kind: 'swap', live: 'live', shadow: targetSchema, before: null },
      ...{ tenant: null, state: 'live', reason: null, backup: null, at: '' },
    };
    const proved = validation?.state ?? null;
    await schemas.swap({ cutover, carries: [], proved }).finally(() => schemas.close());
  }

  test('a shadow that was changed since its validation is refused by the names of its tables', async () => {
    const migration = await loaded();
    const changes: readonly (readonly [change: string, named: string])[] = [
      ['update children set n = 7 where id = 1', 'children'],
      ['insert into parents values (3, $$c$$)', 'parents'],
      ['delete from children where id = 2', 'children'],
      ['truncate children', 'children'],
      ['alter table children disable trigger all', 'the objects of the schema'],
    ];
    for (const [change, named] of changes) {
      await migration.query(`begin; ${change}; commit`);
      await expect(cutOver(migration)).rejects.toThrow(`loaded was changed since run r1 was validated: ${named}`);
      await migration.validate();
    }
    await cutOver(migration);
    expect(await migration.query('select count(*)::int as n from live.parents')).toEqual([{ n: 3 }]);
  });

  test('reading and vacuuming do not count as changes', async () => {
    const migration = await loaded();
    await migration.query('vacuum freeze children');
    await migration.query('select * from children');
    await cutOver(migration);
  });
});
