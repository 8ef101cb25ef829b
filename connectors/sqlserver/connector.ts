import type { Connector } from '../../core/ports/connector.ts';
import { schemaOfUrl, withSchema } from './address.ts';
import { SqlServerSource } from './source.ts';
import { sqlServerTargetType } from './structure/target-type.ts';
import { parseSqlServerType } from './types.ts';

/** SQL Server from 2017 and Azure SQL Database, as a source. */
export const sqlserver: Connector = {
  name: 'sqlserver',
  parseType: parseSqlServerType,
  targetType: sqlServerTargetType,
  schemaOf: schemaOfUrl,
  urlOf: withSchema,
  hasSchemaParameter: true,
  openSource: (url, options) => SqlServerSource.open(url, options),
};
