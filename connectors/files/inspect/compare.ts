import type { Kind } from '../../../core/model/schema.ts';

/** Negative when a comes before b, as in `Array.sort`. Both are canonical text. */
export type Comparison = (a: string, b: string) => number;

/**
 * Returns the order of a kind's values; null for kinds that each database orders differently: text, enum, bytes and so
 * on.
 */
export function comparisonOf(kind: Kind): Comparison | null {
  switch (kind) {
    case 'int16':
    case 'int32':
    case 'int64':
    case 'uint64':
    case 'decimal':
      return compareDecimals;
    case 'float32':
    case 'float64':
      return compareFloats;
    case 'date':
    case 'timestamp':
    case 'timestamptz':
      return compareMoments;
    case 'time':
      return compareTimes;
    default:
      return null;
  }
}

/** Orders -Infinity, numbers, Infinity, NaN, as PostgreSQL does. */
function compareDecimals(a: string, b: string): number {
  const rank = specialRank(a) - specialRank(b);
  if (rank !== 0 || specialRank(a) !== 0) return rank;
  const [isBelow, isOtherBelow] = [a.startsWith('-'), b.startsWith('-')];
  if (isBelow !== isOtherBelow) return isBelow ? -1 : 1;
  return isBelow ? compareMagnitudes(b, a) : compareMagnitudes(a, b);
}

function specialRank(text: string): number {
  if (text === 'NaN') return 2;
  if (text === 'Infinity') return 1;
  return text === '-Infinity' ? -1 : 0;
}

/** Compares numbers of the same sign: the one with more digits before the point is larger, otherwise the digits decide. */
function compareMagnitudes(a: string, b: string): number {
  return wholeLength(a) - wholeLength(b) || plainOrder(a, b);
}

function wholeLength(text: string): number {
  const point = text.indexOf('.');
  return point < 0 ? text.length : point;
}

function plainOrder(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function compareFloats(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)];
  if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
  return Number(x > y) - Number(x < y);
}

/** Four-digit years compare as text, zero dates first; BC, longer years and infinities by the year's number. */
function compareMoments(a: string, b: string): number {
  if (isPlainMoment(a) && isPlainMoment(b)) return plainOrder(a, b);
  const [x, y] = [yearOf(a), yearOf(b)];
  if (x !== y) return x < y ? -1 : 1;
  return plainOrder(a.slice(a.indexOf('-')), b.slice(b.indexOf('-')));
}

function isPlainMoment(text: string): boolean {
  return text.charCodeAt(4) === 0x2d && !text.endsWith('C');
}

function yearOf(text: string): number {
  if (text === 'infinity') return Number.POSITIVE_INFINITY;
  if (text === '-infinity') return Number.NEGATIVE_INFINITY;
  const year = Number(text.slice(0, text.indexOf('-')));
  return text.endsWith(' BC') ? -year : year;
}

/** MySQL's times run from -838:59:59 to 838:59:59. */
function compareTimes(a: string, b: string): number {
  const [isBelow, isOtherBelow] = [a.startsWith('-'), b.startsWith('-')];
  if (isBelow !== isOtherBelow) return isBelow ? -1 : 1;
  const order = a.indexOf(':') - b.indexOf(':') || plainOrder(a, b);
  return isBelow ? -order : order;
}
