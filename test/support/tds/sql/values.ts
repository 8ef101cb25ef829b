import {
  addDecimals,
  compareDecimals,
  decimalText,
  type ExactDecimal,
  parseDecimal,
} from '../../../../core/model/decimal.ts';

/** An exact number of any type. */
export class Exact {
  readonly decimal: ExactDecimal;
  /** Whether it is a money, whose text has two digits of its fraction unless a style asks for four. */
  readonly isMoney: boolean;

  constructor(decimal: ExactDecimal, isMoney = false) {
    this.decimal = decimal;
    this.isMoney = isMoney;
  }

  static of(text: string, isMoney = false): Exact {
    const decimal = parseDecimal(text);
    if (decimal === null) throw new Error(`the double does not read the number ${text}`);
    return new Exact(decimal, isMoney);
  }

  get text(): string {
    return decimalText(this.decimal);
  }

  plus(other: Exact): Exact {
    return new Exact(addDecimals(this.decimal, other.decimal));
  }

  compare(other: Exact): number {
    return compareDecimals(this.decimal, other.decimal);
  }
}

/** A date, a time or both, in UTC where it has an offset. */
export class Temporal {
  readonly type: string;
  /** `2020-01-01 10:20:30.1234567`, `10:20:30`, `2020-01-01`: as many digits as the type has. */
  readonly text: string;
  /** Minutes that the local time is ahead of `text`. */
  readonly offset: number;

  constructor(type: string, text: string, offset = 0) {
    this.type = type;
    this.text = text;
    this.offset = offset;
  }
}

export class Guid {
  readonly text: string;
  constructor(text: string) {
    this.text = text.toLowerCase();
  }

  /** In the order of SQL Server: the last six bytes first, then those before them, group by group. */
  get sortKey(): string {
    const [a = '', b = '', c = '', d = '', e = ''] = this.text.split('-');
    const reversed = (hex: string) => (hex.match(/../g) ?? []).reverse().join('');
    return [e, d, reversed(c), reversed(b), reversed(a)].join('');
  }
}

export class Hierarchy {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export class Geometry {
  readonly srid: number;
  readonly wkb: Buffer;
  constructor(srid: number, wkb: Buffer) {
    this.srid = srid;
    this.wkb = wkb;
  }
}

/** A value that carries its own type. */
export class Variant {
  readonly type: string;
  readonly value: SqlValue;
  constructor(type: string, value: SqlValue) {
    this.type = type;
    this.value = value;
  }
}

export type SqlValue =
  | null
  | boolean
  | number
  | string
  | Buffer
  | Exact
  | Temporal
  | Guid
  | Hierarchy
  | Geometry
  | Variant;

/** `nvarchar(50)` → `nvarchar` */
export function baseOf(type: string): string {
  return type.replace(/\(.*$/, '');
}

/** The numbers of a type: `decimal(20,2)` → 20, 2. */
export function sizesOf(type: string): readonly number[] {
  return (/\((.*)\)/.exec(type)?.[1] ?? '').split(',').map(Number);
}

/** How a collation reads a text: all ignore blanks at the end. */
function folded(text: string, collation: string): string {
  const parts = new Set(collation.toUpperCase().split('_'));
  const bare = text.replace(/ +$/, '');
  const plain = parts.has('AI') ? bare.normalize('NFD').replace(/\p{M}/gu, '') : bare;
  return parts.has('CI') ? plain.toLowerCase() : plain;
}

/** The default of a new database. */
export const defaultCollation = 'SQL_Latin1_General_CP1_CI_AS';

/** Compares two values that are not NULL. @throws an Error for types that do not compare. */
export function compare(a: SqlValue, b: SqlValue, collation = defaultCollation): number {
  if (typeof a === 'string' && typeof b === 'string') return order(folded(a, collation), folded(b, collation));
  if (Buffer.isBuffer(a) && Buffer.isBuffer(b)) return Buffer.compare(a, b);
  if (a instanceof Temporal && b instanceof Temporal) return order(a.text, b.text);
  if (a instanceof Guid && b instanceof Guid) return order(a.sortKey, b.sortKey);
  if (a instanceof Hierarchy && b instanceof Hierarchy) return order(a.text, b.text);
  const [left, right] = [numeric(a), numeric(b)];
  if (typeof left === 'number' || typeof right === 'number') return Number(textOf(left)) - Number(textOf(right));
  return left.compare(right);
}

function order<T extends string>(a: T, b: T): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function numeric(value: SqlValue): Exact | number {
  if (typeof value === 'boolean') return Exact.of(value ? '1' : '0');
  if (typeof value === 'number' || value instanceof Exact) return value;
  throw new Error('the double does not compare values of these types');
}

function textOf(value: Exact | number): string {
  return typeof value === 'number' ? String(value) : value.text;
}
