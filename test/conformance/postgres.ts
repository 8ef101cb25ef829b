import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { escapeLiteral } from 'pg';
import type { Value } from '../../core/model/value.ts';
import { canary, type Harness, type Place, type WrongUrl } from '../../testing/harness.ts';
import { expectedTable, plainDdl, plainInserts } from '../../testing/tables.ts';
import { targetDdl } from '../../testing/target-tables.ts';
import { sql } from '../connectors/postgres/database.ts';
import { createPgDatabase } from '../support/databases.ts';

const everyType = expectedTable(
  'every_type',
  ['id'],
  [
    ['id', 'int32'],
    ['c_boolean', 'boolean', true],
    ['c_smallint', 'int16', true],
    ['c_integer', 'int32', true],
    ['c_bigint', 'int64', true],
    ['c_numeric', 'decimal', true],
    ['c_numeric_free', 'decimal', true],
    ['c_real', 'float32', true],
    ['c_double', 'float64', true],
    ['c_text', 'text', true],
    ['c_varchar', 'text', true],
    ['c_char', 'text', true],
    ['c_enum', 'enum', true],
    ['c_texts', 'textArray', true],
    ['c_json', 'json', true],
    ['c_jsonb', 'json', true],
    ['c_bytea', 'bytes', true],
    ['c_bit', 'bits', true],
    ['c_varbit', 'bits', true],
    ['c_date', 'date', true],
    ['c_time', 'time', true],
    ['c_timestamp', 'timestamp', true],
    ['c_timestamptz', 'timestamptz', true],
    ['c_uuid', 'uuid', true],
    ['c_interval', 'interval', true],
    ['c_integers', 'other', true],
  ],
  [
    ['1', ...new Array<Value>(25).fill(null)],
    [
      ...['2', false, '0', '0', '0', '0.0000', '0', '0', '0', '', '', '     ', '', [], 'null', 'null', Buffer.from([])],
      ...['0000', '', '0001-01-01', '00:00:00', '0001-01-01 00:00:00', '1970-01-01 00:00:00+00'],
      ...['00000000-0000-0000-0000-000000000000', 'PT0S', '{}'],
    ],
    [
      ...['3', true, '-32768', '-2147483648', '-9223372036854775808', '-9999999999999999.9999'],
      ...['0.00000000000000000000000000001', '-3.4028235e+38', '5e-324', '\b\f\n\r\t\v\\N\\.\u0001', 'NULL', '\\    '],
      ...['it\'s \\ "q"', ['', null, 'NULL', 'a b', '"', '\\', '{}', ','], '{"a": 1.0,  "a":2}', '{"a": 1.0}'],
      ...[
        Buffer.from([0, 255, 92]),
        '1010',
        '1'.repeat(64),
        '4713-01-01 BC',
        '23:59:59.999999',
        '4713-01-01 00:00:00 BC',
      ],
      ...[
        '4713-01-01 00:00:00.000001+00 BC',
        'f47ac10b-58cc-4372-a567-0e02b2c3d479',
        'P-1Y-2M3DT-4H-5M-6.7S',
        '{1,NULL,-3}',
      ],
    ],
    [
      ...[
        '4',
        true,
        '32767',
        '2147483647',
        '9223372036854775807',
        '9999999999999999.9999',
        'Infinity',
        'NaN',
        'Infinity',
      ],
      ...['😀 e\u0301 \u2028 \ufeff', 'ends in  ', 'abcde', 'a,b', '{{a,b},{c,d}}', '[]', '[]', Buffer.from([255])],
      ...['1111', '0', 'infinity', '24:00:00', '294276-12-31 23:59:59.999999', 'infinity'],
      ...['ffffffff-ffff-ffff-ffff-ffffffffffff', 'P178000000Y', '{{1,2},{3,4}}'],
    ],
    [
      ...['5', null, '1', '1', '1', '0.5000', 'NaN', '0.1', '-0', null, null, null, null, null, null, null, null, null],
      ...[null, '2020-02-29', '00:00:00.5', '1582-10-10 00:00:00', '2020-03-29 01:30:00.000001+00', null, null, null],
    ],
    [
      ...['6', null, null, null, '9007199254740993', null, '-0.50', '1e+06', '1e+15', null, null, null, null, null],
      ...[null, null, null, null, null, '10000-01-01', null, null, '10000-01-01 00:00:00+00', null, null, null],
    ],
  ],
);

const everyTypeDdl = [
  `create type mood as enum ('', 'a,b', 'it''s \\ "q"')`,
  `create table every_type (
     id integer primary key, c_boolean boolean, c_smallint smallint, c_integer integer, c_bigint bigint,
     c_numeric numeric(20,4), c_numeric_free numeric, c_real real, c_double double precision, c_text text,
     c_varchar varchar(10), c_char char(5), c_enum mood, c_texts text[], c_json json, c_jsonb jsonb, c_bytea bytea,
     c_bit bit(4), c_varbit varbit(64), c_date date, c_time time, c_timestamp timestamp, c_timestamptz timestamptz,
     c_uuid uuid, c_interval interval, c_integers integer[])`,
];

/** Values as people write them, where that differs from the canonical form. */
const everyTypeInserts = [
  'insert into every_type (id) values (1)',
  `insert into every_type values (2, false, 0, 0, 0, 0, 0, 0, 0, '', '', '', '', '{}', 'null', 'null', '', b'0000', b'',
     '0001-01-01', '00:00', '0001-01-01', '1970-01-01 01:00:00+01', '00000000-0000-0000-0000-000000000000', '0', '{}')`,
  `insert into every_type values (3, true, -32768, -2147483648, -9223372036854775808, -9999999999999999.9999, 1e-29,
     -3.4028235e38, 5e-324, E'\\b\\f\\n\\r\\t\\v\\\\N\\\\.\\x01', 'NULL', E'\\\\', 'it''s \\ "q"',
     array['', null, 'NULL', 'a b', '"', '\\', '{}', ','], '{"a": 1.0,  "a":2}', '{"b": 0, "a": 1.0}'::jsonb - 'b',
     '\\x00ff5c', b'1010', repeat('1', 64)::varbit, '4713-01-01 BC', '23:59:59.999999', '4713-01-01 00:00:00 BC',
     '4713-01-01 00:00:00.000001+00 BC', 'F47AC10B-58CC-4372-A567-0E02B2C3D479',
     '-1 year -2 months +3 days -04:05:06.7', '{1,NULL,-3}')`,
  `insert into every_type values (4, true, 32767, 2147483647, 9223372036854775807, 9999999999999999.9999, 'Infinity',
     'NaN', 'Infinity', '😀 e\u0301 \u2028 \ufeff', 'ends in  ', 'abcde', 'a,b', '{{a,b},{c,d}}', '[]', '[ ]', '\\xff',
     b'1111', b'0', 'infinity', '24:00:00', '294276-12-31 23:59:59.999999', 'infinity',
     'ffffffff-ffff-ffff-ffff-ffffffffffff', '178000000 years', '{{1,2},{3,4}}')`,
  `insert into every_type (id, c_smallint, c_integer, c_bigint, c_numeric, c_numeric_free, c_real, c_double, c_date, c_time,
     c_timestamp, c_timestamptz)
   values (5, 1, 1, 1, 0.5, 'NaN', 0.1, '-0', '2020-02-29', '00:00:00.500', '1582-10-10', '2020-03-29 03:30:00.000001+02')`,
  `insert into every_type (id, c_bigint, c_numeric_free, c_real, c_double, c_date, c_timestamptz)
   values (6, 9007199254740993, -0.50, 1000000, 1e15, '10000-01-01', '10000-01-01 00:00:00+00')`,
];

async function createSource(): Promise<Place> {
  const { url, drop } = await createPgDatabase();
  for (const statement of [...plainDdl, ...everyTypeDdl, ...everyTypeInserts, ...plainInserts(escapeLiteral)]) {
    await sql(url, statement);
  }
  return { url, schema: 'public', drop };
}

function wrongUrls(place: Place): readonly WrongUrl[] {
  const changed = (parts: Partial<Record<'port' | 'pathname' | 'username', string>>): string => {
    return Object.assign(new URL(place.url), { password: canary, ...parts }).href;
  };
  return [
    { what: 'no URL', url: `postgres://u:${canary}@[`, code: 'configuration' },
    { what: 'a wrong escape', url: `postgres://u:${canary}%zz@localhost/x`, code: 'configuration' },
    { what: 'nobody listens', url: changed({ port: '1' }), code: 'source-unavailable' },
    { what: 'no such database', url: changed({ pathname: '/no_such' }), code: 'source-unavailable' },
    { what: 'no such user', url: changed({ username: 'no_such' }), code: 'source-refused-login' },
  ];
}

async function createTarget(): Promise<{ url: string; migrations: string; drop(): Promise<void> }> {
  const { url, drop } = await createPgDatabase();
  const migrations = await mkdtemp(join(tmpdir(), 'waybill-conformance-'));
  await writeFile(join(migrations, '001.do.tables.sql'), targetDdl);
  await writeFile(
    join(migrations, '001.undo.tables.sql'),
    'drop table every_kind; drop table guarded; drop table bag;',
  );
  return {
    url,
    migrations,
    drop: async () => {
      await rm(migrations, { recursive: true, force: true });
      await drop();
    },
  };
}

export const harness: Harness = {
  everyType,
  cuts: true,
  createSource,
  wrongUrls,
  target: { create: createTarget },
};
