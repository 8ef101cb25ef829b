import type { Import } from './rules.ts';

/** The import cycles among files, type imports included: the files of each strongly connected component, sorted. */
export function cyclesIn(imports: readonly Import[]): string[][] {
  const targets = new Map<string, string[]>();
  for (const { from, to, kind } of imports) {
    if (kind === 'file') targets.set(from, [...(targets.get(from) ?? []), to]);
  }
  const cycles: string[][] = [];
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const visit = (file: string): number => {
    const own = order.size;
    order.set(file, own);
    lowest.set(file, own);
    open.push(file);
    isOpen.add(file);
    for (const to of targets.get(file) ?? []) {
      if (!order.has(to)) lowest.set(file, Math.min(lowest.get(file) as number, visit(to)));
      else if (isOpen.has(to)) lowest.set(file, Math.min(lowest.get(file) as number, order.get(to) as number));
    }
    if (lowest.get(file) === own) {
      const component = open.splice(open.indexOf(file));
      for (const each of component) isOpen.delete(each);
      if (component.length > 1 || targets.get(file)?.includes(file)) cycles.push(component.sort());
    }
    return lowest.get(file) as number;
  };
  for (const file of targets.keys()) if (!order.has(file)) visit(file);
  return cycles;
}
