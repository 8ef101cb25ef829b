import { keyOfId } from '../../core/mapping/ids/entity-ids.ts';
import { digestText } from '../../core/model/digests.ts';
import { rowKey } from '../../core/model/row-key.ts';
import type { ValidationContext } from '../../core/validation/validator.ts';
import { plural } from '../check-result.ts';
import { BucketSums } from './bucket-sums.ts';
import { type ComparedTable, comparedRows } from './compared-rows.ts';
import { BUCKETS, type KeyOfLine, keyOfLine } from './key-of-line.ts';

/** Two sides that are known to differ. */
interface Comparison {
  readonly context: ValidationContext;
  readonly compared: ComparedTable;
  readonly key: KeyOfLine;
}

export interface Differences {
  /** Source keys where the source row is at hand, else target keys; of each kind of difference in turn. */
  readonly sampleKeys: readonly string[];
  readonly notes: readonly string[];
}

/** Rows of one side that are held at once at the most, unless a single bucket has more. */
const MAX_ROWS = 20_000;

/** Names of differing columns in a note. */
const MAX_COLUMNS = 12;

/** A row that is looked at more closely: hashes only, so that wide rows weigh no more than narrow ones. */
interface Traced {
  readonly hash: bigint;
  readonly cells: BigUint64Array;
  /** What a check calls it. */
  readonly name: string;
}

/** The rows of one key: those of the source that still want a match, those that had one, those of the target without. */
interface KeyGroup {
  readonly wanted: Traced[];
  readonly matched: Traced[];
  readonly unmatched: Traced[];
}

type Kind = 'changed' | 'missing' | 'doubled' | 'extra';

/**
 * Reads both sides again, to find the key ranges that differ, and once more, to keep the rows of these and tell lost, extra,
 * doubled and changed ones apart.
 */
export async function findDifferences(context: ValidationContext, compared: ComparedTable): Promise<Differences> {
  const comparison = { context, compared, key: keyOfLine(compared.table, compared.columns) };
  const { chosen, rest } = chooseBuckets(await differingBuckets(comparison));
  const groups = await traceExpected(comparison, chosen);
  await matchActual(comparison, chosen, groups);
  const found = sortOut(compared, groups);
  const cap =
    rest === 0 ? [] : [`capped: ${plural(rest, 'more key range')} of ${BUCKETS} differ and were not looked into`];
  const isGone = Object.values(found.keys).every((names) => names.length === 0);
  const words = isGone ? 'differed at the first look, not at the second: something writes there' : wordsOf(found);
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

/** The target's key, with the legacy key where the id holds one; a row without a key is called by its hash. */
function targetName({ hashRow }: ValidationContext, key: KeyOfLine, line: string): string {
  if (key.columns.length === 0) return `row ${digestText(hashRow(line))}`;
  const cells = key.keyOf(line).split('\t');
  const text = key.columns.map((name, i) => `${name}=${cells[i]}`).join(', ');
  const legacy = cells.length === 1 ? keyOfId(cells[0] as string) : null;
  return legacy === null ? text : `${text} (legacy key ${legacy})`;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A copy that does not keep the line alive of which the text is a slice. */
function detached(text: string): string {
  return decoder.decode(encoder.encode(text));
}

interface Sorted {
  readonly keys: Readonly<Record<Kind, string[]>>;
  readonly columns: ReadonlySet<string>;
}

function sortOut({ columns }: ComparedTable, groups: Groups): Sorted {
  const keys: Record<Kind, string[]> = { changed: [], missing: [], doubled: [], extra: [] };
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
  if (twin === undefined) keys.extra.push(row.name);
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

/** The first of each list, then the second of each, up to the limit, so that no kind hides another. */
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
