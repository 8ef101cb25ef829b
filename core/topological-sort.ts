/** Names in an order in which each comes after what it needs, and those that need each other in a circle. */
export interface Order {
  readonly ordered: readonly string[];
  /** Names on a circle, and those that need one of them. */
  readonly circular: readonly string[];
}

/** @param needs name → names that must come before it; itself and unknown ones count for nothing. */
export function topologicalSort(needs: ReadonlyMap<string, readonly string[]>): Order {
  const ordered: string[] = [];
  let left = [...needs.keys()];
  while (left.length > 0) {
    const waiting = new Set(left);
    const isFree = (name: string): boolean => !needs.get(name)?.some((need) => need !== name && waiting.has(need));
    const free = left.filter(isFree);
    if (free.length === 0) break;
    ordered.push(...free);
    left = left.filter((name) => !free.includes(name));
  }
  return { ordered, circular: left };
}
