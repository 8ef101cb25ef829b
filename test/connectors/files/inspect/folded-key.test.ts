import { expect, test } from 'vitest';
import { keyReader } from '../../../../connectors/files/inspect/folded-key.ts';
import { parseMysqlType } from '../../../../connectors/mysql/types.ts';
import { parsePostgresType } from '../../../../connectors/postgres/types.ts';
import { type TableSchema, tablesOfContract } from '../../../../core/model/schema.ts';

function table(columns: Readonly<Record<string, string>>, parse: typeof parsePostgresType): TableSchema {
  return tablesOfContract('s', { t: { key: [], columns } }, parse)[0] as TableSchema;
}

test('texts from PostgreSQL are compared exactly', () => {
  const keyOf = keyReader(table({ email: 'varchar(255)', at: 'timestamp' }, parsePostgresType), ['email']);
  expect(keyOf(['Ada@x ', null])).not.toBe(keyOf(['ada@x', null]));
});

test('texts from MySQL are compared by its collation', () => {
  const keyOf = keyReader(table({ email: 'varchar(255)', at: 'timestamp' }, parseMysqlType), ['email']);
  expect(keyOf(['Ada@x ', null])).toBe(keyOf(['ada@x', null]));
});
