import type { ColumnType } from '../core/schema.ts';
import { canonicalText, decimalShape, integers, orNull, timeShapeOf } from './canonical-text.ts';
import { numeric } from './decimal.ts';
import { float } from './float.ts';
import { longInteger, shortInteger } from './integer.ts';
import { type Kernel, type Pair, sized } from './kernel.ts';
import { text } from './text.ts';
import { dateBinary, timeBinary, timestampBinary } from './time.ts';
import { idBinary, uuidBinary } from './uuid.ts';

/** The kernel from a cell to a value of PostgreSQL's COPY BINARY, what its type's `recv` function reads; null where there is none. */
export function copyBinaryKernel(pair: Pair): Kernel | null {
  const body = bodyOf(pair);
  return body === null ? null : sized(body);
}

function bodyOf(pair: Pair): Kernel | null {
  const { operation, source, form, target } = pair;
  if (form === 'raw') return source.kind === 'bytes' && target.kind === 'bytes' ? rawBytes : null;
  if (form !== 'text') return null;
  if (operation.name === 'id' || operation.name === 'reference') {
    return target.kind === 'uuid' && operation.keyedBy === 'integer' ? idBinary(operation.ids.ofInteger('0')) : null;
  }
  if (operation.name === 'amount') return target.kind === 'decimal' ? orNull(decimalShape(pair), numeric) : null;
  if (target.kind === 'text') return isUtf8(target) ? textOf(pair) : null;
  if (integers.has(source.kind)) return integerTo(pair);
  return source.kind === target.kind ? sameKind(pair) : null;
}

function integerTo(pair: Pair): Kernel | null {
  switch (pair.target.kind) {
    case 'int16':
      return shortInteger(2);
    case 'int32':
      return shortInteger(4);
    case 'int64':
      return longInteger;
    case 'decimal':
      return orNull(decimalShape(pair), numeric);
    default:
      return null;
  }
}

function sameKind(pair: Pair): Kernel | null {
  const { target } = pair;
  switch (target.kind) {
    case 'decimal':
      return orNull(decimalShape(pair), numeric);
    case 'float32':
      return float(4);
    case 'float64':
      return float(8);
    case 'date':
      return orNull(timeShapeOf(pair), dateBinary);
    case 'time':
      return orNull(timeShapeOf(pair), timeBinary);
    case 'timestamp':
    case 'timestamptz':
      return orNull(timeShapeOf(pair), timestampBinary);
    case 'uuid':
      return uuidBinary;
    case 'json':
      return target.native === 'jsonb' ? afterVersion(text(null)) : text(null);
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
  if (source.kind === 'text' || source.kind === 'enum' || source.kind === 'json') return text(target.length ?? null);
  return target.length === undefined ? canonicalText(pair) : null;
}

const JSONB_VERSION = 1;

function afterVersion(body: Kernel): Kernel {
  return (bytes, start, end, out, at) => {
    out[at] = JSONB_VERSION;
    return body(bytes, start, end, out, at + 1);
  };
}

const LOOPED = 64;

const rawBytes: Kernel = (bytes, start, end, out, at) => {
  if (end - start > LOOPED) {
    out.set(bytes.subarray(start, end), at);
    return at + end - start;
  }
  for (let i = start; i < end; i++) out[at++] = bytes[i] as number;
  return at;
};
