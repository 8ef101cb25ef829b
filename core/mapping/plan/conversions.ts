import type { ColumnType, Kind } from '../../model/schema.ts';
import { type Converter, convertedAgain, type Row, type Value } from '../../model/value.ts';
import { cidrOf, inetOf, macaddrOf } from '../convert/address.ts';
import { bytesOfBits, integerOfBits } from '../convert/bits.ts';
import { setText } from '../convert/choice.ts';
import { intervalOfTime, timestampOfDate } from '../convert/date.ts';
import { jsonbOf, jsonOf } from '../convert/jsonb.ts';
import { paddedText } from '../convert/text.ts';
import { uuidText } from '../convert/uuid.ts';
import type { CompiledRule } from '../mapping.ts';

/** Kind of the target → kind of the value → what the target makes of it by itself. */
const byKind: Partial<Record<Kind, Partial<Record<Kind, Converter>>>> = {
  json: { text: jsonOf },
  uuid: { text: uuidText },
  inet: { text: inetOf, cidr: inetOf },
  cidr: { text: cidrOf },
  macaddr: { text: macaddrOf },
  interval: { time: intervalOfTime },
  timestamp: { date: timestampOfDate },
  text: { set: setText },
  bytes: { bits: bytesOfBits },
  int16: { bits: integerOfBits },
  int32: { bits: integerOfBits },
  int64: { bits: integerOfBits },
  decimal: { bits: integerOfBits },
};

/**
 * Finds what a target type makes of the values of another type by itself: jsonb forgets how JSON was written, char(n) fills
 * up with blanks. The rule's result is converted to that form before anything is written, so that JSON Lines, digests and
 * target agree. null where the target keeps the values as they are, or cannot hold them.
 */
function conversionOf(gives: ColumnType, target: ColumnType): Converter | null {
  if (target.form === 'jsonb') return gives.kind === 'json' || gives.kind === 'text' ? jsonbOf : null;
  if (target.form === 'padded') return paddingOf(gives, target);
  return byKind[target.kind]?.[gives.kind] ?? null;
}

function paddingOf(gives: ColumnType, { length }: ColumnType): Converter | null {
  if (gives.form === 'padded' && gives.length === length) return null;
  const padded = paddedText(length ?? 0, gives.form === 'padded');
  return gives.kind === 'set' ? (value) => padded(setText(value) as Value) : padded;
}

/** Adds the conversion, if there is one, to a compiled rule. */
export function withConversion(rule: CompiledRule, target: ColumnType): CompiledRule {
  const { how, gives, mayBeNull, operation } = rule;
  const { form: _, ...formless } = gives;
  // A constant has the type of the target, but nobody has written it in its form.
  const conversion = conversionOf(how.kind === 'constant' ? formless : gives, target);
  if (conversion === null) return rule;
  return {
    ...{ gives: target, mayBeNull, how: convertedBy(how, conversion) },
    ...(operation?.name === 'carry' ? { operation: { ...operation, isConverted: true } } : {}),
  };
}

function convertedBy(how: CompiledRule['how'], conversion: Converter): CompiledRule['how'] {
  if (how.kind === 'constant') return { kind: 'row', convert: () => convertedAgain(how.value, conversion) };
  if (how.kind === 'converter')
    return { ...how, convert: (value: Value) => convertedAgain(how.convert(value), conversion) };
  return { ...how, convert: (values: Row) => convertedAgain(how.convert(values), conversion) };
}
