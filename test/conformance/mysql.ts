import mysql2 from 'mysql2';
import type { Value } from '../../core/model/value.ts';
import { canary, type Harness, type Place, type WrongUrl } from '../../testing/harness.ts';
import { expectedTable, plainDdl, plainInserts } from '../../testing/tables.ts';
import { databaseOf, sql } from '../connectors/mysql/database.ts';
import { createMysqlDatabase } from '../support/databases.ts';

const everyType = expectedTable(
  'every_type',
  ['id'],
  [
    ['id', 'int64'],
    ['c_flag', 'int16', true],
    ['c_tinyint', 'int16', true],
    ['c_smallint', 'int16', true],
    ['c_mediumint', 'int32', true],
    ['c_int', 'int32', true],
    ['c_int_unsigned', 'int64', true],
    ['c_bigint', 'int64', true],
    ['c_bigint_unsigned', 'uint64', true],
    ['c_decimal', 'decimal', true],
    ['c_float', 'float32', true],
    ['c_double', 'float64', true],
    ['c_bit', 'bits', true],
    ['c_bits', 'bits', true],
    ['c_char', 'text', true],
    ['c_varchar', 'text', true],
    ['c_latin1', 'text', true],
    ['c_text', 'text', true],
    ['c_enum', 'enum', true],
    ['c_set', 'set', true],
    ['c_binary', 'bytes', true],
    ['c_blob', 'bytes', true],
    ['c_date', 'date', true],
    ['c_time', 'time', true],
    ['c_datetime', 'timestamp', true],
    ['c_timestamp', 'timestamptz', true],
    ['c_year', 'int16', true],
  ],
  [
    ['1', ...new Array<Value>(26).fill(null)],
    [
      ...['2', '0', '0', '0', '0', '0', '0', '0', '0', '0.0000', '0', '0', '0', '0'.repeat(64), '', '', '', '', '', []],
      ...[Buffer.from([0, 0]), Buffer.from([]), '0000-00-00', '00:00:00', '0000-00-00 00:00:00'],
      ...['0000-00-00 00:00:00+00', '0'],
    ],
    [
      ...['3', '-1', '-128', '-32768', '-8388608', '-2147483648', '1', '-9223372036854775808', '1'],
      ...[
        '-9999999999999999.9999',
        '-3.4028235e+38',
        '5e-324',
        '1',
        '1'.padStart(64, '0'),
        '\\N',
        '\b\n\r\t\u0000\\N\\.\\',
      ],
      ...['€\u0081ÿ', 'NULL', "it's", ['MIR.ORDER'], Buffer.from([1, 0]), Buffer.from([0, 255, 92]), '2020-00-15'],
      ...['-838:59:59', '0009-12-04 00:00:00', '1970-01-01 00:00:01+00', '1901'],
    ],
    [
      ...['18446744073709551', '2', '127', '32767', '8388607', '2147483647', '4294967295', '9223372036854775807'],
      ...[
        '18446744073709551615',
        '9999999999999999.9999',
        '1e+06',
        '1e+308',
        '1',
        '1'.repeat(64),
        '€',
        '😀 e\u0301 \u2028 \ufeff  ',
      ],
      ...[
        'Ÿ',
        'ends in  ',
        'a,b \\',
        ['MIR.ORDER', 'b', 'c d'],
        Buffer.from([255, 254]),
        Buffer.from([10]),
        '9999-12-31',
      ],
      ...['838:59:59', '9999-12-31 23:59:59.999999', '2038-01-19 03:14:07.5+00', '2155'],
    ],
  ],
);

const everyTypeDdl = `create table every_type (
  id bigint not null primary key, c_flag tinyint(1), c_tinyint tinyint, c_smallint smallint, c_mediumint mediumint,
  c_int int, c_int_unsigned int unsigned, c_bigint bigint, c_bigint_unsigned bigint unsigned, c_decimal decimal(20,4),
  c_float float, c_double double, c_bit bit(1), c_bits bit(64), c_char char(5), c_varchar varchar(50),
  c_latin1 varchar(5) character set latin1, c_text text, c_enum enum('it''s','a,b \\\\'), c_set set('MIR.ORDER','b','c d'),
  c_binary binary(2), c_blob blob, c_date date, c_time time, c_datetime datetime(6), c_timestamp timestamp(3) null,
  c_year year)`;

const everyTypeInserts = [
  'insert into every_type (id) values (1)',
  `insert into every_type values (2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, b'0', b'0', '', '', '', '', 'no such label', '', '', '',
     0, 0, 0, 0, 0)`,
  `insert into every_type values (3, -1, -128, -32768, -8388608, -2147483648, 1, -9223372036854775808, 1,
     -9999999999999999.9999, -3.4028234663852886e38, 5e-324, b'1', b'1', '\\\\N', '\\b\\n\\r\\t\\0\\\\N\\\\.\\\\', x'8081ff', 'NULL',
     'it''s', 'MIR.ORDER', x'01', x'00ff5c', '2020-00-15', '-838:59:59', '0009-12-04', '1970-01-01 00:00:01', 1901)`,
  `insert into every_type values (18446744073709551, 2, 127, 32767, 8388607, 2147483647, 4294967295, 9223372036854775807,
     18446744073709551615, 9999999999999999.9999, 1e6, 1e308, b'1', x'ffffffffffffffff', '€   ', '😀 e\u0301 \u2028 \ufeff  ', 'Ÿ',
     'ends in  ', 2, 7, x'fffe', x'0a', '9999-12-31', '838:59:59', '9999-12-31 23:59:59.999999', '2038-01-19 03:14:07.500', 2155)`,
];

async function createSource(): Promise<Place> {
  const { url, drop } = await createMysqlDatabase();
  await sql(url, 'alter database character set utf8mb4 collate utf8mb4_general_ci');
  await sql(url, ...plainDdl, everyTypeDdl, ...everyTypeInserts, ...plainInserts(mysql2.escape));
  return { url, schema: databaseOf(url), drop };
}

function wrongUrls(place: Place): readonly WrongUrl[] {
  const changed = (parts: Partial<Record<'port' | 'pathname' | 'username', string>>): string => {
    return Object.assign(new URL(place.url), { password: canary, ...parts }).href;
  };
  return [
    { what: 'no URL', url: `mysql://u:${canary}@[`, code: 'configuration' },
    { what: 'a wrong escape', url: `mysql://u:${canary}%zz@localhost/x`, code: 'configuration' },
    { what: 'a parameter that means nothing', url: `${changed({})}?ssl-mode=off`, code: 'configuration' },
    { what: 'nobody listens', url: changed({ port: '1' }), code: 'source-unavailable' },
    { what: 'no such user', url: changed({ username: 'no_such' }), code: 'source-refused-login' },
  ];
}

export const harness: Harness = { everyType, cuts: true, createSource, wrongUrls };
