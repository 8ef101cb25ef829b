import type { ColumnType } from '../core/model/schema.ts';
import { canonicalText, decimal, integers, moment } from './canonical-text.ts';
import { type Kernel, type Pair, sized } from './kernel.ts';
import { keyPrefix } from './key-prefix.ts';
import {
  BYTES,
  DATE,
  FLOAT32,
  FLOAT64,
  ID,
  INT16,
  INT32,
  INT64,
  JSONB,
  NUMERIC,
  TEXT,
  TIME,
  TIMESTAMP,
  UUID,
} from './layout.ts';

/** The kernel from a cell to a value of PostgreSQL's COPY BINARY, what its type's `recv` function reads; null where there is none. */
export function copyBinaryKernel(pair: Pair): Kernel | null {
  const body = bodyOf(pair);
  return body === null ? null : sized(body);
}

function bodyOf(pair: Pair): Kernel | null {
  const { operation, source, form, target } = pair;
  if (form === 'raw') return source.kind === 'bytes' && target.kind === 'bytes' ? { code: BYTES } : null;
  if (form !== 'text') return null;
  if (operation.name === 'id' || operation.name === 'reference') {
    return target.kind === 'uuid' && operation.keyedBy === 'integer'
      ? { code: ID, data: keyPrefix(operation.ids) }
      : null;
  }
  if (operation.name === 'amount') return target.kind === 'decimal' ? decimal(pair, NUMERIC) : null;
  if (target.kind === 'text') return isUtf8(target) ? textOf(pair) : null;
  if (integers.has(source.kind)) return integerTo(pair);
  return source.kind === target.kind ? sameKind(pair) : null;
}

function integerTo(pair: Pair): Kernel | null {
  switch (pair.target.kind) {
    case 'int16':
      return { code: INT16 };
    case 'int32':
      return { code: INT32 };
    case 'int64':
      return { code: INT64 };
    case 'decimal':
      return decimal(pair, NUMERIC);
    default:
      return null;
  }
}

function sameKind(pair: Pair): Kernel | null {
  const { target } = pair;
  switch (target.kind) {
    case 'decimal':
      return decimal(pair, NUMERIC);
    case 'float32':
      return { code: FLOAT32 };
    case 'float64':
      return { code: FLOAT64 };
    case 'date':
      return moment(pair, DATE);
    case 'time':
      return moment(pair, TIME);
    case 'timestamp':
    case 'timestamptz':
      return moment(pair, TIMESTAMP);
    case 'uuid':
      return { code: UUID };
    case 'json':
      return target.native === 'jsonb' ? { code: JSONB } : text();
    default:
      return null;
  }
}

/** What is sent as its bytes in UTF-8; `char(n)` is padded, and of other types only the target knows the form. */
function isUtf8({ native }: ColumnType): boolean {
  return native === 'text' || native === 'citext' || native.startsWith('character varying');
}

function textOf(pair: Pair): Kernel | null {
  const { source, target } = pair;
  if (source.kind === 'text' || source.kind === 'enum' || source.kind === 'json') return text(target.length);
  return target.length === undefined ? canonicalText(pair) : null;
}

/** `maxLength`: most characters. */
function text(maxLength = -1): Kernel {
  return { code: TEXT, first: maxLength };
}
