import type { ColumnPlace, TargetType } from '../../../core/ports/target-type.ts';

/** Chooses how a column of a PostgreSQL source is held: as it is. */
export function postgresTargetType({ column }: ColumnPlace): TargetType {
  return { type: column.type.native, rule: 'carry' };
}
