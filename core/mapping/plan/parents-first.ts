import type { Reference } from '../../ports/ledger.ts';
import type { PlannedMapping } from './plan.ts';

/** Mappings in an order in which parents come before their children, as far as cycles let them; else as they were. */
export function parentsFirst(
  mappings: readonly PlannedMapping[],
  references: readonly Reference[],
): readonly PlannedMapping[] {
  const ordered: PlannedMapping[] = [];
  const seen = new Set<string>();
  const visit = (planned: PlannedMapping): void => {
    if (seen.has(planned.name)) return;
    seen.add(planned.name);
    const parents = references.filter((r) => r.table === planned.target.name).map((r) => r.parent);
    for (const each of mappings) if (parents.includes(each.target.name)) visit(each);
    ordered.push(planned);
  };
  for (const planned of mappings) visit(planned);
  return ordered;
}
