import { canonicalText } from './canonical-text.ts';
import { integerText } from './integer.ts';
import { type Kernel, type Pair, quoted } from './kernel.ts';
import { jsonText } from './text.ts';
import { idText } from './uuid.ts';

/** The kernel from a cell to a value of a JSON line (`docs/formats.md`); null where there is none. */
export function jsonLineKernel(pair: Pair): Kernel | null {
  const { source, form, target } = pair;
  if (form !== 'text') return null;
  if (target.kind === 'int16' || target.kind === 'int32') {
    return source.kind === 'int16' || source.kind === 'int32' ? integerText(LITERAL_DIGITS) : null;
  }
  if (notStrings.has(target.kind)) return null;
  const body = bodyOf(pair);
  return body === null ? null : quoted(body);
}

/** Of a number literal. */
const LITERAL_DIGITS = 10;
const notStrings = new Set(['boolean', 'bytes', 'set', 'textArray']);

function bodyOf(pair: Pair): Kernel | null {
  const { operation, source } = pair;
  if (operation.name === 'id' || operation.name === 'reference') {
    return operation.keyedBy === 'integer' ? idText(operation.ids.ofInteger('0')) : null;
  }
  if (source.kind === 'text' || source.kind === 'enum' || source.kind === 'json') return jsonText;
  return canonicalText(pair);
}
