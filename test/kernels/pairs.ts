import type { Rule } from '../../core/mapping/mapping.ts';
import { amount, bool, carry, date, id, label, members, optionalText, ref, text } from '../../core/mapping/rules.ts';
import * as cells from './cells.ts';

/** One rule that reads a column of one type and writes a column of another. */
export interface PairCase {
  readonly rule: (column: string) => Rule;
  /** MySQL's types. */
  readonly source: string;
  readonly target: string;
  readonly cells: cells.Cells;
  /** The formats that write its plain cells without decoding them, either always or from the second time on. */
  readonly fast: 'both' | 'copy-binary' | 'json-line' | 'neither';
}

/** MySQL doubles a backslash, PostgreSQL does not. */
const enumType = "enum('Rental','Sale','with, comma','quo''te','back\\\\slash','ünïcode')";
const targetEnum = enumType.replace('\\\\', '\\');
const setType = "set('a','b','ICD9.Required','ü')";

const carried: readonly (readonly [source: string, target: string, cells: cells.Cells, fast?: PairCase['fast']])[] = [
  ['tinyint', 'smallint', cells.integer(-128n, 127n)],
  ['smallint', 'smallint', cells.integer(-32768n, 32767n)],
  ['smallint', 'integer', cells.integer(-32768n, 32767n)],
  ['int', 'integer', cells.integer(-(2n ** 31n), 2n ** 31n - 1n)],
  ['int', 'bigint', cells.integer(-(2n ** 31n), 2n ** 31n - 1n)],
  ['int unsigned', 'bigint', cells.integer(0n, 2n ** 32n - 1n)],
  ['bigint', 'bigint', cells.integer(1n - 2n ** 63n, 2n ** 63n - 1n)],
  ['bigint unsigned', 'numeric(20,0)', cells.integer(0n, 2n ** 64n - 1n)],
  ['bigint unsigned', 'numeric', cells.integer(0n, 2n ** 64n - 1n)],
  ['int', 'numeric(12,2)', cells.integer(-(2n ** 31n), 2n ** 31n - 1n)],
  ['int zerofill', 'bigint', cells.padded, 'neither'],
  ['year', 'smallint', cells.year, 'neither'],
  ['decimal(18,2)', 'numeric(18,2)', cells.decimal(18, 2)],
  ['decimal(18,2)', 'numeric(20,4)', cells.decimal(18, 2)],
  ['decimal(65,30)', 'numeric(65,30)', cells.decimal(65, 30)],
  ['decimal(10,0)', 'numeric', cells.decimal(10, 0)],
  ['decimal(8,5)', 'numeric', cells.decimal(8, 5)],
  ['double', 'double precision', cells.double],
  ['float', 'real', cells.float],
  ['float', 'double precision', cells.float, 'json-line'],
  ['date', 'date', cells.date],
  ['date', 'text', cells.date],
  ['time', 'time', cells.time(0)],
  ['time(6)', 'time', cells.time(6)],
  ['time(3)', 'time(3)', cells.time(3)],
  ['time', 'text', cells.time(0)],
  ['datetime', 'timestamp', cells.timestamp(0)],
  ['datetime(6)', 'timestamp', cells.timestamp(6)],
  ['datetime(3)', 'timestamp(3)', cells.timestamp(3)],
  ['datetime(6)', 'text', cells.timestamp(6)],
  ['timestamp', 'timestamptz', cells.timestamp(0)],
  ['timestamp(6)', 'timestamptz', cells.timestamp(6)],
  ['timestamp(6)', 'text', cells.timestamp(6)],
  ['varchar(50)', 'varchar(50)', cells.text(50)],
  ['varchar(50)', 'text', cells.text(50)],
  ['char(2)', 'varchar(2)', cells.text(2)],
  ['char(2)', 'char(2)', cells.text(2), 'json-line'],
  ['longtext', 'text', cells.text(400)],
  ['longtext', 'citext', cells.text(400)],
  [enumType, 'text', cells.label],
  [enumType, 'varchar(20)', cells.label],
  [enumType, targetEnum, cells.label],
  [setType, 'text[]', cells.members],
  ['json', 'json', cells.json],
  ['json', 'jsonb', cells.json],
  ['json', 'text', cells.json],
  ['uuid', 'uuid', cells.uuid],
  ['uuid', 'text', cells.uuid],
  ['blob', 'bytea', cells.bytes, 'copy-binary'],
  ['bit(1)', 'bit(1)', cells.bits(1)],
  ['bit(12)', 'varbit', cells.bits(12)],
  ['bit(64)', 'text', cells.bits(64)],
];

const sentinels = ['1900-01-01', '9999-12-31', 'never'];
const someKeys = ['0', '-1', '4611686018427387904', 'nothing'];

/** All pairs that have a kernel, and some that have none. */
export const pairs: readonly PairCase[] = [
  ...carried.map(([source, target, cell, fast = 'both']) => ({ rule: carry, source, target, cells: cell, fast })),
  ...[
    'varchar(50)',
    'longtext',
    enumType,
    'int',
    'decimal(18,2)',
    'double',
    'date',
    'datetime(6)',
    'uuid',
    'json',
  ].flatMap((source): PairCase[] => [
    { rule: text, source, target: 'text', cells: cells.ofType(source), fast: 'both' },
    { rule: optionalText, source, target: 'text', cells: cells.ofType(source), fast: 'both' },
  ]),
  { rule: bool, source: 'tinyint(1)', target: 'boolean', cells: cells.flag, fast: 'both' },
  { rule: bool, source: 'int', target: 'boolean', cells: cells.flag, fast: 'both' },
  { rule: bool, source: 'bit(1)', target: 'boolean', cells: cells.bits(1), fast: 'both' },
  { rule: bool, source: 'bit(9)', target: 'boolean', cells: cells.bits(9), fast: 'both' },
  ...['double', 'float', 'decimal(18,2)', 'int'].flatMap((source): PairCase[] =>
    ['numeric(18,2)', 'numeric(18,4)', 'numeric(9,0)', 'numeric'].map((target) => ({
      rule: amount,
      source,
      target,
      cells: cells.clean(source, target),
      fast: 'both',
    })),
  ),
  ...[
    ['date', 'date'],
    ['datetime(6)', 'timestamp'],
    ['timestamp', 'timestamptz'],
    ['date', 'text'],
  ].flatMap(([source = '', target = '']): PairCase[] => [
    { rule: date, source, target, cells: cells.ofType(source), fast: 'both' },
    { rule: (c) => date(c, { sentinels }), source, target, cells: cells.ofType(source), fast: 'both' },
  ]),
  ...['text', 'varchar(20)', targetEnum].map(
    (target): PairCase => ({
      rule: label,
      source: enumType,
      target,
      cells: cells.label,
      fast: 'both',
    }),
  ),
  { rule: members, source: setType, target: 'text[]', cells: cells.members, fast: 'both' },
  { rule: members, source: setType, target: 'varchar(20)[]', cells: cells.members, fast: 'both' },
  ...['int', 'bigint', 'bigint unsigned'].flatMap((source): PairCase[] => [
    { rule: id, source, target: 'uuid', cells: cells.key, fast: 'both' },
    { rule: (c) => ref('integer', c, { orphan: 'null' }), source, target: 'uuid', cells: cells.key, fast: 'both' },
    {
      rule: (c) => ref('integer', c, { none: someKeys, orphan: 'null' }),
      source,
      target: 'uuid',
      cells: cells.key,
      fast: 'both',
    },
  ]),
  { rule: (c) => id(c, 'text'), source: 'varchar(50)', target: 'uuid', cells: cells.text(50), fast: 'neither' },
  {
    rule: (c) => ref('text', c, { none: ['', 'NONE'], orphan: 'null' }),
    source: 'varchar(50)',
    target: 'uuid',
    cells: cells.text(10),
    fast: 'both',
  },
  { rule: (c) => ref('text', c, { orphan: 'null' }), source: 'int', target: 'uuid', cells: cells.key, fast: 'both' },
];
