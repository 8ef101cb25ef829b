import type { Pipeline } from '../../core/mapping/pipeline.ts';
import { carriedMappings, carriedPipeline, carriedTarget } from './carried.ts';

/** What the versioned DDL keeps beside its tables. */
const versions = { key: [], columns: { version: 'bigint' }, leftBehind: "waybill's own" };

/** The tables that `carried-mysql` fills, out of one PostgreSQL schema into another. */
const carriedPostgres: Pipeline = {
  ...carriedPipeline,
  name: 'carried-postgres',
  title: 'The bench tables, PostgreSQL to PostgreSQL',
  source: { dialect: 'postgres', contract: { carried: { ...carriedTarget, schema_version: versions } } },
  mappings: carriedMappings('carried', carriedTarget),
};

export default carriedPostgres;
