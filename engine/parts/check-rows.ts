import { z } from 'zod';
import { canonicalFormOf, canonicalForms, isJson } from '../../core/model/canonical-form.ts';
import type { Column, ColumnType, TableSchema } from '../../core/model/schema.ts';
import { type Row, wholeNumber } from '../../core/model/value.ts';

/** Checks source rows against their contract, column by column. The check returns null for a valid row. */
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
  const labels = type.labels ?? [];
  switch (type.kind) {
    case 'boolean':
      return z.boolean();
    case 'bytes':
      return z.instanceof(Uint8Array);
    case 'set':
      return z.array(z.enum([...labels] as [string, ...string[]]));
    case 'textArray':
      // An array with several dimensions or explicit bounds is kept as its literal.
      return z.union([z.array(z.string().nullable()), z.string().regex(/^[[{]/)]);
    case 'int16':
      return integer(-(2n ** 15n), 2n ** 15n - 1n);
    case 'int32':
      return integer(-(2n ** 31n), 2n ** 31n - 1n);
    case 'int64':
      return integer(-(2n ** 63n), 2n ** 63n - 1n);
    case 'uint64':
      return integer(0n, 2n ** 64n - 1n);
    case 'decimal':
      return decimal(type);
    case 'enum':
      return z.enum(['', ...labels] as [string, ...string[]]);
    case 'json':
      return z.string().refine(isJson);
    case 'bits':
      return z.string().regex(type.length === undefined ? canonicalForms.bits : new RegExp(`^[01]{0,${type.length}}$`));
    case 'text':
      return type.length === undefined
        ? z.string()
        : z.string().refine((s) => [...s].length <= (type.length as number));
    case 'other':
      return z.string();
    default:
      return z.string().regex(canonicalFormOf({ ...type, kind: type.kind }));
  }
}

/** One refinement for both checks: zod runs the second even if the first failed, and BigInt throws if the text is not an integer. */
function integer(min: bigint, max: bigint): z.ZodType {
  return z.string().refine((s) => wholeNumber.test(s) && BigInt(s) >= min && BigInt(s) <= max);
}

function decimal({ precision, scale = 0 }: ColumnType): z.ZodType {
  const number = z.string().regex(canonicalForms.decimal);
  if (precision === undefined) return number;
  return number.refine((s) => {
    const [whole = '', fraction = ''] = s.replace('-', '').split('.');
    return s === 'NaN' || (whole.replace(/^0$/, '').length <= precision - scale && fraction.length <= scale);
  });
}
