import { describe, expect, test } from 'vitest';
import { mysqlTargetType } from '../../connectors/mysql/structure/target-type.ts';
import { parseMysqlType } from '../../connectors/mysql/types.ts';
import { postgresTargetType } from '../../connectors/postgres/structure/target-type.ts';
import { parsePostgresType } from '../../connectors/postgres/types.ts';
import { planPipeline } from '../../core/mapping/plan/plan.ts';
import type { ColumnFacts, Structure } from '../../core/ports/structure.ts';
import { generateProject } from '../../project/generate.ts';
import type { ProjectOptions } from '../../project/options.ts';
import { pipelineOf } from '../../project/pipeline.ts';
import { type Facts, noFacts as none } from '../../project/tables.ts';
import { mysqlColumn, noFacts, postgresColumn, structure, table } from './structure.ts';

function generate(of: Structure, options: ProjectOptions = {}, facts: Facts = noFacts, dialect = 'mysql') {
  const isTargetEngine = dialect === 'postgres';
  const engine = { isTargetEngine, targetType: isTargetEngine ? postgresTargetType : mysqlTargetType };
  return generateProject({
    waybill: '1',
    name: 'shop',
    schemas: Object.fromEntries(
      of.tables.map(({ name }) => [name.split('.')[0], name.split('.')[0]] as const),
    ) as Record<string, string>,
    dialect,
    engine,
    structure: of,
    facts,
    options,
  });
}

/** Facts of columns of the schema `shop`. */
function factsOf(columns: Readonly<Record<string, Partial<ColumnFacts>>>): Facts {
  const all = Object.entries(columns).map(([name, facts]) => [`shop.${name}`, { ...none, ...facts }] as const);
  return { columns: new Map(all), spellings: new Map() };
}

const int = mysqlColumn('id', 'int', { nullable: false, identity: 'by-default', hasDefault: true });

describe('the plan of a generated project has no problem:', () => {
  test('every type of MySQL', () => {
    const natives = [
      ...['tinyint(1)', 'tinyint', 'tinyint unsigned', 'smallint unsigned', 'mediumint', 'int unsigned', 'bigint'],
      ...['bigint unsigned', 'decimal(10,2)', 'float', 'double', 'bit(1)', 'bit(7)', 'char(3)', 'varchar(20)', 'text'],
      ...['longtext', 'binary(16)', 'blob', 'json', "enum('a','b')", "set('a','b')", 'date', 'datetime', 'datetime(3)'],
      ...['timestamp(6)', 'time', 'time(2)', 'year', 'uuid', 'inet6', 'inet4', 'point'],
    ];
    const columns = natives.flatMap((native, i) => [
      mysqlColumn(`c${i}`, native),
      mysqlColumn(`n${i}`, native, { nullable: false }),
    ]);
    const { project } = generate(structure([table('zoo', [int, ...columns], { key: ['id'] })]));
    const pipeline = pipelineOf(project, 'folder');
    const plan = planPipeline(pipeline, {}, { source: parseMysqlType, target: parsePostgresType });
    expect(plan.problems).toEqual([]);
    expect(plan.unaccounted).toBe(0);
  });

  test.for<ProjectOptions>([
    { stamp: { tool: 'alembic', version: "a'b" } },
    { stamp: { tool: 'flyway', version: '7' } },
    { stamp: { tool: 'rails', versions: ['1', '2'] } },
    { stamp: { tool: 'prisma', migrations: { '1_init': 'f00', '2_more': 'ba5' } } },
  ])('the version table of a tool: $stamp.tool', (options) => {
    const { project, files } = generate(structure([table('a', [int], { key: ['id'] })]), options);
    const plan = planPipeline(pipelineOf(project, 'f'), {}, { source: parseMysqlType, target: parsePostgresType });
    expect(plan.problems).toEqual([]);
    const [name] = Object.keys(project.unmapped ?? {});
    expect(files['schema/001.do.tables.sql']).toContain(`create table "${name}" (`);
    expect(files['schema/004.do.triggers.sql']).toContain(`insert into "${name}" values (`);
    const taken = structure([table(name as string, [int], { key: ['id'] })]);
    expect(() => generate(taken, options)).toThrow(`The source has a table ${name} itself`);
  });

  test('an enum whose labels are too long for a type stays text, and two types never have one name', () => {
    const labels = [`enum('${'x'.repeat(64)}')`, "enum('a')"] as const;
    const tables = [
      table('a', [int, mysqlColumn('b_c', labels[1]), mysqlColumn('long', labels[0])], { key: ['id'] }),
      table('a_b', [int, mysqlColumn('c', labels[1])], { key: ['id'] }),
      table('a_b_c', [int], { key: ['id'] }),
    ];
    const { project, files } = generate(structure(tables), { enums: 'type' });
    expect(files['schema/001.do.tables.sql']?.match(/create type "[^"]+"/g)).toHaveLength(2);
    expect(new Set(files['schema/001.do.tables.sql']?.match(/(?<=create (?:type|table) )"[^"]+"/g)).size).toBe(5);
    expect(project.target.a?.columns).toMatchObject({ b_c: "enum('a')", long: 'text' });
    const plan = planPipeline(pipelineOf(project, 'f'), {}, { source: parseMysqlType, target: parsePostgresType });
    expect(plan.problems).toEqual([]);
  });

  test('data that MySQL should not have: the columns may be NULL, or have a wider type', () => {
    const columns = [
      mysqlColumn('flag', 'tinyint(1)'),
      mysqlColumn('day', 'date', { nullable: false }),
      mysqlColumn('kind', "enum('a')", { nullable: false }),
      mysqlColumn('lasts', 'time'),
      mysqlColumn('big', 'bigint unsigned'),
    ];
    const facts = factsOf({
      'odd.flag': { notBoolean: 1 },
      'odd.day': { zeroDates: 2 },
      'odd.kind': { unknownLabels: 3 },
      'odd.lasts': { notTimeOfDay: 4 },
      'odd.big': { beyondBigint: 5 },
    });
    const { project } = generate(structure([table('odd', [int, ...columns], { key: ['id'] })]), {}, facts);
    expect(project.target.odd?.columns).toEqual({
      id: 'integer not null default',
      flag: 'smallint',
      day: 'date',
      kind: 'text',
      lasts: 'interval',
      big: 'numeric(20,0)',
    });
    expect(project.decisions.map(({ text }) => /\d+ rows/.exec(text)?.[0])).toEqual([
      '1 rows',
      '2 rows',
      '3 rows',
      '4 rows',
      '5 rows',
    ]);
    const plan = planPipeline(pipelineOf(project, ''), {}, { source: parseMysqlType, target: parsePostgresType });
    expect(plan.problems).toEqual([]);
  });
});

describe('keys', () => {
  const parent = table('parents', [mysqlColumn('id', 'bigint unsigned', { nullable: false })], { key: ['id'] });
  const key = { name: 'to_parent', columns: ['parent_id'], parent: 'shop.parents', parentColumns: ['id'] };
  const actions = { onDelete: 'cascade', onUpdate: 'no action', isValidated: true } as const;

  test('columns that foreign keys connect have one type', () => {
    const child = table('children', [int, mysqlColumn('parent_id', 'bigint unsigned')], {
      foreignKeys: [{ ...key, ...actions }],
    });
    const facts = factsOf({ 'parents.id': { beyondBigint: 1 } });
    const { project, files } = generate(structure([parent, child]), {}, facts);
    expect(project.target.children?.columns.parent_id).toBe('numeric(20,0)');
    expect(files['schema/003.do.foreign-keys.sql']).toContain('on delete cascade');
    expect(project.mappings.find(({ to }) => to === 'children')?.columns.parent_id?.reference).toEqual({
      parent: 'parents',
      column: 'id',
      orphan: 'null',
    });
  });

  test('a foreign key to columns that are not unique, or to a table that is left behind, stays behind with a reason', () => {
    const child = table('children', [int, mysqlColumn('parent_id', 'bigint unsigned')], {
      foreignKeys: [
        { ...key, ...actions, name: 'odd', parentColumns: ['other'] },
        { ...key, ...actions },
      ],
    });
    const { project } = generate(structure([parent, child]), { leftBehind: { 'par*': 'not needed' } });
    const keys = project.inventory.filter(({ kind }) => kind === 'foreign key');
    expect(keys.map(({ outcome, why }) => [outcome, why])).toEqual([
      ['left behind', 'shop.parents is not carried'],
      ['left behind', 'shop.parents is not carried'],
    ]);
    const whole = generate(structure([parent, child])).project.inventory.filter(({ kind }) => kind === 'foreign key');
    expect(whole.map(({ outcome, why }) => [outcome, why])).toEqual([
      ['left behind', '(other) of shop.parents is not unique'],
      ['carried', ''],
    ]);
    expect(project.inventory.find(({ name }) => name === 'shop.parents')).toMatchObject({ why: 'not needed' });
  });
});

describe('names', () => {
  const column = mysqlColumn('OrderID', 'int');

  test('snake_case, a function, and names that become the same', () => {
    const tables = [table('OrderLines', [column, mysqlColumn('HTTPServer2', 'int')])];
    const snake = generate(structure(tables), { names: 'snake_case' }).project.target;
    expect(Object.keys(snake)).toEqual(['order_lines']);
    expect(Object.keys(snake.order_lines?.columns ?? {})).toEqual(['order_id', 'http_server2']);
    expect(Object.keys(generate(structure(tables), { names: (name) => `x_${name}` }).project.target)).toEqual([
      'x_OrderLines',
    ]);
    const twice = [...tables, table('order_lines', [column])];
    expect(() => generate(structure(twice), { names: 'snake_case' })).toThrow('are both called order_lines');
  });

  test('longer than 63 bytes are cut and stay different', () => {
    const long = 'ä'.repeat(40);
    const { project } = generate(
      structure([table('t', [mysqlColumn(`${long}1`, 'int'), mysqlColumn(`${long}2`, 'int')])]),
    );
    const names = Object.keys(project.target.t?.columns ?? {});
    expect(new Set(names).size).toBe(2);
    expect(names.map((name) => Buffer.byteLength(name)).every((bytes) => bytes <= 63)).toBe(true);
  });

  test('of indexes that two tables have get their table in front', () => {
    const index = {
      ...{ name: 'by_n', kind: 'plain', method: 'btree', includes: [], predicate: null, definition: null },
      parts: [{ column: 'n', expression: null, prefix: null, isDescending: true }],
    } as const;
    const two = ['a', 'b'].map((name) =>
      table(name, [mysqlColumn('n', 'int')], { indexes: [{ ...index, isValidated: true }] as never }),
    );
    expect(generate(structure(two)).files['schema/002.do.indexes.sql']).toBe(
      'create index "by_n" on "a" ("n" desc);\ncreate index "b_by_n" on "b" ("n" desc);\n',
    );
  });
});

test('what a person declares wins, and an unknown type asks for it', () => {
  const tables = [
    table('t', [mysqlColumn('a', 'tinyint(1)'), mysqlColumn('b', 'tinyint(1)'), mysqlColumn('c', 'int')]),
  ];
  const types = { 'tinyint(1)': 'smallint', 't.b': 'boolean', 'shop.t.c': 'bigint' };
  const { project } = generate(structure(tables), { types });
  expect(project.target.t?.columns).toEqual({ a: 'smallint', b: 'boolean', c: 'bigint' });
  const odd = structure([table('t', [mysqlColumn('z', 'mystery')])]);
  expect(() => generate(odd)).toThrow('does not know the type mystery of shop.t.z');
  expect(generate(odd, { types: { 't.z': 'text' } }).project.target.t?.columns).toEqual({ z: 'text' });
});

test('SQL of a PostgreSQL source is carried, with what it calls after the routines, unless its names changed', () => {
  const column = (name: string, sql: string) => postgresColumn(name, 'text', { default: { kind: 'expression', sql } });
  const tables = [
    table('t', [column('a', 'upper(CURRENT_USER)'), column('b', 'secret_code()')], {
      checks: [{ name: 'odd', expression: 'secret_code() <> a', isValidated: true }],
    }),
  ];
  const objects = [{ kind: 'function', name: 'shop.secret_code()', table: null, definition: 'x' }] as const;
  const { files, project } = generate(structure(tables, objects), {}, noFacts, 'postgres');
  expect(files['schema/001.do.tables.sql']).toContain('"a" text default upper(CURRENT_USER)');
  expect(files['schema/001.do.tables.sql']).not.toContain('secret_code');
  expect(project.inventory.filter(({ outcome }) => outcome === 'left behind')).toEqual([]);
  expect(project.attempts?.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'function shop.secret_code()',
    'default shop.t.b',
    'check shop.t.odd',
  ]);
  expect(files['schema/005.undo.objects.sql']).toBe(
    'alter table "t" drop constraint if exists "odd";\nalter table "t" alter column "b" drop default;\ndrop routine if exists "secret_code"();\n',
  );
  const renamed = generate(structure(tables), { names: (name) => `x${name}` }, noFacts, 'postgres');
  expect(renamed.files['schema/001.do.tables.sql']).not.toContain('default');
});

test('views and routines are made after what they name, and of two schemas with one name the second stays behind', () => {
  const tables = [table('t', [postgresColumn('a', 'integer')])];
  const object = (kind: 'view' | 'function', name: string, definition: string, over = {}) => ({
    ...{ kind, name, table: null, definition },
    ...over,
  });
  const objects = [
    object('function', 'shop.total(integer)', 'CREATE FUNCTION total(a integer) AS $f$select n from last_view$f$'),
    object('view', 'shop.a_view', 'CREATE VIEW a_view AS select total(1) from "Odd view"'),
    object('view', 'shop.last_view', 'CREATE VIEW last_view AS select 1 as n'),
    object('view', 'shop.Odd view', 'CREATE VIEW "Odd view" AS select a from t'),
    object('view', 'crm.a_view', 'CREATE VIEW a_view AS select 2'),
    object('function', 'shop.other()', 'CREATE FUNCTION other()', { obstacle: 'its language is c' }),
  ];
  const { project } = generate(structure(tables, objects), {}, noFacts, 'postgres');
  expect(project.attempts?.map(({ name }) => name)).toEqual([
    ...['shop.last_view', 'shop.total(integer)', 'shop.Odd view', 'shop.a_view'],
  ]);
  expect(
    Object.fromEntries(
      project.inventory.flatMap(({ name, why, outcome }) => (outcome === 'left behind' ? [[name, why]] : [])),
    ),
  ).toEqual({ 'crm.a_view': 'another schema has one of the same name', 'shop.other()': 'its language is c' });
});
