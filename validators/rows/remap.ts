import type { MappedRow } from '../../core/mapping/mapper.ts';
import type { PlannedMapping } from '../../core/mapping/plan/plan.ts';
import type { Row } from '../../core/model/value.ts';
import type { ValidationContext } from '../../core/validation/validator.ts';

/** A source row with its mapping result. */
export interface RemappedRow {
  readonly row: Row;
  readonly mapped: MappedRow;
}

/** Reads the source of a mapping again and maps it as values, part by part with a fresh mapper each, as the load did. */
export async function* remap(
  { source, parts }: Pick<ValidationContext, 'source' | 'parts'>,
  planned: PlannedMapping,
): AsyncGenerator<readonly RemappedRow[], void, undefined> {
  for (const part of await parts(planned.source)) {
    const mapper = planned.mapper();
    for await (const batch of source.read(planned.source, part)) {
      yield batch.map((row) => ({ row, mapped: mapper.map(row) }));
    }
  }
}
