import { keyOfId } from '../../core/mapping/ids/entity-ids.ts';
import { digestText } from '../../core/model/digests.ts';
import { rowKey } from '../../core/model/row-key.ts';
import type { ValidationContext } from '../../core/validation/validator.ts';
import { plural } from '../check-result.ts';
import { type ComparedTable, comparedRows } from './compared-rows.ts';
import { BUCKETS, type KeyOfLine, keyOfLine } from './key-of-line.ts';

/** The context and table of a comparison whose sides are known to differ. */
interface Comparison {
  readonly context: ValidationContext;
  readonly compared: ComparedTable;
  readonly key: KeyOfLine;
}

/** The differences between source and target, as a check reports them. */
export interface Differences {
  /** Source keys where the source row is known, else target keys; each kind of difference in turn. */
  readonly sampleKeys: readonly string[];
  readonly notes: readonly string[];
}

/** Rows of one side held in memory at most, unless a single bucket has more. */
const MAX_ROWS = 20_000;

/** Names of differing columns in a note, at most. */
const MAX_COLUMNS = 12;

/** A row of a differing bucket, as hashes only, so that a wide row takes little memory. */
interface Traced {
  readonly hash: bigint;
  readonly cells: BigUint64Array;
  /** Its name in a check. */
  readonly name: string;
}

/** The rows of one key: source rows without a match so far, source rows with a match, target rows without one. */
interface KeyGroup {
  readonly wanted: Traced[];
  readonly matched: Traced[];
  readonly unmatched: Traced[];
}

type Kind = 'changed' | 'missing' | 'doubled' | 'unexpected';

/**
 * Finds the rows and columns that differ. Reads both sides once to find the key ranges that differ, and once more to sort the
 * rows of these ranges into missing, unexpected, doubled and changed ones.
 */
export async function findDifferences(context: ValidationContext, compared: ComparedTable): Promise<Differences> {
  const comparison = { context, compared, key: keyOfLine(compared.table, compared.columns) };
  const { chosen, rest } = chooseBuckets(await differingBuckets(comparison));
  const groups = await traceExpected(comparison, chosen);
  await matchActual(comparison, chosen, groups);
  const found = sortOut(compared, groups);
  const cap =
    rest === 0 ? [] : [`capped: ${plural(rest, 'more key range')} of ${BUCKETS} differ and were not examined`];
  const isEmpty = Object.values(found.keys).every((names) => names.length === 0);
  const words = isEmpty
    ? 'the sides differed on the first read but not on the second: something is writing to source or target'
    : wordsOf(found);
  return { sampleKeys: sample(Object.values(found.keys), context.maxKeys), notes: [words, ...cap] };
}

type DifferingBuckets = ReturnType<BucketSums['differences']>;

async function differingBuckets({ context, compared, key }: Comparison): Promise<DifferingBuckets> {
  const [expected, actual] = [new BucketSums(), new BucketSums()];
  for await (const batch of comparedRows(context, compared)) {
    for (const { line } of batch) expected.add(key.bucketOf(line), context.hashRow(line));
  }
  for await (const lines of context.target.inspector.lines(compared.table.name, compared.columns)) {
    for (const line of lines) actual.add(key.bucketOf(line), context.hashRow(line));
  }
  return expected.differences(actual);
}

function chooseBuckets(differing: DifferingBuckets): { chosen: ReadonlySet<number>; rest: number } {
  const chosen = new Set<number>();
  let rows = 0;
  for (const one of differing) {
    if (chosen.size > 0 && rows + one.rows > MAX_ROWS) continue;
    chosen.add(one.bucket);
    rows += one.rows;
  }
  return { chosen, rest: differing.length - chosen.size };
}

type Groups = Map<bigint, KeyGroup>;

async function traceExpected({ context, compared, key }: Comparison, chosen: ReadonlySet<number>): Promise<Groups> {
  const groups: Groups = new Map();
  for await (const batch of comparedRows(context, compared)) {
    for (const { planned, row, line } of batch) {
      if (!chosen.has(key.bucketOf(line))) continue;
      const name = rowKey(planned.source, row) ?? targetName(context, key, line);
      groupOf(groups, context, key, line).wanted.push(trace(context, line, name));
    }
  }
  return groups;
}

async function matchActual(
  { context, compared, key }: Comparison,
  chosen: ReadonlySet<number>,
  groups: Groups,
): Promise<void> {
  for await (const lines of context.target.inspector.lines(compared.table.name, compared.columns)) {
    for (const line of lines) {
      if (chosen.has(key.bucketOf(line))) match(groupOf(groups, context, key, line), context, key, line);
    }
  }
}

function match(
  { wanted, matched, unmatched }: KeyGroup,
  context: ValidationContext,
  key: KeyOfLine,
  line: string,
): void {
  const hash = context.hashRow(line);
  const place = wanted.findIndex((row) => row.hash === hash);
  if (place >= 0) matched.push(...wanted.splice(place, 1));
  else unmatched.push(trace(context, line, targetName(context, key, line)));
}

function groupOf(groups: Groups, { hashRow }: ValidationContext, key: KeyOfLine, line: string): KeyGroup {
  const id = hashRow(key.keyOf(line));
  let group = groups.get(id);
  if (group === undefined) {
    group = { wanted: [], matched: [], unmatched: [] };
    groups.set(id, group);
  }
  return group;
}

function trace({ hashRow }: ValidationContext, line: string, name: string): Traced {
  const cells = line.split('\t');
  return { hash: hashRow(line), cells: BigUint64Array.from(cells, (cell) => hashRow(cell)), name: detached(name) };
}

/** Names a target row by its key, with the legacy key if the id holds one; a row without a key is named by its hash. */
function targetName({ hashRow }: ValidationContext, key: KeyOfLine, line: string): string {
  if (key.columns.length === 0) return `row ${digestText(hashRow(line))}`;
  const cells = key.keyOf(line).split('\t');
  const text = key.columns.map((name, i) => `${name}=${cells[i]}`).join(', ');
  const legacy = cells.length === 1 ? keyOfId(cells[0] as string) : null;
  return legacy === null ? text : `${text} (legacy key ${legacy})`;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Copies a text, so that the line it is a slice of can be freed. */
function detached(text: string): string {
  return decoder.decode(encoder.encode(text));
}

interface Sorted {
  readonly keys: Readonly<Record<Kind, string[]>>;
  readonly columns: ReadonlySet<string>;
}

function sortOut({ columns }: ComparedTable, groups: Groups): Sorted {
  const keys: Record<Kind, string[]> = { changed: [], missing: [], doubled: [], unexpected: [] };
  const differing = new Set<number>();
  for (const { wanted, matched, unmatched } of groups.values()) {
    for (let i = 0; i < Math.max(wanted.length, unmatched.length); i++) {
      const before = wanted[i];
      const after = unmatched[i];
      if (before === undefined) nameSurplus(keys, matched, after as Traced);
      else if (after === undefined) keys.missing.push(before.name);
      else {
        keys.changed.push(before.name);
        for (const place of differingPlaces(before, after)) differing.add(place);
      }
    }
  }
  const places = [...differing].sort((a, b) => a - b);
  return { keys, columns: new Set(places.map((place) => columns[place] ?? '')) };
}

function differingPlaces(before: Traced, after: Traced): number[] {
  return Array.from(before.cells.keys()).filter((place) => before.cells[place] !== after.cells[place]);
}

function nameSurplus(keys: Record<Kind, string[]>, matched: readonly Traced[], row: Traced): void {
  const twin = matched.find((one) => one.hash === row.hash);
  if (twin === undefined) keys.unexpected.push(row.name);
  else keys.doubled.push(twin.name);
}

function wordsOf({ keys, columns }: Sorted): string {
  const names = [...columns];
  const shown = names.slice(0, MAX_COLUMNS).join(', ') + (names.length > MAX_COLUMNS ? ', …' : '');
  const kinds = (Object.keys(keys) as Kind[]).filter((kind) => keys[kind].length > 0);
  return kinds
    .map((kind) => `${plural(keys[kind].length, 'row')} ${kind}${kind === 'changed' ? ` (columns ${shown})` : ''}`)
    .join(', ');
}

/** Takes the first of each list, then the second of each, up to the limit, so that every kind is shown. */
function sample(lists: readonly (readonly string[])[], limit: number): string[] {
  const keys: string[] = [];
  const longest = Math.max(...lists.map((list) => list.length));
  for (let i = 0; i < longest && keys.length < limit; i++) {
    for (const list of lists) {
      const key = list[i];
      if (key !== undefined && keys.length < limit) keys.push(key);
    }
  }
  return keys;
}

/** Row count and sum of row hashes modulo 2⁶⁴ per bucket. The order of rows does not matter, a doubled row does. */
export class BucketSums {
  private readonly rows = new Uint32Array(BUCKETS);
  private readonly sums = new BigUint64Array(BUCKETS);

  add(bucket: number, hash: bigint): void {
    this.rows[bucket] = (this.rows[bucket] as number) + 1;
    this.sums[bucket] = (this.sums[bucket] as bigint) + hash; // the array keeps the low 64 bits
  }

  /** Lists buckets that differ, with the larger of their row counts. */
  differences(other: BucketSums): readonly { readonly bucket: number; readonly rows: number }[] {
    const found: { bucket: number; rows: number }[] = [];
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      const rows = Math.max(this.rows[bucket] as number, other.rows[bucket] as number);
      const isSame = this.rows[bucket] === other.rows[bucket] && this.sums[bucket] === other.sums[bucket];
      if (!isSame) found.push({ bucket, rows });
    }
    return found;
  }
}
