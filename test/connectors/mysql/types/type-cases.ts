import { isMariadb } from '../../../support/server-versions.ts';
import { numberCases, type TypeCase } from './number-cases.ts';

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

export const typeCases: readonly TypeCase[] = [
  ...numberCases,
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
