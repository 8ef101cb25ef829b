import { type Kind, kinds } from '../core/model/schema.ts';
import type { Row, Value } from '../core/model/value.ts';

/** The tables that a target must fill. */

/** Kind → column type of the target, and its emptiest, lowest and highest values. */
const byKind: Readonly<Record<Kind, readonly [type: string, ...values: Value[]]>> = {
  boolean: ['boolean', false, true, true],
  int16: ['smallint', '0', '-32768', '32767'],
  int32: ['integer', '0', '-2147483648', '2147483647'],
  int64: ['bigint', '0', '-9223372036854775808', '9223372036854775807'],
  uint64: ['numeric(20)', '0', '1', '18446744073709551615'],
  decimal: ['numeric', '0', `-${'9'.repeat(35)}.${'9'.repeat(30)}`, 'NaN'],
  float32: ['real', '-0', '-3.4028235e+38', 'NaN'],
  float64: ['double precision', '0', '5e-324', '-Infinity'],
  text: ['text', '', '\b\f\n\r\t\v\\N\\.\u0001\\', '😀 e\u0301 \u2028 \ufeff NULL  '],
  enum: ['text', '', "it's, \\", 'é'],
  set: ['text[]', [], ['ICD9.Required'], ['a', 'b']],
  textArray: ['text[]', [], ['', null, 'NULL', 'a b', '"', '\\', '{}', ','], '{{a,b},{c,d}}'],
  json: ['json', 'null', '{"a": 1.00000000000000000001,  "a":2}', ' [] '],
  bytes: ['bytea', new Uint8Array(), new Uint8Array([0, 92, 255]), new Uint8Array(3000).fill(10)],
  bits: ['varbit', '', '0101', '1'.repeat(64)],
  date: ['date', '0001-01-01', '4713-01-01 BC', 'infinity'],
  time: ['time', '00:00:00', '00:00:00.000001', '24:00:00'],
  timestamp: ['timestamp', '0001-01-01 00:00:00', '4713-01-01 00:00:00 BC', '294276-12-31 23:59:59.999999'],
  timestamptz: ['timestamptz', '1970-01-01 00:00:00+00', '2020-03-29 01:30:00.000001+00', 'infinity'],
  uuid: [
    'uuid',
    '00000000-0000-0000-0000-000000000000',
    'f47ac10b-58cc-4372-a567-0e02b2c3d479',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
  ],
  interval: ['text', 'PT0S', 'PT-838H-59M-59S', 'P178000000Y'],
  inet: ['text', '0.0.0.0', '10.1.2.3/8', '::ffff:1.2.3.4'],
  cidr: ['text', '0.0.0.0/0', '10.0.0.0/8', '::1/128'],
  macaddr: ['text', '00:00:00:00:00:00', '08:00:2b:01:02:03', 'ff:ff:ff:ff:ff:ff'],
  other: ['text', '{}', '{1,NULL,-3}', "'a' 'b':1A"],
};

export const everyKindColumns: readonly string[] = ['id', ...kinds.map((kind) => `c_${kind}`)];

/** A row of nulls, a row of the emptiest values, and two rows of extremes. */
export const everyKindRows: readonly Row[] = [0, 1, 2, 3].map((n) => [
  String(n),
  ...kinds.map((kind) => (n === 0 ? null : (byKind[kind][n] as Value))),
]);

/** `guarded` refuses a duplicate key, a value below zero, a text over five characters, and a null. */
export const targetDdl = `
create table every_kind (id integer primary key, ${kinds.map((kind) => `"c_${kind}" ${byKind[kind][0]}`).join(', ')});
create table guarded (
  id integer constraint guarded_pkey primary key,
  amount integer not null constraint guarded_amount_check check (amount >= 0),
  label varchar(5)
);
create table bag (word text);
`;
