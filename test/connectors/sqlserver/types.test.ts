import { expect, test } from 'vitest';
import { parseSqlServerType, typeText } from '../../../connectors/sqlserver/types.ts';
import type { ColumnType } from '../../../core/model/schema.ts';

const cases: readonly (readonly [string, ColumnType])[] = [
  ['BIT', { kind: 'boolean', native: 'bit' }],
  ['tinyint', { kind: 'int16', native: 'tinyint' }],
  ['INTEGER', { kind: 'int32', native: 'int' }],
  ['dec(9)', { kind: 'decimal', native: 'decimal(9,0)', precision: 9, scale: 0 }],
  ['numeric', { kind: 'decimal', native: 'numeric(18,0)', precision: 18, scale: 0 }],
  ['DECIMAL (38, 10)', { kind: 'decimal', native: 'decimal(38,10)', precision: 38, scale: 10 }],
  ['money', { kind: 'decimal', native: 'money', precision: 19, scale: 4 }],
  ['float(24)', { kind: 'float32', native: 'real' }],
  ['float(25)', { kind: 'float64', native: 'float' }],
  ['double precision', { kind: 'float64', native: 'float' }],
  ['datetime', { kind: 'timestamp', native: 'datetime', scale: 3 }],
  ['datetime2', { kind: 'timestamp', native: 'datetime2(7)', scale: 7 }],
  ['time(0)', { kind: 'time', native: 'time(0)', scale: 0 }],
  ['datetimeoffset(3)', { kind: 'timestamptz', native: 'datetimeoffset(3)', scale: 3 }],
  ['timestamp', { kind: 'bytes', native: 'rowversion' }],
  ['char', { kind: 'text', native: 'char(1)', length: 1, form: 'padded' }],
  ['NVARCHAR (50)', { kind: 'text', native: 'nvarchar(50)', length: 50 }],
  ['national character varying(5)', { kind: 'text', native: 'nvarchar(5)', length: 5 }],
  ['varchar(MAX)', { kind: 'text', native: 'varchar(max)' }],
  ['sysname', { kind: 'text', native: 'nvarchar(128)', length: 128 }],
  ['varbinary(max)', { kind: 'bytes', native: 'varbinary(max)' }],
  ['[app].[Money2]', { kind: 'other', native: '[app].[money2]' }],
];

test.each(cases)('%s', (native, type) => {
  expect(parseSqlServerType(native)).toEqual(type);
  expect(parseSqlServerType(type.native)).toEqual(type);
});

test.each([
  [{ name: 'nvarchar', maxLength: 100 }, 'nvarchar(50)'],
  [{ name: 'nvarchar', maxLength: -1 }, 'nvarchar(max)'],
  [{ name: 'varbinary', maxLength: 16 }, 'varbinary(16)'],
  [{ name: 'decimal', precision: 38, scale: 10 }, 'decimal(38,10)'],
  [{ name: 'datetime2', scale: 3 }, 'datetime2(3)'],
  [{ name: 'xml', maxLength: -1 }, 'xml'],
])('the catalog row %o is %s', (row, text) => {
  expect(typeText({ maxLength: 0, precision: 0, scale: 0, ...row })).toBe(text);
});
