import type { Connector } from '../../core/ports/connector.ts';
import { schemaOf } from './address.ts';
import { SqliteSource } from './source.ts';
import { sqliteTargetType } from './structure/target-type.ts';
import { parseSqliteType } from './types.ts';

/** SQLite 3 files, as a source. */
export const sqlite: Connector = {
  name: 'sqlite',
  parseType: parseSqliteType,
  targetType: sqliteTargetType,
  schemaOf,
  hasSchemaParameter: false,
  openSource: (url, options) => SqliteSource.open(url, options),
};
