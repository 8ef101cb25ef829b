import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sqliteTargetType } from '../../../connectors/sqlite/structure/target-type.ts';
import { parseSqliteType } from '../../../connectors/sqlite/types.ts';
import type { ColumnStructure } from '../../../core/ports/structure.ts';
import { noFacts } from '../../../project/tables.ts';

describe('declared types', () => {
  test.each([
    ['NVARCHAR( 160 )', { kind: 'text', native: 'nvarchar(160)', length: 160 }],
    ['Numeric (10, 2)', { kind: 'decimal', native: 'numeric(10,2)', precision: 10, scale: 2 }],
    ['DECIMAL(9)', { kind: 'decimal', native: 'decimal(9)', precision: 9, scale: 0 }],
    ['DECIMAL TEXT(20,2)', { kind: 'decimal', native: 'decimal text(20,2)', precision: 20, scale: 2 }],
    ['TINYINT(1)', { kind: 'boolean', native: 'tinyint(1)' }],
    ['TINYINT(4)', { kind: 'int64', native: 'tinyint(4)' }],
    ['UNSIGNED  BIG INT', { kind: 'int64', native: 'unsigned big int' }],
    ['', { kind: 'text', native: 'any' }],
    ['my own "type"', { kind: 'text', native: 'my own "type"' }],
    ['datetime as julian days', { kind: 'date', native: 'datetime as julian days' }],
    ['x as y', { kind: 'text', native: 'x as y' }],
    ['varchar(10) as decimal', { kind: 'decimal', native: 'varchar(10) as decimal' }],
  ])('%s', (declared, type) => {
    expect(parseSqliteType(declared)).toEqual(type);
    expect(parseSqliteType(type.native)).toEqual(type);
  });
});

test('the table of the documentation says what the code does', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/connectors.md'), 'utf8');
  const section = page.slice(page.indexOf('## sqlite'), page.indexOf('## files'));
  const rows = [...section.matchAll(/^\| (`.*`) \| (\w+) \| ([\w ,()]+) \|/gm)];
  const said = rows.flatMap(([, names = '', kind, type]) =>
    [...names.matchAll(/`([^`]+)`/g)].map(([, native]) => [native, kind, type]),
  );
  expect(said.length).toBeGreaterThan(40);
  const done = said.map(([native = '']) => {
    const column = { name: 'c', type: parseSqliteType(native), nullable: true } as ColumnStructure;
    const held = sqliteTargetType({ column, facts: noFacts, isKey: false, isPrimary: false, isJson: false });
    return [native, column.type.kind, held?.type];
  });
  expect(done).toEqual(said);
});
