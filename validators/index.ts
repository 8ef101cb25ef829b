import type { Validator } from '../core/validation/validator.ts';
import { accounting } from './accounting.ts';
import { aggregates } from './aggregates.ts';
import { checksums } from './checksums.ts';
import { counts } from './counts.ts';
import { foreignKeys } from './foreign-keys.ts';
import { notNull } from './not-null.ts';
import { otherRows } from './other-rows.ts';
import { rowSecurity } from './row-security.ts';
import { schema } from './schema.ts';
import { sequences } from './sequences.ts';
import { source } from './source.ts';
import { types } from './types.ts';
import { uniqueness } from './uniqueness.ts';

/** All validators, in the order in which they run and are reported. */
export const validators: readonly Validator[] = [
  accounting,
  counts,
  checksums,
  aggregates,
  foreignKeys,
  uniqueness,
  notNull,
  otherRows,
  rowSecurity,
  types,
  sequences,
  schema,
  source,
];
