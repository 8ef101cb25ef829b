import { expect, test } from 'vitest';
import { mysqlTargetType } from '../../connectors/mysql/structure/target-type.ts';
import type { IndexStructure } from '../../core/ports/structure.ts';
import { generateProject } from '../../project/generate.ts';
import type { Facts } from '../../project/tables.ts';
import { mysqlColumn, noFacts, structure, table } from './structure.ts';

function index(name: string, column: string, over: Partial<IndexStructure> = {}): IndexStructure {
  const part = { column, expression: null, prefix: null, isDescending: false };
  return {
    ...{ name, kind: 'plain', method: 'btree', parts: [part], includes: [], predicate: null, definition: null },
    ...over,
  };
}

const long = table(
  'notes',
  [
    mysqlColumn('id', 'bigint unsigned', { nullable: false, identity: 'by-default' }),
    mysqlColumn('short', 'varchar(255)'),
    mysqlColumn('body', 'varchar(700)'),
    mysqlColumn('uuid', 'binary(16)'),
    mysqlColumn('raw', 'varbinary(3000)', { default: { kind: 'literal', text: '\\x00ff' } }),
  ],
  {
    key: ['id'],
    unique: [['body'], ['short'], ['uuid']],
    indexes: [
      index('PRIMARY', 'id', { kind: 'primary' }),
      index('by_short', 'short', { kind: 'unique' }),
      index('by_body', 'body', { kind: 'unique' }),
      index('by_uuid', 'uuid', { kind: 'unique' }),
      index('by_raw', 'raw'),
    ],
  },
);

function generate(facts: Facts = noFacts) {
  return generateProject({
    ...{ waybill: '1', name: 'shop', schemas: { shop: 'shop' }, dialect: 'mysql', options: {} },
    engine: { isTargetEngine: false, targetType: mysqlTargetType },
    ...{ structure: structure([long]), facts },
  });
}

test('an index whose rows may be longer than a b-tree takes is tried after the others, and no unique key is promised of it', () => {
  const { project, files } = generate();
  const indexes = files['schema/002.do.indexes.sql'];
  expect(indexes).toContain('create unique index "by_short" on "notes" ("short")');
  expect(indexes).toContain('create unique index "by_uuid" on "notes" ("uuid")');
  expect(indexes).not.toMatch(/by_body|by_raw/);
  const tried = files['schema/005.do.objects.sql'];
  expect(tried).toContain('create unique index "by_body" on "notes" ("body")');
  expect(tried).toContain('create index "by_raw"');
  expect(files['schema/005.undo.objects.sql']).toContain('drop index if exists "by_body"');
  expect(project.target.notes?.unique).toEqual([['short'], ['uuid']]);
  expect(project.attempts).toEqual([
    { kind: 'index', name: 'shop.notes.by_body' },
    { kind: 'index', name: 'shop.notes.by_raw' },
  ]);
});

test('a binary default is carried', () => {
  expect(generate().files['schema/001.do.tables.sql']).toContain(`"raw" bytea default '\\x00ff'`);
});

test('an identity whose numbers no integer of PostgreSQL holds stays behind by name', () => {
  const none = { ...{ notBoolean: 0, zeroDates: 0, unknownLabels: 0, notTimeOfDay: 0 }, unreadable: 0, tooLong: 0 };
  const columns = new Map([['shop.notes.id', { ...none, beyondBigint: 1 }]]);
  const { project, files } = generate({ ...noFacts, columns });
  expect(files['schema/001.do.tables.sql']).not.toContain('identity');
  expect(project.target.notes?.columns.id).toBe('numeric(20,0) not null');
  expect(project.inventory.find(({ kind }) => kind === 'identity')).toMatchObject({
    outcome: 'left behind',
    why: 'a column of type numeric(20,0) does not count',
  });
});
