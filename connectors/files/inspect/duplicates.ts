import type { TableSchema } from '../../../core/model/schema.ts';
import type { Findings } from '../../../core/ports/source.ts';
import { keyReader } from './folded-key.ts';
import { placesOf, rowLabel, type TableFiles, tableRows } from './table-files.ts';
import { type TextSet, textSet } from './text-set.ts';

/**
 * Finds groups of rows that share folded values of columns. One reading finds the groups, a second one their first rows,
 * which are named by their key (without a key, by the value). Incomplete when there are more than `maxKeys` different
 * values: then only the rows before the limit were checked.
 */
export async function findDuplicates(
  files: TableFiles,
  question: DuplicateQuestion,
  limit: number,
  maxKeys: number,
): Promise<Findings> {
  const { groups, isComplete } = await sharedValues(files, question, maxKeys);
  const keys = await firstRows(files, question, groups, limit);
  if (isComplete) return { count: groups.size, keys, isComplete };
  const note = `${question.table.name} has more than ${maxKeys} different values, too many to hold in memory`;
  return { count: groups.size, keys, isComplete, note };
}

interface DuplicateQuestion {
  readonly table: TableSchema;
  readonly columns: readonly string[];
}

async function sharedValues(files: TableFiles, { table, columns }: DuplicateQuestion, maxKeys: number) {
  const keyOf = keyReader(table, columns);
  const seen = textSet(maxKeys);
  const groups = textSet(maxKeys);
  for await (const batch of tableRows(files, table)) {
    for (const row of batch) {
      const key = keyOf(row);
      if (key === null) continue;
      if (seen.has(key)) groups.add(key);
      else if (!seen.add(key)) return { groups, isComplete: false };
    }
  }
  return { groups, isComplete: true };
}

async function firstRows(
  files: TableFiles,
  { table, columns }: DuplicateQuestion,
  groups: TextSet,
  limit: number,
): Promise<readonly string[]> {
  const keyOf = keyReader(table, columns);
  const names = table.key.length > 0 ? table.key : columns;
  const namePlaces = placesOf(table, names);
  const labels = new Map<string, string>();
  const wanted = Math.min(limit, groups.size);
  if (wanted === 0) return [];
  for await (const batch of tableRows(files, table)) {
    for (const row of batch) {
      const key = keyOf(row);
      if (key === null || labels.has(key) || !groups.has(key)) continue;
      labels.set(key, rowLabel(names, namePlaces, row));
      if (labels.size === wanted) return [...labels.values()];
    }
  }
  return [...labels.values()];
}
