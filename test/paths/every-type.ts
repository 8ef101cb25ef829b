import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { escapeLiteral } from 'pg';
import type { Mapping, Rule } from '../../core/mapping/mapping.ts';
import type { Pipeline } from '../../core/mapping/pipeline.ts';
import { carry, id, text } from '../../core/mapping/rules.ts';
import type { SchemaContract } from '../../core/model/schema.ts';
import { createRandom, type Random } from '../../fixtures/random.ts';
import { sql as onMysql } from '../connectors/mysql/database.ts';
import { sql as onPostgres } from '../connectors/postgres/database.ts';
import { createMysqlDatabase, createPgDatabase } from '../support/databases.ts';
import { series } from '../support/series.ts';
import { type MysqlColumn, mysqlTypes } from './mysql-types.ts';
import { moods, type PostgresColumn, postgresTypes } from './postgres-types.ts';

/** A database with a table `every_type` of generated rows, and the pipeline that migrates it. */
export interface EveryType {
  readonly pipeline: Pipeline;
  /** The value of `--source`. */
  readonly source: string;
  drop(): Promise<void>;
}

const BATCH_ROWS = 200;
/** In percent of the cells. */
const nullCells = 5;

/** Edge cases of the key type and of the id range. The keys after them are 3, 4, 5 … */
const firstKeys = ['-9223372036854775808', '-1', '4611686018427387904'];
const keyOf = (row: number): string => firstKeys[row] ?? String(row);

/** One row in this many has a value that only the target's CHECK refuses. */
const refusedEach = 1009;

/** MySQL with every rule. One row in four has values that a rule changes or rejects, or that the target refuses. */
export async function everyMysqlType(rows: number, seed: number): Promise<EveryType> {
  const { url, drop } = await createMysqlDatabase();
  const columns = mysqlTypes.map(({ ddl }, i) => `c${i} ${ddl}`).join(', ');
  await onMysql(
    url,
    'alter database character set utf8mb4 collate utf8mb4_general_ci',
    'create table parents (id int primary key)',
    `insert into parents select seq from ${series(1, 100)}`,
    'create table codes (code varchar(10) primary key)',
    "insert into codes values ('c1'), ('c2'), ('é3')",
    `create table every_type (id bigint primary key, word varchar(10) not null, ${columns})`,
  );
  const random = createRandom(seed, 'mysql');
  await insertAll(
    rows,
    (row) => mysqlRow(row, random),
    (values) => onMysql(url, `insert into every_type values ${values}`),
  );
  const made = mysqlTypes.flatMap(({ to }, i) =>
    to.map(([rule, type], n) => ({ name: `c${i}_${n}`, rule: rule(`c${i}`), type })),
  );
  const source: SchemaContract = {
    parents: { key: ['id'], columns: { id: 'int not null' } },
    codes: { key: ['code'], columns: { code: 'varchar(10) not null' } },
    every_type: {
      key: ['id'],
      columns: {
        ...{ id: 'bigint not null', word: 'varchar(10) not null' },
        ...Object.fromEntries(mysqlTypes.map(({ ddl, native = ddl }, i) => [`c${i}`, native])),
      },
    },
  };
  const target: SchemaContract = {
    parents: { key: ['id'], columns: { id: 'uuid not null' } },
    codes: { key: ['id'], columns: { id: 'uuid not null' } },
    every_type: {
      key: ['id'],
      columns: {
        ...{ id: 'uuid not null', legacy_id: 'bigint not null', word: 'text not null' },
        ...Object.fromEntries(made.map(({ name, type }) => [name, type])),
      },
    },
  };
  const own = { id: id('id'), legacy_id: carry('id'), word: text('word') };
  const migrations = await ddlOf(target, "alter table every_type add constraint word_taken check (word <> 'refused');");
  const mappings = [
    mappingOf('c01.parents', { id: id('id') }),
    mappingOf('c01.codes', { id: id('code', 'text') }),
    mappingOf('c01.every_type', { ...own, ...Object.fromEntries(made.map(({ name, rule }) => [name, rule])) }),
  ];
  return {
    source: `c01=${url}`,
    pipeline: pipelineOf('mysql', 'c01', { source, target, migrations, mappings }),
    drop: dropping(drop, migrations),
  };
}

function mysqlRow(row: number, random: Random): string {
  const isOdd = random.chance(0.25);
  const word = row % refusedEach === 7 ? "'refused'" : "'taken'";
  return [keyOf(row), word, ...mysqlTypes.map((column) => mysqlCell(column, isOdd, random))].join(', ');
}

function mysqlCell({ plain, odd }: MysqlColumn, isOdd: boolean, random: Random): string {
  if (random.int(100) < nullCells) return 'null';
  return isOdd && odd !== undefined && random.chance(0.06) ? random.pick(odd) : plain(random);
}

const sameTypes = postgresTypes.filter(({ into }) => into === undefined);

/** PostgreSQL with every column carried into the same type, so that rows are forwarded unchanged. */
export function everyForwardedType(rows: number, seed: number): Promise<EveryType> {
  return everyPostgresType(rows, seed, sameTypes);
}

/** Like `everyForwardedType`, but the target refuses some of the rows. */
export function everyRefusedType(rows: number, seed: number): Promise<EveryType> {
  const check = `alter table every_type add constraint taken check (id % ${refusedEach} <> 7);`;
  return everyPostgresType(rows, seed, sameTypes, check);
}

/** PostgreSQL with every column carried. */
export async function everyPostgresType(
  rows: number,
  seed: number,
  types: readonly PostgresColumn[] = postgresTypes,
  more = '',
): Promise<EveryType> {
  const { url, drop } = await createPgDatabase();
  const mood = `create type mood as enum (${moods.map(escapeLiteral).join(', ')});`;
  await onPostgres(url, mood);
  const columns = types.map(({ type }, i) => `c${i} ${type}`).join(', ');
  await onPostgres(url, `create table every_type (id bigint primary key, ${columns})`);
  const random = createRandom(seed, 'postgres');
  const rowOf = (row: number): string => {
    const cells = types.map(({ value }) => (random.int(100) < nullCells ? 'null' : escapeLiteral(value(random))));
    return [keyOf(row), ...cells].join(', ');
  };
  await insertAll(rows, rowOf, (values) => onPostgres(url, `insert into every_type values ${values}`));
  const tableOf = (typeOf: (column: PostgresColumn) => string): SchemaContract => ({
    every_type: {
      key: ['id'],
      columns: {
        id: 'bigint not null',
        ...Object.fromEntries(types.map((each, i) => [`c${i}`, typeOf(each)])),
      },
    },
  });
  const enumType = `enum(${moods.map((each) => `'${each.replaceAll("'", "''")}'`).join(',')})`;
  const source = tableOf(({ type }) => (type === 'mood' ? enumType : type));
  const target = tableOf(({ type, into = type }) => (into === 'mood' ? enumType : into));
  const migrations = await ddlOf(target, more);
  const mappings = [
    mappingOf(
      'public.every_type',
      Object.fromEntries(['id', ...types.map((_, i) => `c${i}`)].map((c) => [c, carry(c)])),
    ),
  ];
  return {
    source: url,
    pipeline: pipelineOf('postgres', 'public', { source, target, migrations, mappings }),
    drop: dropping(drop, migrations),
  };
}

async function insertAll(
  rows: number,
  rowOf: (row: number) => string,
  insert: (values: string) => Promise<unknown>,
): Promise<void> {
  for (let from = 0; from < rows; from += BATCH_ROWS) {
    const batch = Array.from({ length: Math.min(BATCH_ROWS, rows - from) }, (_, i) => `(${rowOf(from + i)})`);
    await insert(batch.join(', '));
  }
}

function mappingOf(from: string, columns: Readonly<Record<string, Rule>>): Mapping {
  return { from, to: from.replace(/^.*\./, ''), scope: 'shared', columns, drops: {} };
}

/** Writes the DDL of a contract's tables into a folder, with a type for each enum. */
async function ddlOf(contract: SchemaContract, more = ''): Promise<string> {
  const types: string[] = [];
  const tables = Object.entries(contract).map(([table, { key, columns }]) => {
    const list = Object.entries(columns).map(([name, type]) => {
      if (!type.startsWith('enum(')) return `${name} ${type}`;
      types.push(`create type ${table}_${name} as ${type.replace('enum(', 'enum (')};`);
      return `${name} ${table}_${name}`;
    });
    return `create table ${table} (${list.join(', ')}, primary key (${key.join(', ')}));`;
  });
  const folder = await mkdtemp(join(tmpdir(), 'waybill-every-type-'));
  await writeFile(join(folder, '001.do.tables.sql'), [...types, ...tables, more].join('\n'));
  await writeFile(
    join(folder, '001.undo.tables.sql'),
    Object.keys(contract)
      .map((table) => `drop table ${table};`)
      .join('\n'),
  );
  return folder;
}

function pipelineOf(
  dialect: string,
  schema: string,
  {
    source,
    target,
    migrations,
    mappings,
  }: Record<'source' | 'target', SchemaContract> & { migrations: string; mappings: readonly Mapping[] },
): Pipeline {
  return {
    name: 'every-type',
    title: `Every type of ${dialect}`,
    source: { dialect, contract: { [schema]: source } },
    target: { schema: 'every_type', contract: target, migrations, loadVersion: 1, finalVersion: 1, unmapped: {} },
    ...{ mappings, relations: [], params: {}, tenantParam: null, seed: () => ({}) },
  };
}

function dropping(drop: () => Promise<void>, folder: string): () => Promise<void> {
  return async () => {
    await rm(folder, { recursive: true });
    await drop();
  };
}
