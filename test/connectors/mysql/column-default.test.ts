import { expect, test } from 'vitest';
import { dialectOf, expressionOf } from '../../../connectors/mysql/structure/catalog-server.ts';
import { parseDefault } from '../../../connectors/mysql/structure/column-default.ts';
import { parseMysqlType } from '../../../connectors/mysql/types.ts';

const oracle = dialectOf('8.0.36');
const mariadb = dialectOf('10.11.6-MariaDB-0+deb12u1');

/** The default of a column whose catalog has this text. */
function defaultOf(native: string, text: string | null, dialect = oracle, extra = '') {
  return parseDefault({ type: parseMysqlType(native), text, extra }, dialect).value;
}

const literal = (text: string) => ({ kind: 'literal', text });
const now = { kind: 'now' };

test('a server is recognised by its version, and old ones of MariaDB write bare values', () => {
  expect(oracle).toEqual({ writesDefaultsAsSql: false, escapesExpressions: true });
  expect(dialectOf('5.7.44-log')).toEqual(oracle);
  expect(mariadb).toEqual({ writesDefaultsAsSql: true, escapesExpressions: false });
  expect(dialectOf('5.5.5-10.6.12-MariaDB')).toEqual(mariadb);
  expect(dialectOf('12.0.2-MariaDB')).toEqual(mariadb);
  expect(dialectOf('10.2.6-MariaDB')).toEqual({ writesDefaultsAsSql: false, escapesExpressions: false });
});

test("Oracle's MySQL writes a bare value, which can look like SQL", () => {
  expect(defaultOf('varchar(20)', null)).toBeNull();
  expect(defaultOf('varchar(20)', '')).toEqual(literal(''));
  expect(defaultOf('varchar(20)', 'NULL')).toEqual(literal('NULL'));
  expect(defaultOf('varchar(20)', "'x'")).toEqual(literal("'x'"));
  expect(defaultOf('varchar(20)', 'CURRENT_TIMESTAMP')).toEqual(literal('CURRENT_TIMESTAMP'));
  expect(defaultOf('int', '-5')).toEqual(literal('-5'));
  expect(defaultOf('int(5) unsigned zerofill', '00007')).toEqual(literal('7'));
  expect(defaultOf('decimal(18,2)', '0.00')).toEqual(literal('0.00'));
  expect(defaultOf('double', '1e300')).toEqual(literal('1e+300'));
  expect(defaultOf("set('a','b')", 'a,b')).toEqual(literal('{a,b}'));
  expect(defaultOf('datetime', '0000-00-00 00:00:00')).toEqual(literal('0000-00-00 00:00:00'));
  expect(defaultOf('timestamp(3)', '2020-01-01 00:00:00.500')).toEqual(literal('2020-01-01 00:00:00.5+00'));
  expect(defaultOf('bit(5)', "b'101'")).toEqual(literal('00101'));
  expect(defaultOf('varbinary(4)', '0x00FF')).toEqual(literal('\\x00ff'));
  expect(defaultOf('binary(4)', '0x61')).toEqual(literal('\\x61000000'));
});

test("Oracle's MySQL marks an expression, and writes it as inside a literal", () => {
  const generated = (native: string, text: string) => defaultOf(native, text, oracle, 'DEFAULT_GENERATED');
  expect(generated('datetime', 'CURRENT_TIMESTAMP')).toEqual(now);
  expect(generated('timestamp(6)', 'CURRENT_TIMESTAMP(6)')).toEqual(now);
  expect(defaultOf('timestamp', 'CURRENT_TIMESTAMP', oracle, 'on update CURRENT_TIMESTAMP')).toEqual(now);
  expect(generated('date', 'curdate()')).toEqual({ kind: 'expression', sql: 'curdate()' });
  expect(generated('char(36)', 'uuid()')).toEqual({ kind: 'expression', sql: 'uuid()' });
  expect(generated('text', String.raw`_utf8mb4\'it\\\'s\'`)).toEqual(literal("it's"));
  expect(generated('json', 'json_object()')).toEqual({ kind: 'expression', sql: 'json_object()' });
  expect(expressionOf(oracle, String.raw`concat(_utf8mb4\'a\',${'`b`'})`)).toBe("concat(_utf8mb4'a',`b`)");
});

test('MariaDB writes SQL, in which only the current timestamp is now', () => {
  const sql = (native: string, text: string) => defaultOf(native, text, mariadb);
  expect(sql('varchar(9)', 'NULL')).toBeNull();
  expect(sql('varchar(9)', "'NULL'")).toEqual(literal('NULL'));
  expect(sql('varchar(20)', String.raw`'it''s \\ back\n'`)).toEqual(literal("it's \\ back\n"));
  expect(sql('datetime(6)', 'current_timestamp(6)')).toEqual(now);
  expect(sql('timestamp', 'current_timestamp()')).toEqual(now);
  expect(sql('varchar(30)', 'current_timestamp()')).toEqual({ kind: 'expression', sql: 'current_timestamp()' });
  expect(sql('date', 'curdate()')).toEqual({ kind: 'expression', sql: 'curdate()' });
  expect(sql('datetime', 'utc_timestamp()')).toEqual({ kind: 'expression', sql: 'utc_timestamp()' });
  expect(sql('decimal(18,2)', '0')).toEqual(literal('0.00'));
  expect(sql('blob', "X'00FF'")).toEqual(literal('\\x00ff'));
  expect(sql('int', '(1 + 2)')).toEqual({ kind: 'expression', sql: '(1 + 2)' });
  expect(sql('text', "concat('a','b')")).toEqual({ kind: 'expression', sql: "concat('a','b')" });
});

test('a default that may have lost characters in the catalog is marked', () => {
  const isLossy = (native: string, text: string) =>
    parseDefault({ type: parseMysqlType(native), text, extra: '' }, mariadb).isLossy;
  expect(isLossy('varchar(9)', "'wh?t'")).toBe(true);
  expect(isLossy('varbinary(9)', "'a'")).toBe(true);
  expect(isLossy('varchar(9)', "'what'")).toBe(false);
  expect(isLossy('blob', "X'00ff'")).toBe(false);
});
