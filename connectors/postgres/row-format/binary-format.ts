import { type RowFormat, Unencodable } from '../../../core/model/encoded.ts';
import { arrayField } from './array-field.ts';
import { FieldBuffer, isText } from './field-buffer.ts';
import { type FieldEncoder, state, textOf } from './field-encoder.ts';
import { floatField, int8Field, integerField } from './number-fields.ts';
import { numericField, numericShape } from './numeric-field.ts';
import type { Receiver } from './receivers.ts';
import {
  bitField,
  booleanField,
  bpcharField,
  byteaField,
  enumField,
  jsonbField,
  nameField,
  textField,
  uuidField,
  varcharField,
} from './text-fields.ts';
import { dateField, fractionOf, timeField, timestampField } from './time-fields.ts';

const nullField = Uint8Array.of(0xff, 0xff, 0xff, 0xff);
const nothing = new Uint8Array(0);

/**
 * Tuples of COPY BINARY: a row is a count of fields, each field its length and its bytes, equal to what COPY TO BINARY returns for
 * the stored row. A field that `value` returned is never overwritten.
 *
 * @returns null when a column has a type without an encoder here.
 */
export function binaryFormat(receivers: readonly Receiver[]): RowFormat | null {
  const encoders = receivers.map(encoderOf);
  if (encoders.includes(null)) return null;
  const out = new FieldBuffer();
  return {
    name: 'copy-binary',
    begin: Uint8Array.of(receivers.length >> 8, receivers.length & 0xff),
    between: nothing,
    end: nothing,
    value(place, value) {
      if (value === null) return nullField;
      out.begin();
      const refusal = (encoders[place] as FieldEncoder)(value, out);
      if (refusal === null) return out.take();
      return new Unencodable(isText(textOf(value)) ? refusal : state.invalidText);
    },
  };
}

/** Length modifiers count the 4 bytes of a header that stood there once. */
const lengthOf = (typmod: number): number | null => (typmod < 4 ? null : typmod - 4);
const bitsOf = (typmod: number): number | null => (typmod < 0 ? null : typmod);

const encoders: Readonly<Record<string, (receiver: Receiver) => FieldEncoder | null>> = {
  boolrecv: () => booleanField,
  int2recv: () => integerField(2),
  int4recv: () => integerField(4),
  int8recv: () => int8Field,
  float4recv: () => floatField(4),
  float8recv: () => floatField(8),
  numeric_recv: ({ typmod }) => numericField(numericShape(typmod)),
  date_recv: () => dateField,
  time_recv: ({ typmod }) => timeField(fractionOf(typmod)),
  timestamp_recv: ({ typmod }) => timestampField(false, fractionOf(typmod)),
  timestamptz_recv: ({ typmod }) => timestampField(true, fractionOf(typmod)),
  textrecv: () => textField,
  citextrecv: () => textField,
  varcharrecv: ({ typmod }) => varcharField(lengthOf(typmod)),
  bpcharrecv: ({ typmod }) => bpcharField(lengthOf(typmod)),
  namerecv: () => nameField,
  enum_recv: ({ labels }) => enumField(labels ?? []),
  json_recv: () => textField,
  jsonb_recv: () => jsonbField,
  bytearecv: () => byteaField,
  uuid_recv: () => uuidField,
  bit_recv: ({ typmod }) => bitField(bitsOf(typmod), false),
  varbit_recv: ({ typmod }) => bitField(bitsOf(typmod), true),
  array_recv: arrayEncoderOf,
};

function encoderOf(receiver: Receiver): FieldEncoder | null {
  return encoders[receiver.receive]?.(receiver) ?? null;
}

function arrayEncoderOf({ typmod, member }: Receiver): FieldEncoder | null {
  if (member?.receive === 'textrecv') return arrayField(member.oid, textField);
  if (member?.receive === 'varcharrecv') return arrayField(member.oid, varcharField(lengthOf(typmod)));
  return null;
}
