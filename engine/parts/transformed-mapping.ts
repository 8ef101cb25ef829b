import { carrySteps } from '../../core/mapping/mapper.ts';
import type { PlannedMapping } from '../../core/mapping/plan/plan.ts';
import type { TableSchema } from '../../core/model/schema.ts';
import { mappingFolder } from '../journal/run-folder.ts';

/** The transformed rows of a mapping as a table of the transform directory, with the columns of the target. */
export function transformedTable(planned: PlannedMapping): TableSchema {
  const key = planned.target.key;
  return { name: mappingFolder(planned.name), columns: planned.columns, key, unique: [], estimatedRows: null };
}

/** A mapping that reads rows of the transform directory and loads them as they are. */
export function transformedMapping(planned: PlannedMapping): PlannedMapping {
  const { filter: _, ...mapping } = planned.mapping;
  const table = transformedTable(planned);
  return {
    ...planned,
    mapping,
    source: table,
    steps: () => carrySteps(table.columns),
    mapper: () => ({ map: (row) => ({ row, reject: null, filter: null, adjustments: [] }) }),
  };
}
