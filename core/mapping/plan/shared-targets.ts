import { groupedBy } from '../../model/grouped-by.ts';
import { type Mapping, mappingName } from '../mapping.ts';
import type { Problem } from './problem.ts';

/**
 * Finds problems of several mappings that feed one target table. Their rows must be comparable, so all fill the same columns
 * in the same order. A mapping that yields must yield to one of them that does not.
 */
export function sharedTargetProblems(mappings: readonly Mapping[]): Problem[] {
  const byTarget = groupedBy(mappings, ({ to }) => [to]);
  return mappings.flatMap((mapping) => {
    const feeding = byTarget.get(mapping.to) as readonly Mapping[];
    return [...columnProblems(mapping, feeding[0] as Mapping), ...winnerProblems(mapping, feeding)].map((message) => ({
      subject: mappingName(mapping),
      message,
    }));
  });
}

function columnProblems(mapping: Mapping, first: Mapping): string[] {
  if (Object.keys(mapping.columns).join() === Object.keys(first.columns).join()) return [];
  return [`It fills other columns, or in another order, than ${mappingName(first)}.`];
}

function winnerProblems({ yieldsTo }: Mapping, feeding: readonly Mapping[]): string[] {
  if (yieldsTo === undefined) return [];
  const winner = feeding.find((m) => m.from === yieldsTo);
  if (winner === undefined) return [`It yields to ${yieldsTo}, from which no mapping feeds the same table.`];
  return winner.yieldsTo === undefined ? [] : [`It yields to ${yieldsTo}, which itself yields.`];
}
