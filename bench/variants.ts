import type { Variant } from './variant.ts';
import { naiveNode } from './variants/naive-node.ts';
import { pgcopydb } from './variants/pgcopydb.ts';
import { pgloader } from './variants/pgloader.ts';
import { psqlCopy } from './variants/psql-copy.ts';
import { psqlPipe } from './variants/psql-pipe.ts';
import { waybill, waybillCopy } from './variants/waybill.ts';

/** All variants, in the order of the table and of each round. */
export const variants: readonly Variant[] = [
  ...pgloader,
  psqlCopy,
  pgcopydb,
  naiveNode,
  psqlPipe,
  ...waybill,
  waybillCopy,
];
