import type { Value } from '../../../core/model/value.ts';
import { type ArrayShape, parseArrayLiteral } from './array-literal.ts';
import type { FieldBuffer } from './field-buffer.ts';
import { type FieldEncoder, state, textOf } from './field-encoder.ts';

/** An array of text or varchar: the members of a list, or the literal of any shape. @param oid the type of a member. */
export function arrayField(oid: number, member: FieldEncoder): FieldEncoder {
  return (value, out) => {
    const shape = shapeOf(value);
    if (shape === null) return state.noSuchText;
    const { dimensions, members } = shape;
    out.reserve(12 + dimensions.length * 8);
    out.int32(dimensions.length);
    out.int32(members.includes(null) ? 1 : 0);
    out.int32(oid);
    for (const { length, lowerBound } of dimensions) {
      out.int32(length);
      out.int32(lowerBound);
    }
    return writeMembers(members, member, out);
  };
}

function shapeOf(value: NonNullable<Value>): ArrayShape | null {
  if (!Array.isArray(value)) return parseArrayLiteral(textOf(value));
  const members = value as readonly (string | null)[];
  return { dimensions: members.length === 0 ? [] : [{ length: members.length, lowerBound: 1 }], members };
}

function writeMembers(members: readonly (string | null)[], member: FieldEncoder, out: FieldBuffer): string | null {
  for (const each of members) {
    out.reserve(4);
    const place = out.place;
    out.int32(-1);
    if (each === null) continue;
    const refusal = member(each, out);
    if (refusal !== null) return refusal;
    out.int32At(place, out.place - place - 4);
  }
  return null;
}
