import type { Value } from '../../core/model/value.ts';
import { canary, type ExpectedTable, type Harness, type Place, type WrongUrl } from '../../testing/harness.ts';
import { child, composite, empty, expectedTable, keyed, keyless, many } from '../../testing/tables.ts';
import type { ColumnFacts, TableFacts } from '../support/tds/database.ts';
import { serveFacts } from '../support/tds/server-of-facts.ts';
import { Exact, Geometry, type SqlValue, Variant } from '../support/tds/sql/values.ts';

/** The well-known binary of POINT Z (1 2 3). */
const point = Buffer.from('01e9030000000000000000f03f00000000000000400000000000000840', 'hex');
const srid4326 = Buffer.from([0xe6, 0x10, 0, 0]);
const long = 'ä😀'.repeat(40_000);
const longBytes = Buffer.alloc(100_000, 7);

/** Each column with its kind, and its values: as the table holds them where that is not canonical, and as they are read. */
type Sample = readonly [
  name: string,
  type: string,
  kind: ExpectedTable['columns'][number]['kind'],
  emptiest: Value,
  least: Value,
  greatest: Value,
  stored?: readonly [emptiest: SqlValue, least: SqlValue, greatest: SqlValue],
];

const samples: readonly Sample[] = [
  ['c_bit', 'bit', 'boolean', false, false, true],
  ['c_tinyint', 'tinyint', 'int16', '0', '1', '255'],
  ['c_smallint', 'smallint', 'int16', '0', '-32768', '32767'],
  ['c_int', 'int', 'int32', '0', '-2147483648', '2147483647'],
  [
    'c_decimal',
    'decimal(38,10)',
    'decimal',
    '0.0000000000',
    '-0.0000000001',
    '9999999999999999999999999999.9999999999',
  ],
  ['c_numeric', 'numeric(20,0)', 'decimal', '0', '-99999999999999999999', '9007199254740993'],
  ['c_money', 'money', 'decimal', '0.0000', '-922337203685477.5808', '922337203685477.5807'],
  ['c_smallmoney', 'smallmoney', 'decimal', '0.0000', '-214748.3648', '214748.3647'],
  ['c_float', 'float', 'float64', '0', '5e-324', '1.7976931348623157e+308'],
  ['c_real', 'real', 'float32', '0', '-3.4028235e+38', '0.1'],
  ['c_date', 'date', 'date', '0001-01-01', '1582-10-10', '9999-12-31'],
  ['c_time', 'time(7)', 'time', '00:00:00', '00:00:00.0000001', '23:59:59.9999999'],
  [
    'c_smalldatetime',
    'smalldatetime',
    'timestamp',
    '1900-01-01 00:00:00',
    '2020-02-29 12:30:00',
    '2079-06-06 23:59:00',
  ],
  ['c_datetime', 'datetime', 'timestamp', '1753-01-01 00:00:00', '2020-01-01 10:20:30.003', '9999-12-31 23:59:59.997'],
  [
    'c_datetime2',
    'datetime2(7)',
    'timestamp',
    '0001-01-01 00:00:00',
    '2020-01-01 10:20:30.1234567',
    '9999-12-31 23:59:59.9999999',
  ],
  [
    'c_datetime2_3',
    'datetime2(3)',
    'timestamp',
    '0001-01-01 00:00:00',
    '2020-01-01 10:20:30.5',
    '9999-12-31 23:59:59.999',
  ],
  [
    ...(['c_datetimeoffset', 'datetimeoffset(7)', 'timestamptz'] as const),
    ...(['0001-01-01 00:00:00+00', '2020-01-01 10:20:30.1234567+00', '2020-06-30 22:00:00+00'] as const),
    ['0001-01-01 00:00:00 +00:00', '2020-01-02 00:20:30.1234567 +14:00', '2020-06-30 16:30:00 -05:30'],
  ],
  [
    'c_uuid',
    'uniqueidentifier',
    'uuid',
    '00000000-0000-0000-0000-000000000000',
    '01234567-89ab-cdef-0123-456789abcdef',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
  ],
  ['c_char', 'char(5)', 'text', '     ', '€    ', 'abcde'],
  ['c_varchar', 'varchar(50)', 'text', '', '\\N\t\r\n', 'ends in  '],
  ['c_varchar_max', 'varchar(max)', 'text', '', 'NULL', 'x'.repeat(70_000)],
  ['c_text', 'text', 'text', '', "it's", '\u0081€'],
  ['c_nchar', 'nchar(4)', 'text', '    ', '😀   ', 'abcd', ['    ', '😀  ', 'abcd']],
  ['c_nvarchar', 'nvarchar(50)', 'text', '', 'e\u0301 \u2028 \ufeff', 'a\u0000b'],
  ['c_nvarchar_max', 'nvarchar(max)', 'text', '', '\ud83d', long],
  ['c_ntext', 'ntext', 'text', '', 'ntext', 'ü'],
  ['c_xml', 'xml', 'text', '', '<a b="1"/>', `<a>${'x'.repeat(70_000)}</a>`],
  ['c_hierarchyid', 'hierarchyid', 'text', '/', '/1/2.1/', '/1/-7/'],
  [
    ...(['c_variant', 'sql_variant', 'text', '', '0.1234', '0xFF00'] as const),
    [
      new Variant('nvarchar', ''),
      new Variant('money', Exact.of('0.1234', true)),
      new Variant('varbinary', Buffer.from([255, 0])),
    ],
  ],
  ['c_binary', 'binary(2)', 'bytes', Buffer.from([0, 0]), Buffer.from([0, 255]), Buffer.from([255, 254])],
  ['c_varbinary', 'varbinary(10)', 'bytes', Buffer.alloc(0), Buffer.from([0]), Buffer.from([10, 0, 13])],
  ['c_varbinary_max', 'varbinary(max)', 'bytes', Buffer.alloc(0), Buffer.from([92]), longBytes],
  ['c_image', 'image', 'bytes', Buffer.alloc(0), Buffer.from([0]), longBytes],
  [
    'c_rowversion',
    'rowversion',
    'bytes',
    Buffer.alloc(8),
    Buffer.from('00000000000007d1', 'hex'),
    Buffer.alloc(8, 255),
  ],
  [
    ...(['c_geometry', 'geometry', 'bytes'] as const),
    ...([
      Buffer.concat([Buffer.alloc(4), point]),
      Buffer.concat([srid4326, point]),
      Buffer.concat([srid4326, point]),
    ] as const),
    [new Geometry(0, point), new Geometry(4326, point), new Geometry(4326, point)],
  ],
  [
    ...(['c_geography', 'geography', 'bytes'] as const),
    ...([
      Buffer.concat([srid4326, point]),
      Buffer.concat([srid4326, point]),
      Buffer.concat([srid4326, point]),
    ] as const),
    [new Geometry(4326, point), new Geometry(4326, point), new Geometry(4326, point)],
  ],
];

const ids = ['-9223372036854775808', '2', '3', '9223372036854775807'] as const;

const everyType = expectedTable(
  'every_type',
  ['id'],
  [['id', 'int64'], ...samples.map(([name, , kind]) => [name, kind, true] as const)],
  ids.map((id, i) => [id, ...samples.map((sample) => (i === 0 ? null : (sample[i + 2] as Value)))]),
);

const everyTypeFacts: TableFacts = {
  name: 'every_type',
  key: ['id'],
  columns: [
    { name: 'id', type: 'bigint', isNullable: false },
    ...samples.map(([name, type]): ColumnFacts => ({ name, type })),
  ],
  rows: ids.map((id, i) => [
    id,
    ...samples.map((sample) => (i === 0 ? null : (sample[6]?.[i - 1] ?? (sample[i + 2] as SqlValue)))),
  ]),
};

const plainTypes: Readonly<Record<string, string>> = { int32: 'int', decimal: 'decimal(20,2)', date: 'date' };

/** A table of the suite; a body is of any length, a flag and a code are short. */
function factsOf({ name, columns, key, unique, rows }: ExpectedTable): TableFacts {
  return {
    ...{ name, unique, rows: rows.toReversed() as readonly (readonly SqlValue[])[] },
    ...(key.length === 0 ? {} : { key }),
    columns: columns.map((column) => ({
      name: column.name,
      type: plainTypes[column.kind] ?? (column.name === 'body' ? 'nvarchar(max)' : 'varchar(100)'),
      isNullable: column.nullable,
    })),
  };
}

async function createSource(): Promise<Place> {
  const plain = [keyed, composite, keyless, child, empty, many].map((table) =>
    table === keyed ? { ...factsOf(table), columns: keyedColumns } : factsOf(table),
  );
  const server = await serveFacts({ name: 'shop', tables: [...plain, everyTypeFacts] });
  return { url: server.url, schema: 'dbo', drop: server.close };
}

const keyedColumns: readonly ColumnFacts[] = [
  { name: 'id', type: 'int', isNullable: false },
  { name: 'label', type: 'nvarchar(100)' },
];

function wrongUrls(place: Place): readonly WrongUrl[] {
  const changed = (parts: Partial<Record<'port' | 'username' | 'search', string>>): string =>
    Object.assign(new URL(place.url), { password: canary, ...parts }).href;
  return [
    { what: 'no URL', url: `sqlserver://u:${canary}@[`, code: 'configuration' },
    { what: 'a wrong escape', url: `sqlserver://u:${canary}%zz@localhost/x`, code: 'configuration' },
    { what: 'a parameter that means nothing', url: changed({ search: '?ssl=off' }), code: 'configuration' },
    { what: 'a Windows login', url: changed({ search: '?integrated=true' }), code: 'configuration' },
    { what: 'no user', url: changed({ username: '' }), code: 'configuration' },
    { what: 'nobody listens', url: changed({ port: '1' }), code: 'source-unavailable' },
    { what: 'a server that does not encrypt', url: changed({ search: '' }), code: 'source-unavailable' },
    { what: 'a wrong password', url: changed({}), code: 'source-refused-login' },
    { what: 'no such user', url: changed({ username: 'no_such' }), code: 'source-refused-login' },
  ];
}

export const harness: Harness = { everyType, cuts: true, createSource, wrongUrls };
