import { folderOf, foldKey } from '../../../core/mapping/convert/fold.ts';
import type { KeyFold } from '../../../core/model/key-fold.ts';
import type { TableSchema } from '../../../core/model/schema.ts';
import type { Row, Value } from '../../../core/model/value.ts';
import { placesOf, plainText } from './table-files.ts';

/** Makes the text that keys are compared by: unchanged, or folded. */
export type Fold = (text: string) => string;

/** Type names that only PostgreSQL uses. */
const postgresTypes = /^(?:boolean|bytea|character varying|double precision|integer|jsonb|real|timestamp.*zone|uuid)\b/;

/** Picks the comparison of a reference: as declared, else that of the table's database. It is exact for PostgreSQL, and the legacy collation for the others. */
export function foldOf({ columns }: TableSchema, declared?: KeyFold): Fold {
  if (declared !== undefined) return folderOf(declared);
  return columns.some(({ type }) => postgresTypes.test(type.native)) ? (text) => text : foldKey;
}

/** Makes a reader of columns as one folded text, unambiguous for several columns; null when one of them is null. */
export function keyReader(
  table: TableSchema,
  columns: readonly string[],
  fold: Fold = foldOf(table),
): (row: Row) => string | null {
  const places = placesOf(table, columns);
  return (row) => {
    const folded: string[] = [];
    for (const place of places) {
      const value = row[place] as Value;
      if (value === null) return null;
      folded.push(fold(plainText(value)));
    }
    return folded.length === 1 ? (folded[0] as string) : JSON.stringify(folded);
  };
}
