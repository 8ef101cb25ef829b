import type { TableSchema } from '../../../core/model/schema.ts';
import type { Row } from '../../../core/model/value.ts';
import type { OrphanQuestion, Spellings } from '../../../core/ports/source.ts';
import { foldOf, keyReader } from './folded-key.ts';
import { referring } from './orphans.ts';
import { type TableFiles, tableRows } from './table-files.ts';
import { textSet } from './text-set.ts';

/** Whether a key is that of a parent, as it is written or folded. */
interface Parents {
  isExact(key: string): boolean;
  isFolded(key: string): boolean;
}

interface RespeltChildren {
  readonly count: number;
  /** Folded key → the children's spellings of it. */
  readonly spellings: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * Finds child rows whose parent has their key in another spelling. The parent's keys are held in memory, as they are written and
 * folded, and the parent is read again for the pairs. Incomplete when it has more than `maxKeys` keys.
 */
export async function findSpellings(
  files: TableFiles,
  question: OrphanQuestion,
  limit: number,
  maxKeys: number,
): Promise<Spellings> {
  const parents = await parentKeys(files, question, maxKeys);
  if (parents === null) {
    const note = `${question.parent.name} has more than ${maxKeys} keys, too many to hold in memory`;
    return { count: 0, pairs: [], isComplete: false, note };
  }
  const { count, spellings } = await respeltChildren(files, question, parents, limit);
  const pairs = spellings.size === 0 ? [] : await pairsWithParents(files, question, spellings);
  return { count, pairs: pairs.slice(0, limit), isComplete: true };
}

async function parentKeys(files: TableFiles, question: OrphanQuestion, maxKeys: number): Promise<Parents | null> {
  const keysOf = keysReader(question.parent, question.parentColumns, question);
  const [exact, folded] = [textSet(maxKeys), textSet(maxKeys)];
  for await (const batch of tableRows(files, question.parent)) {
    for (const row of batch) {
      const keys = keysOf(row);
      if (keys !== null && !(exact.add(keys.exact) && folded.add(keys.folded))) return null;
    }
  }
  return { isExact: (key) => exact.has(key), isFolded: (key) => folded.has(key) };
}

async function respeltChildren(
  files: TableFiles,
  question: OrphanQuestion,
  { isExact, isFolded }: Parents,
  limit: number,
): Promise<RespeltChildren> {
  const keysOf = keysReader(question.child, question.columns, question);
  const refers = referring(question);
  const spellings = new Map<string, Set<string>>();
  let [count, different] = [0, 0];
  for await (const batch of tableRows(files, question.child)) {
    for (const row of batch) {
      const keys = keysOf(row);
      if (keys === null || isExact(keys.exact) || !isFolded(keys.folded) || !refers(row)) continue;
      count++;
      const known = spellings.get(keys.folded) ?? new Set();
      if (different === limit || known.has(keys.exact)) continue;
      different++;
      spellings.set(keys.folded, known.add(keys.exact));
    }
  }
  return { count, spellings };
}

async function pairsWithParents(
  files: TableFiles,
  question: OrphanQuestion,
  spellings: RespeltChildren['spellings'],
): Promise<Spellings['pairs']> {
  const keysOf = keysReader(question.parent, question.parentColumns, question);
  const partsOf = (key: string): readonly string[] => (question.columns.length === 1 ? [key] : JSON.parse(key));
  const pairs: Spellings['pairs'][number][] = [];
  for await (const batch of tableRows(files, question.parent)) {
    for (const row of batch) {
      const keys = keysOf(row);
      for (const child of spellings.get(keys?.folded ?? '') ?? [])
        if (keys !== null) pairs.push({ child: partsOf(child), parent: partsOf(keys.exact) });
    }
  }
  return pairs;
}

/** Reads the key of a row, as it is written and folded; null when a part is null. */
function keysReader(table: TableSchema, columns: readonly string[], { fold }: OrphanQuestion) {
  const [exactOf, foldedOf] = [
    keyReader(table, columns, (text) => text),
    keyReader(table, columns, foldOf(table, fold)),
  ];
  return (row: Row): { readonly exact: string; readonly folded: string } | null => {
    const [exact, folded] = [exactOf(row), foldedOf(row)];
    return exact === null || folded === null ? null : { exact, folded };
  };
}
