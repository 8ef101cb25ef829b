/** Names sorted by what they need. */
interface Order {
  /** All names, each after those that it needs. Inside a circle the needs of the name that is visited first come first. */
  readonly ordered: readonly string[];
  /** Names on a circle, and those that need one of them, in the same order. */
  readonly circular: readonly string[];
}

/**
 * Sorts names so that each comes after those that it needs. Names in such an order already keep it.
 * @param needs name → names that must come before it; itself and unknown names are ignored.
 */
export function topologicalSort(needs: ReadonlyMap<string, readonly string[]>): Order {
  const ordered: string[] = [];
  /** Whether each sorted name is on a circle or needs one that is. */
  const done = new Map<string, boolean>();
  const open = new Set<string>();
  const visit = (name: string): boolean => {
    const known = done.get(name);
    if (known !== undefined) return known;
    if (open.has(name)) return true;
    open.add(name);
    const own = (needs.get(name) ?? []).filter((need) => need !== name && needs.has(need));
    const isCircular = own.map(visit).includes(true);
    open.delete(name);
    done.set(name, isCircular);
    ordered.push(name);
    return isCircular;
  };
  for (const name of needs.keys()) visit(name);
  return { ordered, circular: ordered.filter((name) => done.get(name)) };
}
