import { expect, test } from 'vitest';
import { parseDefault } from '../../../connectors/sqlserver/structure/column-default.ts';
import { parseSqlServerType } from '../../../connectors/sqlserver/types.ts';

test.each([
  ['int', '((0))', '0'],
  ['int', '((-1))', '-1'],
  ['bit', '((1))', 'true'],
  ['decimal(10,2)', '((1.5))', '1.50'],
  ['money', '((0))', '0.0000'],
  ['nvarchar(20)', "(N'it''s (new)')", "it's (new)"],
  ['varchar(20)', "('')", ''],
  ['varbinary(4)', '(0x00FF)', '\\x00ff'],
  ['date', "('2020-01-01')", '2020-01-01'],
  ['uniqueidentifier', "('01234567-89AB-CDEF-0123-456789ABCDEF')", '01234567-89ab-cdef-0123-456789abcdef'],
])('%s default %s is a literal', (native, definition, text) => {
  expect(parseDefault(parseSqlServerType(native), definition)).toEqual({ kind: 'literal', text });
});

test.each([
  ['datetime', '(getdate())'],
  ['datetime2', '(SYSDATETIME())'],
  ['datetimeoffset', '(sysdatetimeoffset())'],
  ['date', '(current_timestamp)'],
])('%s default %s is the time of now', (native, definition) => {
  expect(parseDefault(parseSqlServerType(native), definition)).toEqual({ kind: 'now' });
});

test.each([
  ['int', '((1)+(2))', '(1)+(2)'],
  ['uniqueidentifier', '(newid())', 'newid()'],
  ['datetime', '(getutcdate())', 'getutcdate()'],
  ['datetime', "('20200101')", "'20200101'"],
  ['bit', '(CONVERT([bit],(0)))', 'CONVERT([bit],(0))'],
  ['varchar(20)', "(')'+[a]])])", "')'+[a]])]"],
])('%s default %s is an expression', (native, definition, sql) => {
  expect(parseDefault(parseSqlServerType(native), definition)).toEqual({ kind: 'expression', sql });
});

test('a default of null is none', () => {
  expect(parseDefault(parseSqlServerType('int'), '(NULL)')).toBe(null);
});
