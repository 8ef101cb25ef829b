import { uuidText } from '../../../core/mapping/convert/uuid.ts';
import { isJson } from '../../../core/model/canonical-form.ts';
import type { ColumnType, Kind } from '../../../core/model/schema.ts';
import { Rejected } from '../../../core/model/value.ts';
import { textOfBytes } from '../../sql/utf8.ts';
import { momentText } from '../../sql/written-moment.ts';
import type { RawCell } from '../database.ts';
import { type Family, type Form, parseSqliteType, readType } from '../types.ts';
import { booleanOf, exactDecimal, fitsDecimal } from './cell.ts';
import { isMidnight, microsecondsOf, momentOfText, type Unit } from './moment.ts';

/** What the values of a column are, as they come by. */
export interface ColumnSurvey {
  readonly family: Family;
  /** Whether a value must be seen to its end. */
  readonly needsWholeText: boolean;
  readonly seen: Seen;
  /** @param storage the first letter of the storage class. @param cell a text as its bytes, null for an empty one and a blob. */
  add(storage: string, cell: RawCell): void;
}

/** Numbers of values. */
interface Seen {
  integers: number;
  reals: number;
  texts: number;
  blobs: number;
  /** Texts that are values of the declared type, and of these the ones with a zone, and the ones that are not midnight. */
  own: number;
  zoned: number;
  timed: number;
  /** Numbers and texts that are values of the declared type but for too many digits. */
  beyond: number;
  /** Numbers that are values of the declared type. */
  ownNumbers: number;
  /** The smallest and largest number other than 0. */
  least: number;
  most: number;
  /** By unit, whether every number is a midnight. */
  readonly midnights: Record<Unit, boolean>;
}

const nothing = (): Seen => ({
  ...{ integers: 0, reals: 0, texts: 0, blobs: 0, own: 0, zoned: 0, timed: 0, beyond: 0, ownNumbers: 0 },
  ...{ least: Number.POSITIVE_INFINITY, most: 0 },
  midnights: { seconds: true, milliseconds: true, microseconds: true, julian: true },
});

const moments: readonly Family[] = ['date', 'time', 'timestamp', 'timestamptz'];

/** Begins to look at a column with this declared type. */
export function surveyOf(declared: string): ColumnSurvey {
  const { family } = readType(declared);
  const type = parseSqliteType(declared);
  const seen = nothing();
  return {
    family,
    needsWholeText: family === 'json' || family === 'decimal',
    seen,
    add(storage, cell) {
      if (storage === 'n') return;
      if (storage === 'b') seen.blobs += 1;
      else if (storage === 't')
        addText(seen, type, family, textOfBytes(Buffer.from((cell as Uint8Array | null) ?? [])));
      else addNumber(seen, type, family, { isReal: storage === 'r', cell: cell as number | bigint });
    },
  };
}

function addText(seen: Seen, type: ColumnType, family: Family, text: string): void {
  seen.texts += 1;
  if (moments.includes(family)) addMoment(seen, type.kind, text.trim());
  else if (isOwnText(type, family, text)) seen.own += 1;
  if (family === 'decimal') addDecimal(seen, type, Buffer.from(text));
}

function isOwnText(type: ColumnType, family: Family, text: string): boolean {
  switch (family) {
    case 'boolean':
      return booleanOf(Buffer.from(text)) !== undefined;
    case 'json':
      return isJson(text);
    case 'uuid':
      return !(uuidText(text) instanceof Rejected);
    case 'decimal':
      return exactDecimal(Buffer.from(text)) !== undefined;
    default:
      return type.kind === 'text';
  }
}

const beginsAsDate = /^\d{4}-\d\d-\d\d/;

/** A text of a date type counts as its own when it begins as a date, so that a wrong one among right ones is rejected. */
function addMoment(seen: Seen, kind: Kind, text: string): void {
  if (kind === 'time') {
    if (momentOfText(text, kind) !== undefined) seen.own += 1;
    return;
  }
  if (!beginsAsDate.test(text)) return;
  seen.own += 1;
  const isZoned = momentText('timestamptz', text) !== undefined;
  if (isZoned) seen.zoned += 1;
  if (!isZoned && momentText('date', text) === undefined && momentText('timestamp', text) !== undefined)
    seen.timed += 1;
  if (/\.\d{6}\d*[1-9]\d*(?:Z|[+-]\d\d:?\d\d)?$/i.test(text)) seen.beyond += 1;
}

interface NumberCell {
  readonly isReal: boolean;
  readonly cell: number | bigint;
}

function addNumber(seen: Seen, type: ColumnType, family: Family, { isReal, cell }: NumberCell): void {
  if (isReal) seen.reals += 1;
  else seen.integers += 1;
  if (family === 'decimal') addDecimal(seen, type, cell);
  if (family === 'boolean' && booleanOf(cell) !== undefined) seen.ownNumbers += 1;
  if (!moments.includes(family)) return;
  const size = Math.abs(Number(cell));
  if (size > 0) seen.least = Math.min(seen.least, size);
  seen.most = Math.max(seen.most, size);
  for (const unit of Object.keys(seen.midnights) as Unit[]) {
    if (!seen.midnights[unit]) continue;
    const moment = microsecondsOf(cell, unit);
    seen.midnights[unit] = moment !== null && isMidnight(moment);
  }
}

function addDecimal(seen: Seen, type: ColumnType, cell: number | bigint | Uint8Array): void {
  const text = exactDecimal(cell);
  if (text !== undefined && !fitsDecimal(text, type)) seen.beyond += 1;
}

/** The form of the values that were seen; null where they are what the declared type says, or are too mixed to be anything else. */
export function formOf({ family, seen }: ColumnSurvey): Form | null {
  const { integers, reals, texts, blobs, own } = seen;
  const numbers = integers + reals;
  const all = numbers + texts + blobs;
  if (all === 0) return null;
  const plain = plainForm(seen);
  switch (family) {
    case 'unknown':
      return plain === 'text' ? null : plain;
    case 'integer':
      return reals > 0 && texts + blobs === 0 ? 'decimal' : unlessNone(integers, plain);
    case 'real':
      return unlessNone(numbers, plain);
    case 'text':
      return blobs === all ? 'blob' : null;
    case 'bytes':
      return unlessNone(blobs, plain);
    case 'decimal':
      return decimalForm(seen, plain);
    case 'boolean':
      return booleanForm(seen, plain);
    case 'json':
    case 'uuid':
      return blobs === all || own < texts || (family === 'uuid' && numbers > 0) ? plain : null;
    default:
      return momentForm(family, seen, plain);
  }
}

function decimalForm({ integers, reals, own, beyond }: Seen, plain: Form | null): Form | null {
  if (integers + reals === 0 && own === 0) return plain;
  return beyond > 0 ? 'decimal' : null;
}

function booleanForm({ integers, reals, texts, own, ownNumbers }: Seen, plain: Form | null): Form | null {
  if (texts === 0 && integers + reals > ownNumbers) return plain;
  return own + ownNumbers === 0 ? plain : null;
}

/** A form for all values of a column, if they have one; mixed with text, numbers are text too. */
function plainForm({ integers, reals, texts, blobs }: Seen): Form | null {
  if (blobs > 0) return integers + reals + texts === 0 ? 'blob' : null;
  if (texts > 0) return 'text';
  if (reals === 0) return 'integer';
  return integers === 0 ? 'real' : 'decimal';
}

function unlessNone(own: number, plain: Form | null): Form | null {
  return own > 0 ? null : plain;
}

function momentForm(family: Family, seen: Seen, plain: Form | null): Form | null {
  const { integers, reals, texts, own, beyond, zoned, timed } = seen;
  if (beyond > 0 || (own === 0 && texts > 0)) return plain;
  if (integers + reals > 0 && family !== 'time') return countForm(family, seen, plain);
  if (texts === 0) return plain;
  if (family === 'timestamp' || family === 'date')
    return zoned > 0 ? 'utc' : family === 'date' && timed > 0 ? 'timestamp' : null;
  return null;
}

/** Numbers that count time from some day on. */
function countForm(family: Family, seen: Seen, plain: Form | null): Form | null {
  const unit = unitOf(seen);
  if (unit === null) return seen.texts === 0 ? plain : null;
  return family === 'date' && seen.timed + seen.zoned === 0 && seen.midnights[unit] ? `${unit} days` : unit;
}

/** The last Julian day that SQLite's date functions read. */
const lastJulianDay = 5_373_484.5;
/** 1973-03-03 in seconds, milliseconds and microseconds. Smaller numbers may be anything. */
const [seconds, milliseconds, microseconds, end] = [1e8, 1e11, 1e14, 1e17];

/** What numbers count, by their sizes: small reals are Julian days, as for SQLite; null when they differ too much. */
function unitOf({ reals, least, most }: Seen): Unit | null {
  if (reals > 0 && most <= lastJulianDay) return 'julian';
  if (least >= seconds && most < milliseconds) return 'seconds';
  if (least >= milliseconds && most < microseconds) return 'milliseconds';
  return least >= microseconds && most < end ? 'microseconds' : null;
}
