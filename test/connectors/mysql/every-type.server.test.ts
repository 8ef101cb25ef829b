import { expect, test } from 'vitest';
import { parseMysqlType } from '../../../connectors/mysql/types.ts';
import { pgFloat32Text, pgFloat64Text } from '../../../core/mapping/convert/float-text.ts';
import type { CellForm } from '../../../core/model/cells.ts';
import type { Kind } from '../../../core/model/schema.ts';
import type { Value } from '../../../core/model/value.ts';
import { isMariadb } from '../../support/server-versions.ts';
import { cellsOf, database, rowsOf, source, tableOf, valuesOf } from './database.ts';

/** One column of each type: its native name in waybill, and SQL literals with the values that they must become. */
interface TypeCase {
  readonly ddl: string;
  readonly native: string;
  readonly kind: Kind;
  readonly values: readonly (readonly [string, Value])[];
}

const bytes = (...values: number[]) => Buffer.from(values);

const ofMariadb: readonly TypeCase[] = [
  {
    ddl: 'json',
    native: 'longtext',
    kind: 'text',
    values: [
      ['\'{"a": 1.10}\'', '{"a": 1.10}'],
      ["'null'", 'null'],
    ],
  },
  {
    ddl: 'uuid',
    native: 'uuid',
    kind: 'uuid',
    values: [["'AAAAAAAA-0000-0000-0000-00000000000B'", 'aaaaaaaa-0000-0000-0000-00000000000b']],
  },
  { ddl: 'inet6', native: 'inet6', kind: 'text', values: [["'::1'", '::1']] },
];

/** MySQL keeps JSON in a form of its own: a number is a double. */
const ofMysql: readonly TypeCase[] = [
  {
    ddl: 'json',
    native: 'json',
    kind: 'json',
    values: [
      ['\'{"b":1.10,"aa":[]}\'', '{"b": 1.1, "aa": []}'],
      ["'null'", 'null'],
    ],
  },
];

const cases: readonly TypeCase[] = [
  {
    ddl: 'tinyint',
    native: 'tinyint',
    kind: 'int16',
    values: [
      ['-128', '-128'],
      ['127', '127'],
    ],
  },
  {
    ddl: 'tinyint(1)',
    native: 'tinyint(1)',
    kind: 'int16',
    values: [
      ['2', '2'],
      ['-1', '-1'],
      ['0', '0'],
    ],
  },
  { ddl: 'tinyint unsigned', native: 'tinyint unsigned', kind: 'int16', values: [['255', '255']] },
  {
    ddl: 'smallint',
    native: 'smallint',
    kind: 'int16',
    values: [
      ['-32768', '-32768'],
      ['32767', '32767'],
    ],
  },
  { ddl: 'smallint unsigned', native: 'smallint unsigned', kind: 'int32', values: [['65535', '65535']] },
  { ddl: 'mediumint', native: 'mediumint', kind: 'int32', values: [['-8388608', '-8388608']] },
  { ddl: 'mediumint unsigned', native: 'mediumint unsigned', kind: 'int32', values: [['16777215', '16777215']] },
  {
    ddl: 'int',
    native: 'int',
    kind: 'int32',
    values: [
      ['-2147483648', '-2147483648'],
      ['2147483647', '2147483647'],
    ],
  },
  { ddl: 'int unsigned', native: 'int unsigned', kind: 'int64', values: [['4294967295', '4294967295']] },
  {
    ddl: 'int(8) zerofill',
    native: 'int unsigned zerofill',
    kind: 'int64',
    values: [
      ['42', '42'],
      ['0', '0'],
    ],
  },
  {
    ddl: 'bigint',
    native: 'bigint',
    kind: 'int64',
    values: [
      ['-9223372036854775808', '-9223372036854775808'],
      ['9223372036854775807', '9223372036854775807'],
      ['9007199254740993', '9007199254740993'],
    ],
  },
  {
    ddl: 'bigint unsigned',
    native: 'bigint unsigned',
    kind: 'uint64',
    values: [['18446744073709551615', '18446744073709551615']],
  },
  {
    ddl: 'decimal(18,2)',
    native: 'decimal(18,2)',
    kind: 'decimal',
    values: [
      ['-1.10', '-1.10'],
      ['0', '0.00'],
    ],
  },
  {
    ddl: 'decimal(65,30)',
    native: 'decimal(65,30)',
    kind: 'decimal',
    values: [
      [
        '12345678901234567890123456789012345.123456789012345678901234567891',
        '12345678901234567890123456789012345.123456789012345678901234567891',
      ],
    ],
  },
  {
    ddl: 'double',
    native: 'double',
    kind: 'float64',
    values: [
      ['0.1', '0.1'],
      ['1e308', '1e+308'],
      ['5e-324', '5e-324'],
      ['1e-7', '1e-07'],
      ['123456789012345680', '1.2345678901234568e+17'],
      ['1e20', '1e+20'],
      ['1.7976931348623157e308', '1.7976931348623157e+308'],
      ['2.2250738585072014e-308', '2.2250738585072014e-308'],
      ['0.30000000000000004', '0.30000000000000004'],
      ['-0.0001', '-0.0001'],
      ['1e15', '1e+15'],
      ['100', '100'],
    ],
  },
  {
    ddl: 'double(20,2)',
    native: 'double(20,2)',
    kind: 'float64',
    values: [
      ['1.5', '1.5'],
      ['-1e6', '-1000000'],
    ],
  },
  {
    ddl: 'float',
    native: 'float',
    kind: 'float32',
    values: [
      ['0.1', '0.1'],
      ['16777216', '1.6777216e+07'],
      ['123456.7', '123456.7'],
      ['3.4028234663852886e38', '3.4028235e+38'],
      ['1e-45', '1e-45'],
    ],
  },
  {
    ddl: 'bit(1)',
    native: 'bit(1)',
    kind: 'bits',
    values: [
      ["b'1'", '1'],
      ["b'0'", '0'],
    ],
  },
  { ddl: 'bit(10)', native: 'bit(10)', kind: 'bits', values: [["b'101'", '0000000101']] },
  { ddl: 'bit(64)', native: 'bit(64)', kind: 'bits', values: [["x'ffffffffffffffff'", '1'.repeat(64)]] },
  {
    ddl: 'char(5)',
    native: 'char(5)',
    kind: 'text',
    values: [
      ["'a  '", 'a'],
      ["''", ''],
      ["'NULL'", 'NULL'],
      [String.raw`'\\N'`, String.raw`\N`],
    ],
  },
  {
    ddl: 'varchar(50)',
    native: 'varchar(50)',
    kind: 'text',
    values: [
      ["'tab\\tnewline\\nreturn\\rnull\\0 trailing  '", 'tab\tnewline\nreturn\rnull\0 trailing  '],
      ["'🎉 é e\u0301 \u2028 \ufeff'", '🎉 é e\u0301 \u2028 \ufeff'],
    ],
  },
  {
    ddl: 'varchar(20) character set latin1 collate latin1_general_ci',
    native: 'varchar(20)',
    kind: 'text',
    values: [["x'80818d8f909d9ffe'", '€\u0081\u008d\u008f\u0090\u009dŸþ']],
  },
  { ddl: 'tinytext', native: 'tinytext', kind: 'text', values: [["'t'", 't']] },
  {
    ddl: 'text',
    native: 'text',
    kind: 'text',
    values: [
      ["''", ''],
      [String.raw`'end\\'`, 'end\\'],
    ],
  },
  { ddl: 'mediumtext', native: 'mediumtext', kind: 'text', values: [["'m'", 'm']] },
  { ddl: 'longtext', native: 'longtext', kind: 'text', values: [["'l'", 'l']] },
  { ddl: 'binary(3)', native: 'binary(3)', kind: 'bytes', values: [["x'01'", bytes(1, 0, 0)]] },
  {
    ddl: 'varbinary(9)',
    native: 'varbinary(9)',
    kind: 'bytes',
    values: [
      ["x'00ff5c'", bytes(0, 255, 92)],
      ["''", bytes()],
    ],
  },
  { ddl: 'blob', native: 'blob', kind: 'bytes', values: [["x'fffe'", bytes(255, 254)]] },
  {
    ddl: "enum('it''s','a,b','back\\\\slash','line\\nend','spa ce','É')",
    native: "enum('it''s','a,b','back\\\\slash','line\\nend','spa ce','É')",
    kind: 'enum',
    values: [
      ["'it''s'", "it's"],
      ['2', 'a,b'],
      ['3', 'back\\slash'],
      ['4', 'line\nend'],
      ['6', 'É'],
      ["'none'", ''],
    ],
  },
  {
    ddl: "set('MIR.ORDER','b','c d')",
    native: "set('MIR.ORDER','b','c d')",
    kind: 'set',
    values: [
      ["''", []],
      ["'c d,MIR.ORDER'", ['MIR.ORDER', 'c d']],
      ['7', ['MIR.ORDER', 'b', 'c d']],
    ],
  },
  {
    ddl: 'date',
    native: 'date',
    kind: 'date',
    values: [
      ["'0000-00-00'", '0000-00-00'],
      ["'2020-00-15'", '2020-00-15'],
      ["'0009-12-04'", '0009-12-04'],
      ["'1582-10-10'", '1582-10-10'],
      ["'9999-12-31'", '9999-12-31'],
    ],
  },
  {
    ddl: 'time',
    native: 'time',
    kind: 'time',
    values: [
      ["'838:59:59'", '838:59:59'],
      ["'-838:59:59'", '-838:59:59'],
      ["'00:00:00'", '00:00:00'],
    ],
  },
  {
    ddl: 'time(6)',
    native: 'time(6)',
    kind: 'time',
    values: [
      ["'-00:00:00.5'", '-00:00:00.5'],
      ["'10:00:00'", '10:00:00'],
      ["'10:20:30.000001'", '10:20:30.000001'],
    ],
  },
  {
    ddl: 'datetime',
    native: 'datetime',
    kind: 'timestamp',
    values: [
      ["'0000-00-00'", '0000-00-00 00:00:00'],
      ["'2020-01-01 10:20:30'", '2020-01-01 10:20:30'],
    ],
  },
  {
    ddl: 'datetime(6)',
    native: 'datetime(6)',
    kind: 'timestamp',
    values: [
      ["'9999-12-31 23:59:59.999999'", '9999-12-31 23:59:59.999999'],
      ["'2020-01-01 10:00:00.5'", '2020-01-01 10:00:00.5'],
      ["'2020-01-01 10:20:00'", '2020-01-01 10:20:00'],
    ],
  },
  {
    ddl: 'timestamp null',
    native: 'timestamp',
    kind: 'timestamptz',
    values: [
      ["'0000-00-00'", '0000-00-00 00:00:00+00'],
      ["'2020-03-29 01:30:00'", '2020-03-29 01:30:00+00'],
    ],
  },
  {
    ddl: 'timestamp(3) null',
    native: 'timestamp(3)',
    kind: 'timestamptz',
    values: [["'2038-01-19 03:14:07.990'", '2038-01-19 03:14:07.99+00']],
  },
  {
    ddl: 'year',
    native: 'year',
    kind: 'int16',
    values: [
      ['2155', '2155'],
      ['0', '0'],
    ],
  },
  ...(isMariadb ? ofMariadb : ofMysql),
  {
    ddl: 'point',
    native: 'point',
    kind: 'bytes',
    values: [['point(1, 2)', Buffer.from('000000000101000000000000000000f03f0000000000000040', 'hex')]],
  },
];

test.each(cases)('$ddl is read exactly', async ({ ddl, native, kind, values }) => {
  const inserts = values.map(([literal], i) => `insert into t values (${i}, ${literal})`);
  const url = await database(
    `create table t (id int primary key, v ${ddl})`,
    ...inserts,
    `insert into t values (${values.length}, null)`,
  );
  const from = await source(url);
  const [, column] = (await tableOf(from, 't')).columns;
  expect(column?.type).toMatchObject({ native, kind });
  expect(parseMysqlType(native)).toEqual(column?.type);
  const read = (await rowsOf(from, 't')).map(([, value]) => value);
  expect(read).toEqual([...values.map(([, value]) => value), null]);
});

/** Decodes cells by their form alone, as a consumer may that does not use `value`. */
function byForm(form: CellForm, kind: Kind, cell: Buffer, width = 0): unknown {
  if (form === 'comma-list') return cell.length === 0 ? [] : cell.toString().split(',');
  if (form === 'raw')
    return kind === 'bytes'
      ? cell
      : BigInt(`0x${cell.toString('hex')}`)
          .toString(2)
          .padStart(width, '0');
  const text = cell.toString();
  if (kind === 'float32') return pgFloat32Text(Number(text));
  if (kind === 'float64') return pgFloat64Text(Number(text));
  if (kind === 'timestamptz') return `${text.replace(/\.?0+$/, (zeros) => (text.includes('.') ? '' : zeros))}+00`;
  return text.includes('.') && (kind === 'time' || kind === 'timestamp') ? text.replace(/\.?0+$/, '') : text;
}

test.each(cases)(
  "$ddl read as cells gives the same, with and without the source's `value`",
  async ({ ddl, kind, values }) => {
    const rows = values.map(([literal], i) => `(${i}, ${literal})`).join(', ');
    const url = await database(
      `create table t (id int primary key, v ${ddl})`,
      `insert into t values ${rows}, (${values.length}, null)`,
    );
    const from = await source(url);
    const table = await tableOf(from, 't');
    const wanted = [...values.map(([, value]) => value), null];
    expect((await valuesOf(cellsOf(from, table))).map(([, value]) => value)).toEqual(wanted);
    const { forms, batches } = cellsOf(from, table);
    const [, form = 'opaque'] = forms;
    expect(form === 'opaque').toBe(ddl === 'year' || ddl.endsWith('zerofill'));
    const found: unknown[] = [];
    for await (const { rows: count, bytes, bounds } of batches) {
      for (let row = 0; row < count; row++) {
        const [start = 0, end = 0] = bounds.subarray(row * 4 + 2);
        const cell = Buffer.from(bytes.subarray(start, end));
        found.push(start === -1 && end === -1 ? null : byForm(form, kind, cell, table.columns[1]?.type.length));
      }
    }
    if (form !== 'opaque') expect(found).toEqual(wanted);
  },
);

test('one row with every type is read in one piece', async () => {
  const columns = cases.map(({ ddl }, i) => `c${i} ${ddl}`).join(', ');
  const literals = cases.map(({ values }) => values[0]?.[0]).join(', ');
  const url = await database(
    `create table t (id int primary key, ${columns})`,
    `insert into t values (1, ${literals})`,
  );
  const from = await source(url);
  const [row] = await rowsOf(from, 't');
  expect(await valuesOf(cellsOf(from, await tableOf(from, 't')))).toEqual([row]);
  expect(row).toEqual(['1', ...cases.map(({ values }) => values[0]?.[1])]);
});

test.runIf(isMariadb)(
  'invalid UTF-8 that the server accepts is distinguished from U+FFFD, and is not accepted as text',
  async () => {
    const url = await database(
      'create table t (id int primary key, a varchar(20) character set utf8mb4, b varchar(20) character set ucs2)',
      "insert into t values (1, x'61eda08062', x'0061d83cdf89'), (2, x'efbfbd', x'fffd'), (3, 'é🎉', x'd800')",
    );
    expect(await rowsOf(await source(url), 't')).toEqual([
      ['1', 'a\ud800b', 'a🎉'],
      ['2', '\ufffd', '\ufffd'],
      ['3', 'é🎉', '\ud800'],
    ]);
  },
);
