import type { ObjectDecision } from './pipeline.ts';

/** Makes the same decision about all objects of one kind with these names or patterns. */
export function decide(
  kind: ObjectDecision['kind'],
  outcome: ObjectDecision['outcome'],
  names: readonly string[],
  why: string,
): readonly ObjectDecision[] {
  return names.map((name) => ({ kind, name, outcome, why }));
}
