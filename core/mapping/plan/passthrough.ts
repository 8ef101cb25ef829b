import type { Column, ColumnType } from '../../model/schema.ts';
import type { RuleStep } from '../mapper.ts';

/**
 * Finds the source columns whose values are the target's rows unchanged, in target column order; null where any column is
 * made in another way or has another type, so that rows must be mapped.
 */
export function passthroughColumns(
  steps: readonly RuleStep[],
  source: readonly Column[],
  target: readonly Column[],
): readonly string[] | null {
  const columns = steps.map(({ rule, reads, needsWholeRow = false }, place) => {
    const column = source[reads[0] ?? -1];
    const isCarried = rule.operation?.name === 'carry' && !needsWholeRow;
    return isCarried && column !== undefined && isSame(column.type, target[place]?.type) ? column.name : null;
  });
  return columns.every((name) => name !== null) ? columns : null;
}

function isSame(one: ColumnType, other: ColumnType | undefined): boolean {
  const same = (fact: keyof ColumnType): boolean => String(one[fact]) === String(other?.[fact]);
  return (['kind', 'native', 'length', 'precision', 'scale', 'labels'] as const).every(same);
}
