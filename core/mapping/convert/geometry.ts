import { Adjusted, type Converter, convertedAgain, Rejected } from '../../model/value.ts';
import { pgFloat64Text } from './float-text.ts';

/** Which spatial reference system (SRID) the geometries of a column have. */
export interface SridPolicy {
  /** Default: 0, which is none. */
  readonly srid?: number;
  /** What becomes of a geometry with another SRID: its row is rejected, or the SRID is removed with a record. Default: `reject`. */
  readonly otherSrid?: 'reject' | 'record';
}

/**
 * Well-known binary (WKB) out of a geometry as MySQL stores it: four bytes of SRID, the lowest first, and the WKB, of which the
 * SRID is removed. Another SRID than the declared one rejects as `other-srid`, or is removed, adjustment `other-srid`. Bytes that
 * are not a geometry reject as `not-a-geometry`.
 */
export function wkbOf({ srid = 0, otherSrid = 'reject' }: SridPolicy = {}): Converter {
  return (value) => {
    const bytes = value as Uint8Array;
    if (!isStoredGeometry(bytes)) return new Rejected('not-a-geometry');
    const wkb = bytes.subarray(sridBytes);
    if (viewOf(bytes).getUint32(0, true) === srid) return wkb;
    return otherSrid === 'reject' ? new Rejected('other-srid') : new Adjusted(wkb, 'other-srid');
  };
}

/**
 * A point of MySQL as PostgreSQL's `point` prints it: POINT(1.5 -2) → `'(1.5,-2)'`. Any other geometry rejects as
 * `not-a-point`; the SRID is treated as `wkbOf` does.
 */
export function pointOf(policy: SridPolicy = {}): Converter {
  const toWkb = wkbOf(policy);
  return (value) => convertedAgain(toWkb(value), pointOfWkb);
}

const sridBytes = 4;
const pointBytes = 16;
/** Byte order and type. */
const headBytes = 5;
/** The types of WKB (OGC 06-103r4, 8.2.3). */
const types = { point: 1, lineString: 2, polygon: 3, geometryCollection: 7 } as const;

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

const pointOfWkb: Converter = (wkb) => {
  const view = viewOf(wkb as Uint8Array);
  const isLittle = view.getUint8(0) === 1;
  if (view.getUint32(1, isLittle) !== types.point) return new Rejected('not-a-point');
  const at = (place: number): string => pgFloat64Text(view.getFloat64(place, isLittle));
  return `(${at(headBytes)},${at(headBytes + 8)})`;
};

/** Whether the bytes after the SRID are exactly one geometry. Not recursive, so that no depth of nesting overflows the stack. */
function isStoredGeometry(bytes: Uint8Array): boolean {
  const view = viewOf(bytes);
  let at = sridBytes;
  for (let due = 1; due > 0; due--) {
    const read = readGeometry(view, at);
    if (read === null) return false;
    at = read.end;
    due += read.parts;
  }
  return at === bytes.length;
}

/** Where a geometry ends, or the head of one with parts, and how many geometries follow as its parts; null when it is cut off. */
function readGeometry(view: DataView, start: number): { readonly end: number; readonly parts: number } | null {
  const first = start + headBytes;
  if (first > view.byteLength) return null;
  const order = view.getUint8(start);
  const type = view.getUint32(start + 1, order === 1);
  if (order > 1 || type < types.point || type > types.geometryCollection) return null;
  if (type === types.point) return within(view, first + pointBytes, 0);
  const count = countAt(view, first, order === 1);
  if (count === null) return null;
  if (type === types.lineString) return within(view, first + 4 + count * pointBytes, 0);
  if (type !== types.polygon) return within(view, first + 4, count);
  return readRings(view, first + 4, { count, isLittle: order === 1 });
}

function readRings(
  view: DataView,
  start: number,
  { count, isLittle }: { readonly count: number; readonly isLittle: boolean },
): { readonly end: number; readonly parts: number } | null {
  let end = start;
  for (let ring = 0; ring < count; ring++) {
    const points = countAt(view, end, isLittle);
    if (points === null) return null;
    end += 4 + points * pointBytes;
  }
  return within(view, end, 0);
}

function countAt(view: DataView, at: number, isLittle: boolean): number | null {
  return at + 4 > view.byteLength ? null : view.getUint32(at, isLittle);
}

function within(view: DataView, end: number, parts: number): { readonly end: number; readonly parts: number } | null {
  return end > view.byteLength ? null : { end, parts };
}
