import type { UnreadValue, Value } from './value.ts';

/**
 * The record of a row or value that did not arrive as it was. It holds values, so it lives only in the run folder, in
 * files of mode 0600, and no report or log prints one unless asked. Values are whole, so that nothing is lost.
 */
export type RowRecord = RejectRecord | AdjustmentRecord | FilterRecord;

interface RecordOf<K extends string> {
  readonly kind: K;
  readonly run: string;
  /** `source > target`. */
  readonly mapping: string;
  readonly part: number;
  /** Source key, `ID=42`; of resolved rows the target key, `id=…`. */
  readonly key: string;
  /**
   * Converter policy (`zero-date`), filter name, `refused` when the target said no, or why a reference did not hold: `orphan`,
   * `mismatched-reference`, `parent-rejected`, `parent-filtered`.
   */
  readonly rule: string;
  /** The target columns that differ from the parent; only for a mismatched reference. */
  readonly disagreeing?: readonly string[];
}

export interface RejectRecord extends RecordOf<'reject'> {
  readonly stage: 'map' | 'load' | 'resolve';
  /** Target column; null when the target did not name one. */
  readonly column: string | null;
  readonly sqlstate: string | null;
  readonly constraint: string | null;
  /** What is needed to load it again: the source row (stage map, load), or the canonical target row (stage resolve). */
  readonly row: readonly RecordedValue[] | string;
  /** Values of a file that could not be read. They are null in `row`. */
  readonly unread?: readonly UnreadValue[];
  /** Of stage resolve: the reference that did not hold. */
  readonly parent?: { readonly table: string; readonly value: string };
}

export interface AdjustmentRecord extends RecordOf<'adjustment'> {
  readonly column: string;
  readonly from: RecordedValue;
  readonly to: RecordedValue;
}

export interface FilterRecord extends RecordOf<'filter'> {
  /** The target columns in which a duplicate differs from the loaded row, with the values that were not loaded. */
  readonly differs?: readonly { readonly column: string; readonly value: RecordedValue }[];
}

/** A JSON value: bytes as base64 in an object `{ "bytes": "…" }`, so that they differ from text. */
export type RecordedValue = null | boolean | string | readonly (string | null)[] | { readonly bytes: string };

export function recordedValue(value: Value): RecordedValue {
  if (!(value instanceof Uint8Array)) return value;
  let binary = '';
  for (const byte of value) binary += String.fromCharCode(byte);
  return { bytes: btoa(binary) };
}

/** The value behind a recorded one. */
export function valueOfRecorded(recorded: RecordedValue): Value {
  if (recorded === null || typeof recorded !== 'object' || !('bytes' in recorded)) return recorded;
  return Uint8Array.from(atob(recorded.bytes), (c) => c.charCodeAt(0));
}
