import type { Kind } from '../../core/model/schema.ts';
import type { Value } from '../../core/model/value.ts';
import type { ExpectedTable, Harness, Place, WrongUrl } from '../../testing/harness.ts';
import { expectedTable, plainDdl, plainInserts } from '../../testing/tables.ts';
import { createDatabase } from '../connectors/sqlite/database.ts';

const everyType = expectedTable(
  'every_type',
  ['id'],
  [
    ['id', 'int64'],
    ['c_int', 'int64', true],
    ['c_flag', 'boolean', true],
    ['c_real', 'float64', true],
    ['c_decimal', 'decimal', true],
    ['c_text', 'text', true],
    ['c_varchar', 'text', true],
    ['c_blob', 'bytes', true],
    ['c_date', 'date', true],
    ['c_time', 'time', true],
    ['c_datetime', 'timestamp', true],
    ['c_zoned', 'timestamptz', true],
    ['c_utc', 'timestamptz', true],
    ['c_seconds', 'timestamptz', true],
    ['c_milliseconds', 'timestamptz', true],
    ['c_julian', 'timestamptz', true],
    ['c_julian_day', 'date', true],
    ['c_json', 'json', true],
    ['c_uuid', 'uuid', true],
    ['c_any', 'text', true],
  ],
  [
    ['1', ...new Array<Value>(19).fill(null)],
    [
      ...['2', '0', false, '0', '0.00', '', '', Buffer.from([]), '0000-00-00', '00:00:00', '0000-00-00 00:00:00'],
      ...['1970-01-01 00:00:00+00', '1970-01-01 00:00:00+00', '1970-01-01 00:00:00+00', '1970-01-01 00:00:00+00'],
      ...['1970-01-01 00:00:00+00', '1970-01-01', 'null', '00000000-0000-0000-0000-000000000000', ''],
    ],
    [
      ...['3', '-9223372036854775808', true, '5e-324', '-123456789012345678.12', '\b\n\r\t\u0000\\N\\.\\', 'it\'s "é"'],
      ...[
        Buffer.from([0, 255, 92]),
        '0001-01-01',
        '23:59:59.5',
        '0009-12-04 00:00:00',
        '2020-03-29 01:30:00.000001+00',
      ],
      ...[
        '2019-12-31 22:00:00+00',
        '1906-08-16 20:26:39.5+00',
        '1920-01-01 23:59:59.999+00',
        '2000-01-01 12:00:00.5+00',
      ],
      ...['1999-12-31', '{"a": 1.00, "a":2}', 'f47ac10b-58cc-4372-a567-0e02b2c3d479', '5.0'],
    ],
    [
      ...['4', '9223372036854775807', false, 'Infinity', '0.10', '😀 e\u0301 \u2028 \ufeff  ', 'NULL'],
      ...[Buffer.from([10]), '9999-12-31', '00:00:00.000001', '9999-12-31 23:59:59.999999'],
      ...['9999-12-31 23:59:59.999999+00', '2020-01-01 00:00:00+00', '2038-01-19 03:14:07+00'],
      ...['2024-02-29 12:00:00.123+00', '2023-02-25 00:00:00+00', '2023-02-25'],
      ...[' [] ', 'ffffffff-ffff-ffff-ffff-ffffffffffff', '9223372036854775807'],
    ],
  ],
);

const everyTypeDdl = `create table every_type (
  id integer primary key, c_int bigint, c_flag boolean, c_real double precision, c_decimal decimal text(20,2), c_text text,
  c_varchar varchar(50), c_blob blob, c_date date, c_time time, c_datetime datetime, c_zoned timestamptz, c_utc datetime,
  c_seconds datetime, c_milliseconds timestamp, c_julian datetime, c_julian_day date, c_json json, c_uuid uuid, c_any)`;

const everyTypeInserts = [
  `insert into every_type values (4, 9223372036854775807, 'False', 9e999, '0.1', '😀 e\u0301 \u2028 \ufeff  ', 'NULL', x'0a',
     '9999-12-31', '00:00:00.000001', '9999-12-31 23:59:59.999999', '9999-12-31T23:59:59.999999Z', '2020-01-01', 2147483647,
     1709208000123, 2460000.5, 2460000.5, ' [] ', 'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF', 9223372036854775807)`,
  `insert into every_type values (3, -9223372036854775808, 1, 5e-324, '-123456789012345678.12',
     char(8, 10, 13, 9, 0) || '\\N\\.\\', 'it''s "é"', x'00ff5c', '0001-01-01', '23:59:59.500', '0009-12-04 00:00',
     '2020-03-29 02:30:00.000001+01:00', '2020-01-01T00:00:00+02:00', -2000000000.5, -1577836800001, 2451545.00000579, 2451543.5,
     '{"a": 1.00, "a":2}', '{f47ac10b-58cc-4372-a567-0e02b2c3d479}', 5.0)`,
  `insert into every_type values (2, 0, 0, 0, '0', '', '', x'', '0000-00-00', '00:00', '0000-00-00 00:00:00',
     '1970-01-01', '1970-01-01', 0, 0, 2440587.5, 2440587.5, 'null', '00000000-0000-0000-0000-000000000000', '')`,
  'insert into every_type (id) values (1)',
];

/** SQLite's integers all have 64 bits. */
function seenAs({ columns, key, unique }: ExpectedTable): Pick<ExpectedTable, 'columns' | 'key' | 'unique'> {
  const wide = (kind: Kind): Kind => (kind === 'int32' ? 'int64' : kind);
  return { columns: columns.map((column) => ({ ...column, kind: wide(column.kind) })), key, unique };
}

/** A decimal with more digits than a real is kept as text. */
const ddl = plainDdl.map((statement) => statement.replace('decimal(20,2)', 'decimal text(20,2)'));

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

async function createSource(): Promise<Place> {
  const inserts = plainInserts(quote);
  const { path, drop } = await createDatabase('c01.db', ...ddl, everyTypeDdl, ...everyTypeInserts, ...inserts);
  return { url: `sqlite:${path}`, schema: 'c01', drop };
}

function wrongUrls(place: Place): readonly WrongUrl[] {
  return [
    { what: 'no file', url: 'sqlite:', code: 'configuration' },
    { what: 'a database in memory', url: 'sqlite::memory:', code: 'configuration' },
    { what: 'a file that is not', url: `${place.url}.gone`, code: 'source-unavailable' },
    { what: 'a directory', url: 'sqlite:/tmp', code: 'source-unavailable' },
  ];
}

export const harness: Harness = { everyType, seenAs, cuts: true, createSource, wrongUrls };
