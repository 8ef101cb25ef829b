import type { Connector } from '../../core/ports/connector.ts';
import { connectionOf, schemaParameter } from './connection.ts';
import { PostgresLiveSchemas } from './cutover/live-schemas.ts';
import { PostgresSource } from './source.ts';
import { PostgresTarget } from './target.ts';
import { parsePostgresType } from './types.ts';

/** PostgreSQL 14 and later, as a source and as a target. */
export const postgres: Connector = {
  name: 'postgres',
  parseType: parsePostgresType,
  schemaOf: schemaParameter,
  hasSchemaParameter: true,
  openSource: async (url, options) => PostgresSource.open(connectionOf(url, 'source', options), options),
  openLiveSchemas: async (url, settings) => PostgresLiveSchemas.open(connectionOf(url, 'target'), settings),
  openTarget: async (url, options) => PostgresTarget.open(connectionOf(url, 'target', options), options),
};
