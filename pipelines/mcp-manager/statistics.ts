import {
  Adjusted,
  type CheckResult,
  entityIds,
  type PlannedMapping,
  plural,
  uuidOf,
  type ValidationContext,
  type Value,
} from '../../public/index.ts';

/** A source row by column. */
export type SourceRow = Readonly<Record<string, Value>>;

/** A target row by column; booleans are `t` and `f`, null is NULL. */
export type TargetRow = Readonly<Record<string, string | null>>;

/** The facts that a source row and its target row must share. */
export interface Look {
  /** `source > target`, the mapping whose rejected and filtered rows may be missing. */
  readonly mapping: string;
  /** Columns read from the target. */
  readonly columns: readonly string[];
  /** The facts of the target row; null if there must not be one. The first fact is the lookup key. */
  expect(row: SourceRow): readonly (string | null)[] | null;
  /** The facts that a target row has, in the same order. */
  found(row: TargetRow): readonly (string | null)[];
}

/**
 * Compares every source row with the target rows without mapping any, and counts missing, changed and surplus rows. Two
 * short texts per source row are held in memory.
 */
export async function compareRows(context: ValidationContext, look: Look): Promise<CheckResult> {
  const planned = context.plan.mappings.find(({ name }) => name === look.mapping);
  if (planned === undefined)
    return { verdict: 'incomplete', expected: null, actual: null, notes: [`${look.mapping} took no part`] };
  const expected = await expectedFacts(context, planned, look);
  const total = expected.size;
  let changed = 0;
  let surplus = 0;
  for await (const row of targetRows(context, planned.target.name, look.columns)) {
    const facts = look.found(row);
    const name = String(facts[0]);
    const own = expected.get(name);
    if (own === undefined) surplus++;
    else if (own.facts !== JSON.stringify(facts)) changed++;
    else expected.delete(name);
  }
  const missing = expected.size - changed;
  const faults = [
    ...(missing > 0 ? [`${plural(missing, 'row')} not found`] : []),
    ...(changed > 0 ? [`${plural(changed, 'row')} with other facts`] : []),
    ...(surplus > 0 ? [`${plural(surplus, 'row')} of the target without a source row`] : []),
  ];
  return {
    verdict: faults.length === 0 ? 'pass' : 'fail',
    expected: total,
    actual: total - expected.size,
    sampleKeys: [...expected.values()].slice(0, context.maxKeys).map(({ key }) => key),
    notes: faults,
  };
}

interface Expected {
  readonly facts: string;
  /** Source key. */
  readonly key: string;
}

async function expectedFacts(
  context: ValidationContext,
  planned: PlannedMapping,
  look: Look,
): Promise<Map<string, Expected>> {
  const gone = await keysOfLostRows(context, planned);
  const expected = new Map<string, Expected>();
  for await (const row of sourceRows(context, planned)) {
    const facts = look.expect(row);
    const key = `id=${row.id}`;
    const isGone = gone.has(key) || gone.has(`id=${keptId(planned.target.name, row.id as Value)}`);
    if (facts !== null && !isGone) expected.set(String(facts[0]), { facts: JSON.stringify(facts), key });
  }
  return expected;
}

/** The id as a UUID of a target table: the id itself, or a UUID made from it. */
export function keptId(table: string, id: Value): string | null {
  const made = id === null ? null : uuidOf(entityIds(null, table))(id);
  return (made instanceof Adjusted ? made.value : made) as string | null;
}

/** Keys of rows that were rejected, filtered or taken out by resolving: source keys, or target keys. */
async function keysOfLostRows(context: ValidationContext, planned: PlannedMapping): Promise<ReadonlySet<string>> {
  const keys = new Set<string>();
  for await (const { kind, key } of context.records(planned.name)) if (kind !== 'adjustment') keys.add(key);
  return keys;
}

/** All rows of a mapping's source table. */
export async function* sourceRows(
  { source, parts }: ValidationContext,
  { source: table }: PlannedMapping,
): AsyncGenerator<SourceRow> {
  const names = table.columns.map(({ name }) => name);
  for (const part of await parts(table)) {
    for await (const batch of source.read(table, part)) {
      for (const row of batch) yield Object.fromEntries(names.map((name, i) => [name, row[i] as Value]));
    }
  }
}

/** The named columns of all rows of a target table. */
export async function* targetRows(
  { target }: ValidationContext,
  table: string,
  columns: readonly string[],
): AsyncGenerator<TargetRow> {
  for await (const lines of target.inspector.lines(table, columns)) {
    for (const line of lines) {
      const cells = line.split('\t').map(cellOf);
      yield Object.fromEntries(columns.map((name, i) => [name, cells[i] ?? null]));
    }
  }
}

const controls: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/** A cell of a canonical line (`core/model/row-text.ts`) without its escapes; null for `\N`. */
function cellOf(text: string): string | null {
  return text === '\\N' ? null : text.replace(/\\([\s\S])/g, (_, c: string) => controls[c] ?? c);
}
