import { foldKey } from '../../core/mapping/convert/fold.ts';
import type { OrphanQuestion } from '../../core/ports/source.ts';
import type { ValidationContext } from '../../core/validation/validator.ts';

/** Parent keys held in memory, about 60 bytes each. */
const MAX_PARENTS = 1_000_000;

/** Whether a relation joins text columns, which the legacy databases compare without case and trailing spaces. */
export function joinsTexts({ child, columns }: OrphanQuestion): boolean {
  return child.columns.some((c) => columns.includes(c.name) && c.type.kind === 'text');
}

/**
 * Reads both tables of the target and counts child rows without a parent, as the legacy collation would.
 * @returns null when the parent has too many keys to hold in memory.
 */
export async function countFoldedOrphans(context: ValidationContext, question: OrphanQuestion): Promise<number | null> {
  const parents = await parentKeys(context, question);
  if (parents === null) return null;
  const { child, columns, when } = question;
  const read = when === undefined ? columns : [...columns, when.column];
  const referenceOf = referenceReader(question);
  let count = 0;
  for await (const lines of context.target.inspector.lines(child.name, read)) {
    for (const line of lines) {
      const reference = referenceOf(line);
      if (reference !== null && !parents.has(context.hashRow(reference))) count++;
    }
  }
  return count;
}

async function parentKeys(context: ValidationContext, question: OrphanQuestion): Promise<ReadonlySet<bigint> | null> {
  const keys = new Set<bigint>();
  for await (const lines of context.target.inspector.lines(question.parent.name, question.parentColumns)) {
    for (const line of lines) keys.add(context.hashRow(foldedCells(line.split('\t'))));
    if (keys.size > MAX_PARENTS) return null;
  }
  return keys;
}

/** Reads the folded reference of a child line; null when it is empty, or the flag chooses another parent. */
function referenceReader({ none, when }: OrphanQuestion): (line: string) => string | null {
  const nothing = new Set(none.map(foldKey));
  return (line) => {
    const cells = line.split('\t');
    if (when !== undefined && !when.equals.includes(cells.pop() ?? '')) return null;
    return cells.some((cell) => cell === '\\N' || nothing.has(foldKey(cell))) ? null : foldedCells(cells);
  };
}

function foldedCells(cells: readonly string[]): string {
  return cells.map(foldKey).join('\t');
}
