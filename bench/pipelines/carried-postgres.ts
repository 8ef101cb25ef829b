import type { Pipeline } from '../../core/mapping/pipeline.ts';
import { carriedMappings, carriedPipeline, carriedTarget } from './carried.ts';

/** The pipeline that copies the tables of `carried-mysql` from one PostgreSQL schema to another. */
const carriedPostgres: Pipeline = {
  ...carriedPipeline,
  name: 'carried-postgres',
  title: 'The bench tables, PostgreSQL to PostgreSQL',
  source: { dialect: 'postgres', contract: { carried: carriedTarget } },
  mappings: carriedMappings('carried', carriedTarget),
};

export default carriedPostgres;
