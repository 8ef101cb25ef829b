import { expect, onTestFinished, test } from 'vitest';
import { parseAddress } from '../../../connectors/sqlserver/address.ts';
import { Session } from '../../../connectors/sqlserver/session.ts';
import { serveFacts } from '../../support/tds/server-of-facts.ts';

const types = {
  c_bit: ['bit', 'true', true],
  c_tinyint: ['tinyint', '255', 255],
  c_bigint: ['bigint', '-9223372036854775808', '-9223372036854775808'],
  c_real: ['real', '0.10000000149011612', 0.10000000149011612],
  c_float: ['float', '5e-324', 5e-324],
  c_nchar: ['nchar(2)', 'ä ', 'ä '],
  c_varchar: ['varchar(10)', 'é', 'é'],
  c_nvarchar_max: ['nvarchar(max)', 'x'.repeat(20_000), 'x'.repeat(20_000)],
  c_xml: ['xml', '<a/>', '<a/>'],
  c_guid: ['uniqueidentifier', '01234567-89ab-cdef-0123-456789abcdef', '01234567-89AB-CDEF-0123-456789ABCDEF'],
  // What the driver makes of these is why the connector selects them as text.
  c_decimal: ['decimal(38,2)', '9007199254740993.25', 9007199254740994],
  c_money: ['money', '922337203685477.5807', 922337203685477.6],
  c_date: ['date', '2020-02-29', new Date('2020-02-29T00:00:00Z')],
  c_time: ['time(7)', '10:20:30.1234567', new Date('1970-01-01T10:20:30.123Z')],
  c_datetime2: ['datetime2(7)', '2020-01-01 10:20:30.1234567', new Date('2020-01-01T10:20:30.123Z')],
  c_datetimeoffset: ['datetimeoffset(7)', '2020-01-01 10:20:30 +02:00', new Date('2020-01-01T08:20:30Z')],
} as const;

test('every type is sent in its own form and read by the driver, in rows with and without nulls', async () => {
  const all = Object.entries(types);
  const server = await serveFacts({
    name: 'shop',
    tables: [
      {
        name: 't',
        columns: all.map(([name, [type]]) => ({ name, type })),
        rows: [all.map(() => null), all.map(([, [, stored]]) => stored), all.map(() => null), all.map(() => null)],
      },
    ],
  });
  onTestFinished(server.close);
  const session = await Session.open(parseAddress(server.url));
  onTestFinished(() => session.close(true));
  const rows = await session.rows(`select ${all.map(([name]) => `[${name}]`).join(', ')} from [dbo].[t]`, 'read');
  const nulls = all.map(() => null);
  expect(rows.map((row) => [...row])).toEqual([nulls, all.map(([, [, , read]]) => read), nulls, nulls]);
});
