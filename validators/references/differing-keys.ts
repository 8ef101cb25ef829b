import { candidateIds } from '../../core/mapping/plan/candidate-ids.ts';
import type { ValidationContext } from '../../core/validation/validator.ts';
import type { RelationSides } from './relation-sides.ts';

/** Keys that are compared to find the rows that differ. They are in memory only when a check has failed. */
export const MAX_COMPARED_KEYS = 10_000;

/** The keys of one side that the other side lacks, `column=value` joined by `, `. */
export interface DifferingKeys {
  readonly source: readonly string[];
  readonly target: readonly string[];
}

/** Compares keys of source rows with keys of target rows, as the mappings of these children translate them. */
export function differingKeys(
  { plan }: Pick<ValidationContext, 'plan'>,
  children: readonly RelationSides[],
  source: readonly string[],
  target: readonly string[],
): DifferingKeys {
  const byValues = new Map(target.map((key) => [valuesOf(key), key]));
  const onlySource = source.filter((key) => {
    const ids = children.flatMap(({ child }) => candidateIds(plan, child, key));
    const twins = [valuesOf(key), ...ids].filter((values) => byValues.has(values));
    for (const values of twins) byValues.delete(values);
    return twins.length === 0;
  });
  return { source: onlySource, target: [...byValues.values()] };
}

/** Source and target name key columns differently. */
function valuesOf(key: string): string {
  return key
    .split(', ')
    .map((part) => part.slice(part.indexOf('=') + 1))
    .join(', ');
}
