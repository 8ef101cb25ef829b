import type { Mapping } from '../mapping/mapping.ts';
import type { Pipeline } from '../mapping/pipeline.ts';

/** The keys of the target whose columns, apart from the tenant column, are made of exactly the columns of a source key. */
export function keyCounterparts(
  { rowSecurity }: Pick<Pipeline, 'rowSecurity'>,
  mapping: Mapping,
  targetKeys: readonly (readonly string[])[],
  key: readonly string[],
): readonly (readonly string[])[] {
  return targetKeys.filter((columns) => {
    const own = columns.filter((column) => column !== rowSecurity?.tenantColumn);
    const reads = own.flatMap((column) => mapping.columns[column]?.reads ?? ['']);
    return isSameSet(reads, key);
  });
}

/** Whether two keys have the same columns, in any order. */
export function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name) => b.includes(name));
}
