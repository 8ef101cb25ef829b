import { canonicalText } from './canonical-text.ts';
import { type Kernel, type Pair, quoted } from './kernel.ts';
import { keyTextPrefix } from './key-prefix.ts';
import { ID_TEXT, INTEGER_TEXT, JSON_TEXT } from './layout.ts';

/** The kernel from a cell to a value of a JSON line (`docs/formats.md`); null where there is none. */
export function jsonLineKernel(pair: Pair): Kernel | null {
  const { source, form, target } = pair;
  if (form !== 'text') return null;
  if (target.kind === 'int16' || target.kind === 'int32') {
    const isShort = source.kind === 'int16' || source.kind === 'int32';
    return isShort ? { code: INTEGER_TEXT, first: LITERAL_DIGITS } : null;
  }
  if (notStrings.has(target.kind)) return null;
  const body = bodyOf(pair);
  return body === null ? null : quoted(body);
}

/** Most digits of a number literal. */
const LITERAL_DIGITS = 10;
const notStrings = new Set(['boolean', 'bytes', 'set', 'textArray']);

function bodyOf(pair: Pair): Kernel | null {
  const { operation, source } = pair;
  if (operation.name === 'id' || operation.name === 'reference') {
    return operation.keyedBy === 'integer' ? { code: ID_TEXT, data: keyTextPrefix(operation.ids) } : null;
  }
  if (source.kind === 'text' || source.kind === 'enum' || source.kind === 'json') return { code: JSON_TEXT };
  return canonicalText(pair);
}
