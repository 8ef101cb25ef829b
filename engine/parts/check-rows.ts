import { z } from 'zod';
import type { Column, ColumnType, Kind, TableSchema } from '../../core/model/schema.ts';
import { type Row, wholeNumber } from '../../core/model/value.ts';

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

const day = String.raw`\d{4,}-\d\d-\d\d`;
const clock = String.raw`\d\d:\d\d:\d\d(?:\.\d{1,6})?`;
const float = /^(?:-?\d+(?:\.\d+)?(?:e[+-]\d{2,})?|NaN|-?Infinity)$/;

/** The canonical forms (`docs/formats.md`) of the kinds that need no more than a form. */
const forms: Partial<Record<Kind, RegExp>> = {
  float32: float,
  float64: float,
  date: new RegExp(`^(?:${day}(?: BC)?|-?infinity)$`),
  time: /^-?\d{2,3}:\d\d:\d\d(?:\.\d{1,6})?$/,
  timestamp: new RegExp(`^(?:${day} ${clock}(?: BC)?|-?infinity)$`),
  timestamptz: new RegExp(`^(?:${day} ${clock}\\+00(?: BC)?|-?infinity)$`),
  uuid: /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/,
};

function kindSchema(type: ColumnType): z.ZodType {
  const labels = type.labels ?? [];
  const form = forms[type.kind];
  if (form !== undefined) return z.string().regex(form);
  switch (type.kind) {
    case 'boolean':
      return z.boolean();
    case 'bytes':
      return z.instanceof(Uint8Array);
    case 'set':
      return z.array(z.enum([...labels] as [string, ...string[]]));
    case 'textArray':
      // An array of several dimensions, or with bounds of its own, is its literal.
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
      return z.string().regex(type.length === undefined ? /^[01]*$/ : new RegExp(`^[01]{0,${type.length}}$`));
    default:
      return type.length === undefined
        ? z.string()
        : z.string().refine((s) => [...s].length <= (type.length as number));
  }
}

/** One refinement for both: zod asks the second although the first has failed, and BigInt throws at what is no integer. */
function integer(min: bigint, max: bigint): z.ZodType {
  return z.string().refine((s) => wholeNumber.test(s) && BigInt(s) >= min && BigInt(s) <= max);
}

function decimal({ precision, scale = 0 }: ColumnType): z.ZodType {
  const number = z.string().regex(/^(?:-?(?:0|[1-9]\d*)(?:\.\d+)?|NaN|-?Infinity)$/);
  if (precision === undefined) return number;
  return number.refine((s) => {
    const [whole = '', fraction = ''] = s.replace('-', '').split('.');
    return s === 'NaN' || (whole.replace(/^0$/, '').length <= precision - scale && fraction.length <= scale);
  });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
