import type { PlannedMapping } from '../../core/mapping/plan/plan.ts';
import type { TableSchema } from '../../core/model/schema.ts';
import { partName } from '../../core/ports/part-name.ts';
import type { Part, Source } from '../../core/ports/source.ts';
import type { FileTarget } from './file-end.ts';
import { isOfSource, type MapCounts } from './map-part.ts';
import type { RejectBudget, Spent } from './reject-budget.ts';
import type { LoadTarget } from './target-end.ts';
import { transformedMapping } from './transformed-mapping.ts';

/** One part of a run: what is read, how it is mapped, and where the rows go. At least one end is given. */
export interface PartJob {
  readonly source: Source;
  /** As it is read. */
  readonly table: TableSchema;
  readonly part: Part;
  /** null: the rows go only to `exporting`. */
  readonly planned: PlannedMapping | null;
  /** Keeps the rows as they were read. */
  readonly exporting?: FileTarget | null;
  /** Keeps the rows as they were mapped. */
  readonly transforming?: FileTarget;
  readonly loading?: LoadTarget;
  /** null when nothing is mapped. */
  readonly budget: RejectBudget | null;
  /** What an earlier stage counted of the part; all 0 when this one reads the source. */
  readonly before: Readonly<MapCounts>;
  /** Whether the part is loaded from its file after an earlier attempt, which reported its rows and may have committed them. */
  readonly isRetried?: boolean;
}

/** The job that loads a mapped part from its file in the transform directory. */
export function fileJob(
  planned: PlannedMapping,
  from: Pick<PartJob, 'source' | 'part' | 'budget' | 'before' | 'isRetried'> & { readonly loading: LoadTarget },
): PartJob {
  const carried = transformedMapping(planned);
  return { ...from, planned: carried, table: carried.source };
}

export const noCounts: Readonly<MapCounts> = { read: 0, rejected: 0, filtered: 0, adjusted: 0 };

/** The counts of a part, those of earlier stages included. */
export function totalOf({ before }: PartJob, counts: MapCounts): MapCounts {
  return {
    read: before.read === 0 ? counts.read : before.read,
    rejected: before.rejected + counts.rejected,
    filtered: before.filtered + counts.filtered,
    adjusted: before.adjusted + counts.adjusted,
  };
}

/** What a part adds to its budget, out of its total. An earlier stage has counted what it read and rejected. */
export function spentOf({ before }: PartJob, { read, rejected }: Spent): Spent {
  return before.read === 0 ? { read, rejected } : { read: 0, rejected: rejected - before.rejected };
}

/** The name of a part's records file: `000001`, or `000001.load` when the rows were mapped by an earlier stage. */
export function recordsNameOf(planned: PlannedMapping, part: Part): string {
  return isOfSource(planned) ? partName(part) : `${partName(part)}.load`;
}
