import type { Column, ColumnType } from '../../model/schema.ts';
import type { RuleStep } from '../mapper.ts';

/**
 * The source columns whose values make up the target's rows as they are, in the order of the target's columns; null where
 * any column is made otherwise, or is of another type: then only the values tell what is to be written.
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
