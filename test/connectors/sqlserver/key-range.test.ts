import { expect, test } from 'vitest';
import { literalOf, partCondition } from '../../../connectors/sqlserver/key-range.ts';
import { parseSqlServerType } from '../../../connectors/sqlserver/types.ts';

test.each([
  ['bigint', '-9223372036854775808', '-9223372036854775808'],
  ['decimal(20,2)', '0.10', '0.10'],
  ['money', '0.1000', "cast('0.1000' as money)"],
  ['float', '0.1', '0.1e0'],
  ['bit', 'true', '1'],
  ['varbinary(4)', '\\x00ff', '0x00ff'],
  ['datetime', '2020-01-01 10:20:30.003', "cast(N'2020-01-01T10:20:30.003' as datetime)"],
  ['datetimeoffset(3)', '2020-01-01 10:20:30+00', "cast(N'2020-01-01T10:20:30+00:00' as datetimeoffset(3))"],
  [
    'uniqueidentifier',
    '00000000-0000-0000-0000-000000000000',
    "cast(N'00000000-0000-0000-0000-000000000000' as uniqueidentifier)",
  ],
  ['nvarchar(10)', "it's", "N'it''s'"],
  ['nvarchar(10)', 'a\0b', "(N'a' + nchar(0) + N'b')"],
  ['hierarchyid', '/1/', "cast(N'/1/' as hierarchyid)"],
])('%s %s is a literal of its own type', (native, text, sql) => {
  expect(literalOf(parseSqlServerType(native), text)).toBe(sql);
});

test('a varchar is compared as a varchar of its own collation, which orders other than an nvarchar', () => {
  expect(literalOf(parseSqlServerType('varchar(10)'), 'co-op', 'SQL_Latin1_General_CP1_CI_AS')).toBe(
    "cast(N'co-op' collate SQL_Latin1_General_CP1_CI_AS as varchar(8000))",
  );
});

test('a range of a key of two columns compares the first one alone too, so that an index is used', () => {
  const columns = ['a]b', 'c'].map((name) => ({ name, type: parseSqlServerType('int'), nullable: false }));
  const table = { name: 'c01.t', columns, key: ['a]b', 'c'], unique: [], estimatedRows: null };
  expect(partCondition(table, { after: ['1', '2'], upTo: null }, new Map())).toBe(
    'where [a]]b] >= 1 and ([a]]b] > 1 or ([a]]b] = 1 and ([c] > 2)))',
  );
});
