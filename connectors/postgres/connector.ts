import type { Connector } from '../../core/ports/connector.ts';
import { parseAddress, schemaParameter, withSchemaParameter } from './address.ts';
import { PostgresLiveSchemas } from './cutover/live-schemas.ts';
import { PostgresSource } from './source.ts';
import { postgresTargetType } from './structure/target-type.ts';
import { PostgresTarget } from './target.ts';
import { parsePostgresType } from './types.ts';

/** PostgreSQL 14 and later, as a source and as a target. */
export const postgres: Connector = {
  name: 'postgres',
  parseType: parsePostgresType,
  targetType: postgresTargetType,
  schemaOf: schemaParameter,
  urlOf: withSchemaParameter,
  hasSchemaParameter: true,
  openSource: async (url, options) => PostgresSource.open(parseAddress(url, 'source', options), options),
  openLiveSchemas: async (url, settings) => PostgresLiveSchemas.open(parseAddress(url, 'target'), settings),
  openTarget: async (url, options) => PostgresTarget.open(parseAddress(url, 'target', options), options),
};
