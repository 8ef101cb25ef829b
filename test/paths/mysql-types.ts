import mysql2 from 'mysql2';
import type { Rule } from '../../core/mapping/mapping.ts';
import { amount, bool, carry, date, label, members, optionalText, ref, text } from '../../core/mapping/rules.ts';
import { awkwardTexts } from '../connectors/postgres/awkward.ts';
import { isMariadb } from '../support/server-versions.ts';
import {
  cents,
  clocks,
  dates,
  decimals,
  doubles,
  floats,
  type Generate,
  hex,
  hexUpTo,
  integers,
  moments,
  oneOf,
  texts,
  uuids,
} from './generated.ts';

/** A column of one of MySQL's types, and its target columns. */
export interface MysqlColumn {
  readonly ddl: string;
  /** The type in the contract, if the DDL has more than the type. */
  readonly native?: string;
  /** Literals of values that every rule keeps unchanged. */
  readonly plain: Generate;
  /** Literals of values that a rule or the target changes or refuses. */
  readonly odd?: readonly string[];
  /** The target columns that read it. */
  readonly to: readonly (readonly [rule: (column: string) => Rule, type: string])[];
}

const quoted =
  (generate: Generate): Generate =>
  (random) =>
    mysql2.escape(generate(random));
const inHex =
  (generate: Generate): Generate =>
  (random) =>
    `x'${generate(random)}'`;

const labels = ["it's", 'a,b', 'back\\slash', 'É', 'NULL'];
const enumType = `enum(${labels.map((each) => `'${each.replaceAll("'", "''")}'`).join(',')})`;
/** MySQL doubles a backslash, PostgreSQL does not. */
const enumDdl = enumType.replaceAll('\\', '\\\\');
const sentinels = ['1900-01-01', '9999-12-31'];
const zeroDates = ["'0000-00-00'", "'2020-00-15'", "'2020-05-00'", "'1900-01-01'"];
const withNul = ["'a\\0b'", "'\\0'"];
/** Lone surrogates in CESU-8. The server accepts them as UTF-8. */
const surrogates = ["x'61eda08062'", "x'edbfbf'"];

const integer = (ddl: string, min: bigint, max: bigint, type: string, native = ddl): MysqlColumn => ({
  ...{ ddl, native, plain: integers(min, max) },
  to: [
    [carry, type],
    [text, 'text'],
  ],
});
const string = (ddl: string, characters: number, ...to: MysqlColumn['to']): MysqlColumn => ({
  ...{ ddl, plain: quoted(texts(awkwardTexts, characters)), odd: [...withNul, ...surrogates], to },
});
const blob = (ddl: string, plain: Generate): MysqlColumn => ({ ddl, plain, to: [[carry, 'bytea']] });

const ofMariadb: readonly MysqlColumn[] = [
  {
    ddl: 'json',
    native: 'longtext',
    plain: oneOf('\'{"a": 1.10}\'', "'null'", "'[]'", '\'"\\\\u0000"\'', "'[1e400]'"),
    to: [[text, 'text']],
  },
  {
    ddl: 'uuid',
    plain: quoted(uuids),
    to: [
      [carry, 'uuid'],
      [carry, 'text'],
    ],
  },
  { ddl: 'inet6', plain: oneOf("'::1'", "'2001:db8::ff00:42:8329'"), to: [[text, 'text']] },
];

const ofMysql: readonly MysqlColumn[] = [
  {
    ddl: 'json',
    plain: oneOf('\'{"b": 1.10, "a": [true]}\'', "'null'", "'[]'", '\'"\\\\u0000"\'', "'[1e300]'"),
    to: [[carry, 'json']],
  },
];

/** Every type that the connector knows, and every rule except those of the row's id. */
export const mysqlTypes: readonly MysqlColumn[] = [
  {
    ddl: 'tinyint(1)',
    plain: oneOf('0', '1'),
    odd: ['2', '-1', '-128', '127'],
    to: [
      [bool, 'boolean'],
      [carry, 'smallint'],
    ],
  },
  integer('tinyint', -128n, 127n, 'smallint'),
  integer('tinyint unsigned', 0n, 255n, 'smallint'),
  integer('smallint', -(2n ** 15n), 2n ** 15n - 1n, 'smallint'),
  integer('smallint unsigned', 0n, 2n ** 16n - 1n, 'integer'),
  integer('mediumint', -(2n ** 23n), 2n ** 23n - 1n, 'integer'),
  integer('mediumint unsigned', 0n, 2n ** 24n - 1n, 'bigint'),
  integer('int', -(2n ** 31n), 2n ** 31n - 1n, 'numeric(12,2)'),
  integer('int unsigned', 0n, 2n ** 32n - 1n, 'bigint'),
  integer('int(8) zerofill', 0n, 2n ** 32n - 1n, 'bigint', 'int unsigned zerofill'),
  integer('bigint', -(2n ** 63n), 2n ** 63n - 1n, 'bigint'),
  integer('bigint unsigned', 0n, 2n ** 64n - 1n, 'numeric(20,0)'),
  { ddl: 'year', plain: integers(1901n, 2155n), odd: ['0'], to: [[carry, 'smallint']] },
  {
    ddl: 'decimal(18,2)',
    plain: decimals(17, 2),
    odd: ['9999999999999999.99'],
    to: [
      [carry, 'numeric(18,2)'],
      [amount, 'numeric(17,2)'],
    ],
  },
  {
    ddl: 'decimal(65,30)',
    plain: decimals(65, 30),
    to: [
      [carry, 'numeric(65,30)'],
      [carry, 'numeric'],
    ],
  },
  {
    ddl: 'decimal(10,0)',
    plain: decimals(10, 0),
    to: [
      [carry, 'numeric(12,2)'],
      [amount, 'numeric(18,2)'],
    ],
  },
  {
    ddl: 'double',
    plain: doubles,
    to: [
      [carry, 'double precision'],
      [text, 'text'],
    ],
  },
  {
    ddl: 'double',
    plain: cents,
    odd: ['10.005', '0.30000000000000004', '1e20', '-0e0', '1e-7', '-0.001'],
    to: [[amount, 'numeric(18,2)']],
  },
  { ddl: 'double(20,2)', plain: cents, to: [[carry, 'double precision']] },
  {
    ddl: 'float',
    plain: floats,
    to: [
      [carry, 'real'],
      [carry, 'double precision'],
      [text, 'text'],
    ],
  },
  {
    ddl: 'bit(1)',
    plain: oneOf("b'0'", "b'1'"),
    to: [
      [bool, 'boolean'],
      [carry, 'bit(1)'],
    ],
  },
  {
    ddl: 'bit(10)',
    plain: integers(0n, 1023n),
    to: [
      [carry, 'bit varying(10)'],
      [carry, 'text'],
    ],
  },
  {
    ddl: 'bit(64)',
    plain: inHex(hex(8)),
    to: [
      [bool, 'boolean'],
      [carry, 'bit(64)'],
    ],
  },
  string('char(5)', 5, [text, 'text'], [optionalText, 'varchar(5)']),
  string('varchar(50)', 50, [text, 'text'], [optionalText, 'text'], [carry, 'varchar(50)']),
  {
    ddl: 'varchar(20) character set latin1',
    native: 'varchar(20)',
    plain: inHex(hexUpTo(20)),
    odd: ["x'8000'"],
    to: [
      [text, 'varchar(20)'],
      [optionalText, 'text'],
    ],
  },
  {
    ddl: 'varchar(20) character set ucs2',
    native: 'varchar(20)',
    plain: quoted(texts(awkwardTexts, 20)),
    odd: ["x'd800'", "x'0000'"],
    to: [[text, 'text']],
  },
  string('tinytext', 60, [text, 'text']),
  string('text', 300, [text, 'text'], [optionalText, 'text']),
  string('mediumtext', 40, [carry, 'text']),
  string('longtext', 40, [text, 'text']),
  blob('binary(3)', inHex(hexUpTo(3))),
  blob('varbinary(50)', inHex(hexUpTo(50))),
  blob('tinyblob', inHex(hexUpTo(50))),
  blob('blob', inHex(hexUpTo(300))),
  blob('mediumblob', inHex(hexUpTo(50))),
  blob('longblob', inHex(hexUpTo(50))),
  blob('point', oneOf('point(1, 2)', 'point(-0e0, 1e308)')),
  {
    ddl: enumDdl,
    plain: integers(1n, BigInt(labels.length)),
    odd: ["'no such label'"],
    to: [
      [label, 'text'],
      [carry, 'text'],
      [optionalText, 'text'],
      [carry, enumType],
    ],
  },
  {
    ddl: "set('MIR.ORDER','b','c d')",
    plain: integers(0n, 7n),
    to: [
      [members, 'text[]'],
      [carry, 'text[]'],
    ],
  },
  {
    ddl: 'date',
    plain: quoted(dates()),
    odd: [...zeroDates, "'9999-12-31'"],
    to: [
      [date, 'date'],
      [carry, 'text'],
      [(c) => date(c, { sentinels }), 'date'],
    ],
  },
  { ddl: 'time', plain: quoted(clocks(0)), odd: ["'838:59:59'", "'-838:59:59'"], to: [[carry, 'text']] },
  {
    ddl: 'time(6)',
    plain: quoted(clocks(6)),
    odd: ["'838:59:59'", "'-00:00:00.5'", "'24:00:00'"],
    to: [
      [carry, 'time'],
      [carry, 'text'],
    ],
  },
  {
    ddl: 'datetime',
    plain: quoted(moments(dates(), clocks(0))),
    odd: zeroDates,
    to: [
      [date, 'timestamp'],
      [carry, 'text'],
    ],
  },
  { ddl: 'datetime(3)', plain: quoted(moments(dates(), clocks(3))), odd: zeroDates, to: [[carry, 'timestamp(3)']] },
  {
    ddl: 'datetime(6)',
    plain: quoted(moments(dates(), clocks(6))),
    odd: zeroDates,
    to: [
      [(c) => date(c, { sentinels }), 'timestamp'],
      [text, 'text'],
    ],
  },
  {
    ddl: 'timestamp null',
    native: 'timestamp',
    plain: quoted(moments(dates(1971, 2037), clocks(0))),
    odd: ["'0000-00-00'"],
    to: [
      [date, 'timestamptz'],
      [carry, 'text'],
    ],
  },
  {
    ddl: 'timestamp(6) null',
    native: 'timestamp(6)',
    plain: quoted(moments(dates(1971, 2037), clocks(6))),
    odd: ["'0000-00-00'"],
    to: [
      [date, 'timestamptz'],
      [carry, 'timestamptz'],
    ],
  },
  ...(isMariadb ? ofMariadb : ofMysql),
  {
    ddl: 'int',
    plain: integers(0n, 100n),
    odd: ['101', '-1'],
    to: [[(c) => ref('parents', c, { none: ['0'], orphan: 'null' }), 'uuid']],
  },
  {
    ddl: 'varchar(10)',
    plain: oneOf("''", "'c1'", "'C2 '", "'é3'"),
    odd: ["'nobody'"],
    to: [[(c) => ref('codes', c, { none: [''], orphan: 'null' }), 'uuid']],
  },
];
