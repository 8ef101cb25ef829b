import type { Preserves } from '../core/mapping/mapping.ts';
import type { PlannedMapping } from '../core/mapping/plan/plan.ts';
import { addDecimals, compareDecimals, type ExactDecimal, parseDecimal, zeroDecimal } from '../core/model/decimal.ts';
import type { Column, Kind } from '../core/model/schema.ts';
import type { Value } from '../core/model/value.ts';
import type { Aggregate } from '../core/ports/source.ts';

/** A target column whose facts must follow from those of one source column. */
export interface ComparedColumn {
  readonly source: Column;
  readonly target: Column;
  readonly isNumber: boolean;
  /** Floats have no exact sum. */
  readonly isSummed: boolean;
  /** On both sides: their texts may differ in form. */
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

/** What a fact is called when it differs or could not be compared. */
type Fact = 'count' | 'sum' | 'min' | 'max';

type Extreme = 'min' | 'max';

/**
 * What the target must say of one column: the source's facts, corrected by each recorded value that changed or went. An
 * extreme that such a value held need not be there any more; the target's may then lie further in, which is not known to
 * be right or wrong, but never further out than the source's and the values that others became.
 */
export class ColumnTally {
  readonly column: ComparedColumn;
  private readonly source: Record<Extreme, string | null>;
  private nonNull: number;
  private sum: ExactDecimal;
  /** The source's sum where it is no number: NaN, or infinite. */
  private special: string | null;
  /** Whether a value that changed, went or came was none. */
  private isSpecialTouched = false;
  /** Whether a value that changed or went was the extreme, or one passed it. */
  private readonly isTouched: Record<Extreme, boolean> = { min: false, max: false };
  /** The farthest that any value can be. */
  private readonly bound: Record<Extreme, string | null>;

  constructor(column: ComparedColumn, source: Aggregate) {
    this.column = column;
    this.source = { min: source.min, max: source.max };
    this.nonNull = source.nonNull;
    this.sum = decimalOf(source.sum) ?? zeroDecimal;
    this.special = specialOf(source.sum);
    this.bound = { min: source.min, max: source.max };
  }

  /** The facts of another source column that goes to the same target column, through another mapping. */
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

  /** A value that is not in the target, since its row is not. */
  takeOut(value: Value | undefined): void {
    this.change(value, null);
  }

  /** A value that became another, or null. */
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

  /** The facts in which the target differs. */
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

  /** What may be right or wrong: it is not the source's, and need not be. */
  unknown(target: Aggregate): readonly Fact[] {
    const extremes = (['min', 'max'] as const).filter(
      (e) => this.isPossible(e, target) && !this.isSame(this.source[e], target[e]),
    );
    return this.isSpecialTouched && !this.isSum(target.sum) ? ['sum', ...extremes] : extremes;
  }

  /** What takes part in a sum that is no number cannot be told from it any more. */
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

/** NaN is the greatest, as PostgreSQL has it. */
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

/** Without the zeros that a wider type prints: `2020-01-01 00:00:00.000000+00` → `2020-01-01`. */
function momentText(text: string): string {
  return text
    .replace(/\+00(?=$| BC$)/, '')
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '')
    .replace(/ 00:00:00$/, '');
}
