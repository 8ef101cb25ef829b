import { type FieldEncoder, state, textOf } from './field-encoder.ts';

/** text, citext and json: any text. Whether a json is one, the server finds out. */
export const textField: FieldEncoder = (value, out) => (out.text(textOf(value)) ? null : state.invalidText);

/** jsonb. The server sends its own writing of it back, so that only text in that writing has equal bytes there. */
export const jsonbField: FieldEncoder = (value, out) => {
  out.byte(1);
  return textField(value, out);
};

/** varchar(n); the server would cut blanks in excess without a word. */
export function varcharField(length: number | null): FieldEncoder {
  if (length === null) return textField;
  return (value, out) => {
    const text = textOf(value);
    return charactersOf(text, length) > length ? state.tooLong : textField(text, out);
  };
}

/** char(n), filled up with blanks as the server does. */
export function bpcharField(length: number | null): FieldEncoder {
  if (length === null) return textField;
  return (value, out) => {
    const text = textOf(value);
    const missing = length - charactersOf(text, 0);
    return missing < 0 ? state.tooLong : textField(text + ' '.repeat(missing), out);
  };
}

const astral = /[\ud800-\udbff][\udc00-\udfff]/g;

/** A surrogate pair is one character; counted only where that could make a difference. */
function charactersOf(text: string, fewEnough: number): number {
  return text.length <= fewEnough ? text.length : text.replace(astral, '.').length;
}

/** NAMEDATALEN - 1. */
const maxNameBytes = 63;

/** The server's own identifiers; of text it would take the first 63 bytes without a word. */
export const nameField: FieldEncoder = (value, out) => {
  const start = out.place;
  const refusal = textField(value, out);
  return refusal === null && out.place - start > maxNameBytes ? state.nameTooLong : refusal;
};

export function enumField(labels: readonly string[]): FieldEncoder {
  const known = new Set(labels);
  return (value, out) => {
    const text = textOf(value);
    return known.has(text) ? textField(text, out) : state.noSuchText;
  };
}

const trueText = /^(?:t|tr|tru|true|y|ye|yes|on|1)$/i;
const falseText = /^(?:f|fa|fal|fals|false|n|no|of|off|0)$/i;

export const booleanField: FieldEncoder = (value, out) => {
  const truth = typeof value === 'boolean' ? value : truthOf(textOf(value));
  if (truth === null) return state.noSuchText;
  out.byte(truth ? 1 : 0);
  return null;
};

function truthOf(text: string): boolean | null {
  if (trueText.test(text)) return true;
  return falseText.test(text) ? false : null;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export const uuidField: FieldEncoder = (value, out) => {
  const text = textOf(value);
  if (!uuid.test(text)) return state.noSuchText;
  out.hex(text);
  return null;
};

const hexText = /^\\x((?:[0-9a-f]{2})*)$/i;

/** bytea: the bytes, or their canonical text. */
export const byteaField: FieldEncoder = (value, out) => {
  if (value instanceof Uint8Array) {
    out.append(value);
    return null;
  }
  const text = textOf(value);
  const digits = hexText.exec(text)?.[1];
  if (digits === undefined) return text.startsWith('\\x') ? state.invalidHex : state.noSuchText;
  out.reserve(digits.length / 2);
  out.hex(digits);
  return null;
};

const bits = /^[01]*$/;

/** bit(n) of exactly n bits, or varbit(n) of at most n; null is any number. */
export function bitField(length: number | null, isVarying: boolean): FieldEncoder {
  return (value, out) => {
    const text = textOf(value);
    if (length !== null && isVarying && text.length > length) return state.tooLong;
    if (length !== null && !isVarying && text.length !== length) return state.otherLength;
    if (!bits.test(text)) return state.noSuchText;
    out.int32(text.length);
    out.reserve(Math.ceil(text.length / 8));
    for (let i = 0; i < text.length; i += 8) out.byte(Number.parseInt(text.slice(i, i + 8).padEnd(8, '0'), 2));
    return null;
  };
}
