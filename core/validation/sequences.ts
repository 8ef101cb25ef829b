import type { PlannedMapping } from '../mapping/plan/plan.ts';
import { groupedBy } from '../model/grouped-by.ts';
import type { Sequence } from '../ports/source.ts';
import type { SequenceValue, TargetSequence } from '../ports/target.ts';

/** A sequence of the target with the sequences of the source that it continues. */
export interface ContinuedSequence {
  readonly sequence: TargetSequence;
  /** Several where several tables became one; none where the source has no counterpart, or does not know. */
  readonly sources: readonly Sequence[];
}

/**
 * Finds the sequences of the source that each one of the target continues: those that fill the source columns which its own
 * columns are made of, else the one of the same name.
 * @param known the source's sequences; null where it does not know them.
 */
export function continuedSequences(
  mappings: readonly PlannedMapping[],
  known: readonly Sequence[] | null,
  target: readonly TargetSequence[],
): ContinuedSequence[] {
  const feeding = groupedBy(mappings, ({ target: { name } }) => [name]);
  const byPlace = groupedBy(known ?? [], ({ columns }) => new Set(columns.map(placeOf)));
  const byBareName = groupedBy(known ?? [], ({ name }) => [bareName(name)]);
  return target.map((sequence) => {
    const origins = sequence.columns.flatMap(({ table, column }) => originsOf(feeding.get(table) ?? [], column));
    const byColumn = [...new Set(origins.flatMap((place) => byPlace.get(place) ?? []))];
    const byName = byBareName.get(bareName(sequence.name)) ?? [];
    return { sequence, sources: byColumn.length > 0 ? byColumn : byName };
  });
}

/** The source columns, `table.column`, whose values a target column holds. */
function originsOf(feeding: readonly PlannedMapping[], column: string): string[] {
  return feeding.flatMap(({ mapping }) => {
    const { reads } = mapping.columns[column] ?? { reads: [] };
    return reads.length === 1 ? [`${mapping.from}.${reads[0]}`] : [];
  });
}

function placeOf({ table, column }: Sequence['columns'][number]): string {
  return `${table}.${column}`;
}

function bareName(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** The value that a sequence must give next at least; null when nothing says so. */
export function wantedNext({ sequence, sources }: ContinuedSequence): string | null {
  const nexts = sources.flatMap((source) => (isSameWay(source, sequence) ? (source.next ?? []) : []));
  if (sequence.cycles && nexts.length > 0) return farthestOf(sequence, nexts);
  const free = sequence.farthest === null ? [] : [String(BigInt(sequence.farthest) + BigInt(sequence.increment))];
  return farthestOf(sequence, [...nexts, ...free]);
}

/** The sequences that must be set after a load, with the values that they are to give next. */
export function correctedSequences(all: readonly ContinuedSequence[]): SequenceValue[] {
  return all.flatMap((continued) => {
    const { sequence } = continued;
    const next = wantedNext(continued);
    if (next === null || next === sequence.next) return [];
    return sequence.cycles || isBefore(sequence, sequence.next, next) ? [{ name: sequence.name, next }] : [];
  });
}

/** Whether a sequence gives one value before the other. */
export function isBefore({ increment }: Sequence, one: string, other: string): boolean {
  return isUpward(increment) ? BigInt(one) < BigInt(other) : BigInt(one) > BigInt(other);
}

function farthestOf(sequence: Sequence, values: readonly string[]): string | null {
  return values.reduce<string | null>(
    (far, value) => (far === null || isBefore(sequence, far, value) ? value : far),
    null,
  );
}

function isSameWay(one: Sequence, other: Sequence): boolean {
  return isUpward(one.increment) === isUpward(other.increment);
}

function isUpward(increment: string): boolean {
  return !increment.startsWith('-');
}

/** Lists the columns, `table.column`, that take their values from a sequence. */
export function filledColumns(known: readonly Sequence[]): string[] {
  return [...new Set(known.flatMap(({ columns }) => columns.map(placeOf)))];
}

/**
 * Lists the columns of the source that fill themselves with numbers, and whose counterpart in the target does not: an insert
 * that relies on it fails there, or begins again at 1.
 * @param fills whether a target column fills itself.
 */
export function lostIdentities(
  mappings: readonly PlannedMapping[],
  known: readonly Sequence[],
  fills: (table: string, column: string) => boolean,
): string[] {
  return filledColumns(known).filter(
    (place) =>
      !mappings.some(({ mapping }) =>
        Object.entries(mapping.columns).some(
          ([column, { reads, preserves }]) =>
            preserves !== 'nothing' && `${mapping.from}.${reads.join('\n')}` === place && fills(mapping.to, column),
        ),
      ),
  );
}
