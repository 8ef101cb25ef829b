import type { Kind } from '../../core/model/schema.ts';
import type { TargetType } from '../../core/ports/target-type.ts';

const plain: Partial<Record<Kind, string>> = {
  boolean: 'boolean',
  int16: 'smallint',
  int32: 'integer',
  int64: 'bigint',
  float32: 'real',
  float64: 'double precision',
  bytes: 'bytea',
  json: 'jsonb',
  uuid: 'uuid',
  date: 'date',
};

/** The type for a kind that has one type in PostgreSQL, whichever database its values come from; null for any other kind. */
export function plainTargetType(kind: Kind): TargetType | null {
  const type = plain[kind];
  return type === undefined ? null : { type, rule: 'carry' };
}
