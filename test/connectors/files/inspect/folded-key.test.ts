import { expect, test } from 'vitest';
import { keyReader } from '../../../../connectors/files/inspect/folded-key.ts';
import { parseMysqlType } from '../../../../connectors/mysql/types.ts';
import { parsePostgresType } from '../../../../connectors/postgres/types.ts';
import { type TableSchema, tablesOfContract } from '../../../../core/model/schema.ts';

function table(columns: Readonly<Record<string, string>>, parse: typeof parsePostgresType): TableSchema {
  return tablesOfContract('s', { t: { key: [], columns } }, parse)[0] as TableSchema;
}

test('texts that came from PostgreSQL are compared letter by letter', () => {
  const keyOf = keyReader(table({ email: 'varchar(255)', at: 'timestamp' }, parsePostgresType), ['email']);
  expect(keyOf(['Ada@x ', null])).not.toBe(keyOf(['ada@x', null]));
});

test('texts that came from MySQL are compared as its collation does', () => {
  const keyOf = keyReader(table({ email: 'varchar(255)', at: 'timestamp' }, parseMysqlType), ['email']);
  expect(keyOf(['Ada@x ', null])).toBe(keyOf(['ada@x', null]));
});
