import { z } from 'zod';
import type { Column, ColumnType, TableSchema } from '../core/schema.ts';
import type { Row } from '../core/value.ts';

/** Checks source rows against their contract, column by column; null when a row holds. */
export function rowCheckOf(table: TableSchema): (row: Row) => { column: string; rule: string } | null {
  const schemas = table.columns.map((column) => [column.name, columnSchema(column)] as const);
  return (row) => {
    const at = schemas.findIndex(([, schema], i) => !schema.safeParse(row[i]).success);
    return at < 0 ? null : { column: (schemas[at] as (typeof schemas)[number])[0], rule: 'row-contract' };
  };
}

function columnSchema({ type, nullable }: Column): z.ZodType {
  const schema = kindSchema(type);
  return nullable ? schema.nullable() : schema;
}

function kindSchema(type: ColumnType): z.ZodType {
  switch (type.kind) {
    case 'boolean':
      return z.boolean();
    case 'bytes':
      return z.instanceof(Uint8Array);
    case 'set':
      return z.array(z.enum([...(type.labels ?? [])] as [string, ...string[]]));
    case 'textArray':
      return z.array(z.string().nullable());
    case 'int16':
      return integer(-32768n, 65535n);
    case 'int32':
      return integer(-(2n ** 31n), 2n ** 32n - 1n);
    case 'int64':
      return integer(-(2n ** 63n), 2n ** 63n - 1n);
    case 'uint64':
      return integer(0n, 2n ** 64n - 1n);
    case 'decimal':
      return z.string().regex(/^(-?\d+(\.\d+)?|NaN)$/);
    case 'date':
      return z.string().regex(/^(\d{4,}-\d\d-\d\d( BC)?|-?infinity)$/);
    case 'enum':
      return z.enum(['', ...(type.labels ?? [])] as [string, ...string[]]);
    case 'text':
      return type.length === undefined
        ? z.string()
        : z.string().refine((s) => [...s].length <= (type.length as number));
    default:
      return z.string();
  }
}

function integer(min: bigint, max: bigint): z.ZodType {
  return z
    .string()
    .regex(/^-?\d+$/)
    .refine((s) => BigInt(s) >= min && BigInt(s) <= max);
}
