import type { ObjectDecision } from '../mapping/pipeline.ts';
import type { InventoryEntry, ObjectKind } from '../model/inventory.ts';
import { matcherOf } from './name-pattern.ts';
import { objectKey } from './source-objects.ts';

/** What becomes of one object. */
export type Fate = Pick<InventoryEntry, 'outcome' | 'why'>;

/** Finds what was declared of an object; null where nothing was. */
export interface DeclaredObjects {
  byName(kind: ObjectKind, name: string): Fate | null;
  byPattern(kind: ObjectKind, name: string): Fate | null;
}

/** Indexes declarations, of which a generated project has one for each object. */
export function declaredObjects(decisions: readonly ObjectDecision[]): DeclaredObjects {
  const exact = new Map(decisions.map((decision) => [objectKey(decision.kind, decision.name), decision]));
  const patterns = decisions
    .filter(({ name }) => name.includes('*'))
    .map((decision) => ({ decision, matches: matcherOf(decision.name) }));
  return {
    byName: (kind, name) => exact.get(objectKey(kind, name)) ?? null,
    byPattern: (kind, name) =>
      patterns.find(({ decision, matches }) => decision.kind === kind && matches(name))?.decision ?? null,
  };
}
