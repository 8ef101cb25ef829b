import type { Pipeline } from '../../core/pipeline.ts';
import { carriedMappings, carriedPipeline, carriedTarget } from './carried.ts';

/** The tables that `carried-mysql` fills, out of one PostgreSQL schema into another. */
const carriedPostgres: Pipeline = {
  ...carriedPipeline,
  name: 'carried-postgres',
  title: 'The bench tables, PostgreSQL to PostgreSQL',
  source: { dialect: 'postgres', contract: { carried: carriedTarget } },
  mappings: carriedMappings('carried', carriedTarget),
};

export default carriedPostgres;
