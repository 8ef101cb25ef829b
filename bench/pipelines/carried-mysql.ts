import type { Pipeline } from '../../core/mapping/pipeline.ts';
import { carriedMappings, carriedPipeline, carriedSource } from './carried.ts';

/** The bench tables out of MySQL, every column carried as it is. */
const carriedMysql: Pipeline = {
  ...carriedPipeline,
  name: 'carried-mysql',
  title: 'The bench tables, carried as they are',
  source: { dialect: 'mysql', contract: { c01: carriedSource } },
  mappings: carriedMappings('c01', carriedSource),
};

export default carriedMysql;
