import type { Kind, TableSchema } from '../core/model/schema.ts';
import type { Row } from '../core/model/value.ts';
import type { ExpectedTable } from './harness.ts';

/** The tables that every harness creates, with the same rows in each. The names are plain, the values are not. */

type ColumnSpec = readonly [name: string, kind: Kind, nullable?: boolean];

/** Builds a table. Columns are NOT NULL by default. */
export function expectedTable(
  name: string,
  key: readonly string[],
  columns: readonly ColumnSpec[],
  rows: readonly Row[],
  unique: readonly (readonly string[])[] = [],
): ExpectedTable {
  const all = columns.map(([column, kind, nullable = false]) => ({ name: column, kind, nullable }));
  return { name, key, columns: all, rows, unique };
}

/** The table as a contract would describe it. */
export function schemaOf({ name, columns, key, unique }: ExpectedTable): TableSchema {
  const typed = columns.map(({ kind, ...rest }) => ({ ...rest, type: { kind, native: kind } }));
  return { name: `c01.${name}`, columns: typed, key, unique, estimatedRows: null };
}

/** Its rows in the order that a source returns them. Without a key, equal rows are adjacent. */
export function rowsInOrder({ key, rows }: ExpectedTable): readonly Row[] {
  return key.length > 0 ? rows : rows.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

/** What an untyped file shows of columns with these names. */
export function untyped(columns: ExpectedTable['columns']): Pick<ExpectedTable, 'columns' | 'key' | 'unique'> {
  return { columns: columns.map(({ name }) => ({ name, kind: 'text', nullable: true })), key: [], unique: [] };
}

/** Also the parents: keys far apart, some of them negative. */
export const keyed = expectedTable(
  'keyed',
  ['id'],
  [
    ['id', 'int32'],
    ['label', 'text', true],
  ],
  [
    ['-2147483648', 'the least'],
    ['-1', null],
    ['0', ''],
    ['1', "it's \\ a\ttab\nand a line"],
    ['2', 'trailing  '],
    ['1000000000', '😀 e\u0301 \u2028'],
    ['2147483647', 'NULL'],
  ],
);

/** Equal prefixes in every key column but the last. */
export const composite = expectedTable(
  'composite',
  ['region', 'number', 'day'],
  [
    ['region', 'text'],
    ['number', 'int32'],
    ['day', 'date'],
  ],
  [
    ['a', '-1', '2020-01-01'],
    ['a', '2', '2019-12-31'],
    ['a', '2', '2020-01-01'],
    ['a', '10', '2020-01-01'],
    ['ab', '1', '2020-01-01'],
    ['b', '0', '2020-01-01'],
  ],
);

/** Duplicate rows, rows of nulls, and no key. */
export const keyless = expectedTable(
  'keyless',
  [],
  [
    ['word', 'text', true],
    ['number', 'int32', true],
  ],
  [
    ['a', '1'],
    [null, null],
    ['b', null],
    ['a', '1'],
    ['a', '2'],
    [null, null],
    ['a', '1'],
  ],
);

/** Children of `keyed`. The legacy program writes 7 for "none". No parent has 98 or 99. */
export const child = expectedTable(
  'child',
  ['id'],
  [
    ['id', 'int32'],
    ['keyed_id', 'int32', true],
    ['flag', 'text'],
    ['amount', 'decimal', true],
    ['code', 'text', true],
  ],
  [
    ['1', '-1', 'x', '0.10', 'c1'],
    ['2', '99', 'x', '0.20', 'c2'],
    ['3', '7', 'x', '99999999999999999.99', null],
    ['4', null, 'x', null, null],
    ['5', '98', 'y', '-0.30', 'c5'],
    ['6', '99', 'y', '0.01', 'c6'],
    ['7', '2147483647', 'y', '0.00', 'c7'],
  ],
  [['code']],
);

export const empty = expectedTable(
  'empty',
  ['id'],
  [
    ['id', 'int32'],
    ['amount', 'decimal', true],
  ],
  [],
);

/**
 * More rows than a batch may hold, and more bytes than socket buffers hold, so an abandoned reading is still streaming.
 */
export const many = expectedTable(
  'many',
  ['id'],
  [
    ['id', 'int32'],
    ['body', 'text'],
  ],
  Array.from({ length: 2500 }, (_, i) => [String(i + 1), `row ${i + 1} `.padEnd(4000, '.')]),
);

export const plainTables: readonly ExpectedTable[] = [child, composite, empty, keyed, keyless, many];

/** DDL that every SQL database understands. */
export const plainDdl: readonly string[] = [
  'create table keyed (id integer not null primary key, label varchar(100))',
  'create table composite (region varchar(10) not null, number integer not null, day date not null, primary key (region, number, day))',
  'create table keyless (word varchar(10), number integer)',
  `create table child (id integer not null primary key, keyed_id integer, flag varchar(1) not null, amount decimal(20,2),
     code varchar(10), unique (code))`,
  'create table empty (id integer not null primary key, amount decimal(20,2))',
  'create table many (id integer not null primary key, body text not null)',
];

/**
 * Inserts of all rows. `quote` writes a text in the database's syntax. Rows are inserted backwards, so that none are in
 * order by accident.
 */
export function plainInserts(quote: (text: string) => string): string[] {
  return plainTables
    .filter(({ rows }) => rows.length > 0)
    .map(({ name, rows }) => {
      const values = rows
        .toReversed()
        .map((row) => `(${row.map((v) => (v === null ? 'null' : quote(v as string))).join(', ')})`);
      return `insert into ${name} values ${values.join(', ')}`;
    });
}
