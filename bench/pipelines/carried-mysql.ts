import type { Pipeline } from '../../core/mapping/pipeline.ts';
import { carriedMappings, carriedPipeline, carriedSource } from './carried.ts';

/** The pipeline that copies the bench tables from MySQL, every column unchanged. */
const carriedMysql: Pipeline = {
  ...carriedPipeline,
  name: 'carried-mysql',
  title: 'The bench tables, carried as they are',
  source: { dialect: 'mysql', contract: { c01: carriedSource } },
  mappings: carriedMappings('c01', carriedSource),
};

export default carriedMysql;
