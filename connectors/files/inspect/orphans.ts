import type { TableSchema } from '../../../core/model/schema.ts';
import type { Row, Value } from '../../../core/model/value.ts';
import type { Findings, OrphanQuestion } from '../../../core/ports/source.ts';
import { type Fold, foldOf, keyReader } from './folded-key.ts';
import { placesOf, plainText, rowLabel, type TableFiles, tableRows } from './table-files.ts';
import { type TextSet, textSet } from './text-set.ts';

/**
 * Finds child rows whose reference has no parent. The parent's keys are held in memory, then the child is read once.
 * Incomplete when the parent has more than `maxKeys` keys.
 */
export async function findOrphans(
  files: TableFiles,
  question: OrphanQuestion,
  limit: number,
  maxKeys: number,
): Promise<Findings> {
  const parents = await parentKeys(files, question, maxKeys);
  if (parents === null) {
    const note = `${question.parent.name} has more than ${maxKeys} keys, too many to hold in memory`;
    return { count: 0, keys: [], isComplete: false, note };
  }
  return searchChild(files, question, limit, isOrphanOf(question, parents));
}

async function parentKeys(files: TableFiles, question: OrphanQuestion, maxKeys: number): Promise<TextSet | null> {
  const keyOf = keyReader(question.parent, question.parentColumns, foldOf(question.parent, question.fold));
  const keys = textSet(maxKeys);
  for await (const batch of tableRows(files, question.parent)) {
    for (const row of batch) {
      const key = keyOf(row);
      if (key !== null && !keys.add(key)) return null;
    }
  }
  return keys;
}

function isOrphanOf(question: OrphanQuestion, parents: TextSet): (row: Row) => boolean {
  const keyOf = keyReader(question.child, question.columns, foldOf(question.child, question.fold));
  const refers = referring(question);
  return (row) => {
    const key = keyOf(row);
    return key !== null && !parents.has(key) && refers(row);
  };
}

/** Whether a row without nulls refers to something: the flag chooses this parent, and no value means none. */
export function referring(question: OrphanQuestion): (row: Row) => boolean {
  const places = placesOf(question.child, question.columns);
  const fold = foldOf(question.child, question.fold);
  const none = new Set(question.none.map(fold));
  const takesPart = flagOf(question);
  return (row) => takesPart(row) && !places.some((place) => none.has(folded(row[place] as Value, fold)));
}

function flagOf({ child, when }: OrphanQuestion): (row: Row) => boolean {
  if (when === undefined) return () => true;
  const [place = 0] = placesOf(child, [when.column]);
  const fold = foldOf(child);
  const wanted = new Set(when.equals.map(fold));
  return (row) => row[place] !== null && wanted.has(folded(row[place] as Value, fold));
}

function folded(value: Value, fold: Fold): string {
  return value === null ? '' : fold(plainText(value));
}

async function searchChild(
  files: TableFiles,
  { child, columns }: OrphanQuestion,
  limit: number,
  isOrphan: (row: Row) => boolean,
): Promise<Findings> {
  const labelled = labelColumns(child, columns);
  const places = placesOf(child, labelled);
  const keys: string[] = [];
  let count = 0;
  for await (const batch of tableRows(files, child)) {
    for (const row of batch) {
      if (!isOrphan(row)) continue;
      count += 1;
      if (keys.length < limit) keys.push(rowLabel(labelled, places, row));
    }
  }
  return { count, keys, isComplete: true };
}

/** A row without a key is named by its reference. */
function labelColumns(child: TableSchema, columns: readonly string[]): readonly string[] {
  return child.key.length > 0 ? child.key : columns;
}
