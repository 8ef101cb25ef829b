import { foldKey } from '../../core/convert/fold.ts';
import type { Row, Value } from '../../core/value.ts';
import { plainText } from './table-rows.ts';

/** The folded values at some places as one text, unambiguous for several columns; null when one of them is null. */
export function foldedKey(row: Row, places: readonly number[]): string | null {
  const folded: string[] = [];
  for (const place of places) {
    const value = row[place] as Value;
    if (value === null) return null;
    folded.push(foldKey(plainText(value)));
  }
  return folded.length === 1 ? (folded[0] as string) : JSON.stringify(folded);
}
