import { foldText } from '../../core/mapping/key-folds.ts';
import type { PlannedMapping } from '../../core/mapping/plan/plan.ts';
import { parentSpelling } from '../../core/mapping/spellings.ts';
import type { ValidationContext } from '../../core/validation/validator.ts';
import { plural } from '../check-result.ts';
import { foldOfRelation, type RelationSides, sourceQuestion } from './relation-sides.ts';

/** Pairs of spellings that are compared. They are in memory. */
const MAX_PAIRS = 100_000;

/** What is wrong with the spellings that a run wrote. */
export interface SpellingFaults {
  readonly faults: readonly string[];
  readonly gaps: readonly string[];
  /** Source keys of the rows. */
  readonly keys: readonly string[];
}

/** A text that was replaced by the parent's spelling, with the rows that had it. */
interface Respelling {
  readonly from: string;
  readonly to: string;
  count: number;
  readonly keys: string[];
}

/**
 * Asks the source whether it treats each text as equal to the spelling that was written instead of it. A declared fold that is not
 * that of the source's collation can find another parent than the source does.
 */
export async function checkSpellings(context: ValidationContext, sides: RelationSides): Promise<SpellingFaults> {
  const { relation, child, parent } = sides;
  const fold = foldOfRelation(sides);
  const nothing: SpellingFaults = { faults: [], gaps: [], keys: [] };
  if (fold === undefined || relation.target === undefined) return nothing;
  const respelt = await Promise.all(relation.target.columns.map((name) => respellings(context, child, name)));
  if (respelt.every((column) => column.length === 0)) return nothing;
  const known = await context.source.inspector.spellings(sourceQuestion(sides), MAX_PAIRS);
  if (!known.isComplete) return { ...nothing, gaps: [known.note ?? 'the spellings could not all be compared'] };
  const wrong: Respelling[] = [];
  for (const [i, column] of respelt.entries()) {
    const further = await respellings(context, parent, relation.target.parentColumns[i] as string);
    const written = new Map(further.map(({ from, to }) => [from, to]));
    const same = known.pairs.map((pair) => [pair.child[i], written.get(pair.parent[i] as string) ?? pair.parent[i]]);
    const isEqual = new Set(same.map((pair) => JSON.stringify(pair)));
    wrong.push(
      ...column.filter(({ from, to }) => !isEqual.has(JSON.stringify([from, to])) && written.get(from) !== to),
    );
  }
  return faultsOf(wrong, foldText(fold), known.pairs.length === MAX_PAIRS);
}

function faultsOf(wrong: readonly Respelling[], fold: string, isCut: boolean): SpellingFaults {
  if (wrong.length === 0) return { faults: [], gaps: [], keys: [] };
  const keys = wrong.flatMap((each) => each.keys);
  if (isCut) return { faults: [], gaps: [`more than ${MAX_PAIRS} spellings, too many to compare`], keys };
  const count = wrong.reduce((sum, each) => sum + each.count, 0);
  const message = `${plural(count, 'row')} written with a parent that is another one for the source, which does not compare by ${fold}`;
  return { faults: [message], gaps: [], keys };
}

/** The recorded respellings of a target column, each pair of texts once. */
async function respellings(
  { records, maxKeys }: ValidationContext,
  { name }: PlannedMapping,
  column: string,
): Promise<readonly Respelling[]> {
  const found = new Map<string, Respelling>();
  for await (const record of records(name)) {
    if (record.kind !== 'adjustment' || record.rule !== parentSpelling || record.column !== column) continue;
    const [from, to] = [String(record.from), String(record.to)];
    const pair = JSON.stringify([from, to]);
    const known = found.get(pair) ?? { from, to, count: 0, keys: [] };
    known.count++;
    if (known.keys.length < maxKeys) known.keys.push(record.key);
    found.set(pair, known);
  }
  return [...found.values()];
}
