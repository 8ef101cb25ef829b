import type { Connector } from '../../core/ports/connector.ts';
import { databaseOf, urlOfDatabase } from './address.ts';
import { MysqlSource } from './source.ts';
import { mysqlTargetType } from './structure/target-type.ts';
import { parseMysqlType } from './types.ts';

/** MySQL from 5.6 and MariaDB from 10.0, as a source. */
export const mysql: Connector = {
  name: 'mysql',
  parseType: parseMysqlType,
  targetType: mysqlTargetType,
  schemaOf: databaseOf,
  urlOf: urlOfDatabase,
  hasSchemaParameter: false,
  openSource: (url, options) => MysqlSource.open(url, options),
};
