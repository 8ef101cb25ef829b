import type { Preserves } from '../../core/mapping/mapping.ts';
import type { PlannedMapping } from '../../core/mapping/plan/plan.ts';
import {
  addDecimals,
  compareDecimals,
  type ExactDecimal,
  parseDecimal,
  zeroDecimal,
} from '../../core/model/decimal.ts';
import type { Column, Kind } from '../../core/model/schema.ts';
import type { Value } from '../../core/model/value.ts';
import type { Aggregate } from '../../core/ports/source.ts';

/** A target column whose facts must follow from those of one source column. */
export interface ComparedColumn {
  readonly source: Column;
  readonly target: Column;
  readonly isNumber: boolean;
  /** False for floats, which have no exact sum. */
  readonly isSummed: boolean;
  /** On both sides; the texts of equal floats may differ. */
  readonly isFloat: boolean;
}

const quantities: readonly Preserves[] = ['value', 'quantity'];
const summed: readonly Kind[] = ['int16', 'int32', 'int64', 'uint64', 'decimal'];
const floats: readonly Kind[] = ['float32', 'float64'];
const numbers: readonly Kind[] = [...summed, ...floats];
const moments: readonly Kind[] = ['date', 'timestamp', 'timestamptz'];

/** The numeric and date columns that a mapping carries by a rule that keeps their value. */
export function comparedColumns({ mapping, source, columns }: PlannedMapping): ComparedColumn[] {
  return columns.flatMap((target): ComparedColumn[] => {
    const rule = mapping.columns[target.name];
    const read = source.columns.find((c) => c.name === rule?.reads[0]);
    if (rule === undefined || read === undefined || !quantities.includes(rule.preserves)) return [];
    const areBoth = (kinds: readonly Kind[]): boolean =>
      kinds.includes(read.type.kind) && kinds.includes(target.type.kind);
    const isNumber = areBoth(numbers);
    if (!isNumber && !areBoth(moments)) return [];
    return [{ source: read, target, isNumber, isSummed: areBoth(summed), isFloat: areBoth(floats) }];
  });
}

/** The name of a fact in a note. */
type Fact = 'count' | 'sum' | 'min' | 'max';

type Extreme = 'min' | 'max';

/**
 * The facts that the target must have about one column: the source's facts, corrected by each recorded change or removal. If a
 * changed or removed value was the minimum or maximum, the target's may lie further in, and that cannot be checked. It must
 * never lie further out than the source's and the new values.
 */
export class ColumnTally {
  readonly column: ComparedColumn;
  private readonly source: Record<Extreme, string | null>;
  private nonNull: number;
  private sum: ExactDecimal;
  /** The source's sum if it is NaN or infinite, else null. */
  private special: string | null;
  /** Whether a changed, removed or new value was not a finite number. */
  private isSpecialTouched = false;
  /** Whether a changed or removed value was the extreme, or a new value lies beyond it. */
  private readonly isTouched: Record<Extreme, boolean> = { min: false, max: false };
  /** The furthest that any value can lie. */
  private readonly bound: Record<Extreme, string | null>;

  constructor(column: ComparedColumn, source: Aggregate) {
    this.column = column;
    this.source = { min: source.min, max: source.max };
    this.nonNull = source.nonNull;
    this.sum = decimalOf(source.sum) ?? zeroDecimal;
    this.special = specialOf(source.sum);
    this.bound = { min: source.min, max: source.max };
  }

  /** Adds the facts of a source column that another mapping loads into the same target column. */
  include(other: Aggregate): void {
    this.nonNull += other.nonNull;
    this.sum = addDecimals(this.sum, decimalOf(other.sum) ?? zeroDecimal, 1n);
    const special = specialOf(other.sum) ?? this.special;
    this.special = this.special === null || this.special === special ? special : 'NaN';
    for (const extreme of ['min', 'max'] as const) {
      const [value, own] = [other[extreme], this.source[extreme]];
      if (value === null || (own !== null && !this.isBeyond(extreme, value, own))) continue;
      this.source[extreme] = value;
      this.bound[extreme] = value;
    }
  }

  /** Removes a value whose row is not in the target. */
  remove(value: Value | undefined): void {
    this.change(value, null);
  }

  /** Replaces a value by another, or by null. */
  change(from: Value | undefined, to: Value): void {
    if (typeof from === 'string') this.apply(from, -1n);
    if (typeof to === 'string') this.apply(to, 1n);
  }

  private apply(value: string, sign: 1n | -1n): void {
    this.nonNull += Number(sign);
    const number = this.column.isSummed ? decimalOf(value) : null;
    if (number !== null) this.sum = addDecimals(this.sum, number, sign);
    else if (this.column.isSummed) this.isSpecialTouched = true;
    this.touch('min', value, sign);
    this.touch('max', value, sign);
  }

  private touch(extreme: Extreme, value: string, sign: 1n | -1n): void {
    const fact = this.source[extreme];
    if (fact === null || this.isBeyond(extreme, value, fact) || this.compare(value, fact) === 0)
      this.isTouched[extreme] = true;
    const bound = this.bound[extreme];
    if (sign === 1n && (bound === null || this.isBeyond(extreme, value, bound))) this.bound[extreme] = value;
  }

  private isBeyond(extreme: Extreme, value: string, fact: string): boolean {
    const order = this.compare(value, fact);
    return extreme === 'min' ? order < 0 : order > 0;
  }

  /** Lists the facts in which the target differs. */
  differences(target: Aggregate): readonly Fact[] {
    const { isSummed } = this.column;
    const isSame: Readonly<Record<Fact, boolean>> = {
      count: this.nonNull === target.nonNull,
      sum: !isSummed || this.isSum(target.sum) || this.isSpecialTouched,
      min: this.isPossible('min', target),
      max: this.isPossible('max', target),
    };
    return (Object.keys(isSame) as Fact[]).filter((fact) => !isSame[fact]);
  }

  /** Lists the facts that differ from the source's and cannot be checked. */
  unknown(target: Aggregate): readonly Fact[] {
    const extremes = (['min', 'max'] as const).filter(
      (e) => this.isPossible(e, target) && !this.isSame(this.source[e], target[e]),
    );
    return this.isSpecialTouched && !this.isSum(target.sum) ? ['sum', ...extremes] : extremes;
  }

  /** A sum that is NaN or infinite does not show its finite part, so only its text is compared. */
  private isSum(sum: string | null): boolean {
    const special = specialOf(sum);
    if (this.special !== null || special !== null) return this.special === special;
    return compareDecimals(this.sum, decimalOf(sum) ?? zeroDecimal) === 0;
  }

  private isPossible(extreme: Extreme, target: Aggregate): boolean {
    const value = target[extreme];
    if (this.isSame(this.source[extreme], value)) return true;
    const bound = this.bound[extreme];
    return this.isTouched[extreme] && (value === null || (bound !== null && !this.isBeyond(extreme, value, bound)));
  }

  private isSame(a: string | null, b: string | null): boolean {
    return a === null || b === null ? a === b : this.compare(a, b) === 0;
  }

  private compare(a: string, b: string): number {
    if (a === b) return 0;
    if (this.column.isFloat) return floatOrder(Number(a), Number(b));
    const [x, y] = this.column.isNumber ? [parseDecimal(a), parseDecimal(b)] : [null, null];
    if (x !== null && y !== null) return compareDecimals(x, y);
    return orderOf(momentText(a), momentText(b));
  }
}

/** NaN is the greatest value, as in PostgreSQL. */
function floatOrder(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return orderOf(a, b);
}

function orderOf<T>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function decimalOf(text: string | null): ExactDecimal | null {
  return text === null ? null : parseDecimal(text);
}

function specialOf(sum: string | null): string | null {
  return sum === null || parseDecimal(sum) !== null ? null : sum;
}

/** Removes the zeros that a wider type prints: `2020-01-01 00:00:00.000000+00` → `2020-01-01`. */
function momentText(text: string): string {
  return text
    .replace(/\+00(?=$| BC$)/, '')
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '')
    .replace(/ 00:00:00$/, '');
}
