import { expect, test } from 'vitest';
import { parsePostgresType } from '../../../connectors/postgres/types.ts';
import type { ColumnType } from '../../../core/model/schema.ts';

const cases: readonly (readonly [string, ColumnType])[] = [
  ['uuid', { kind: 'uuid', native: 'uuid' }],
  ['text', { kind: 'text', native: 'text' }],
  ['character varying(50)', { kind: 'text', native: 'character varying(50)', length: 50 }],
  ['varchar(50)', { kind: 'text', native: 'character varying(50)', length: 50 }],
  ['VARCHAR (50)', { kind: 'text', native: 'character varying(50)', length: 50 }],
  ['varchar', { kind: 'text', native: 'character varying' }],
  ['char(3)', { kind: 'text', native: 'character(3)', length: 3, form: 'padded' }],
  ['char', { kind: 'text', native: 'character(1)', length: 1, form: 'padded' }],
  ['bpchar', { kind: 'text', native: 'bpchar', form: 'padded' }],
  ['numeric', { kind: 'decimal', native: 'numeric' }],
  ['numeric(18,2)', { kind: 'decimal', native: 'numeric(18,2)', precision: 18, scale: 2 }],
  ['decimal(18, 2)', { kind: 'decimal', native: 'numeric(18,2)', precision: 18, scale: 2 }],
  ['numeric(20)', { kind: 'decimal', native: 'numeric(20)', precision: 20, scale: 0 }],
  ['numeric(3,-2)', { kind: 'decimal', native: 'numeric(3,-2)', precision: 3, scale: -2 }],
  ['timestamptz', { kind: 'timestamptz', native: 'timestamp with time zone', scale: 6 }],
  ['timestamp with time zone', { kind: 'timestamptz', native: 'timestamp with time zone', scale: 6 }],
  ['timestamptz(3)', { kind: 'timestamptz', native: 'timestamp(3) with time zone', scale: 3 }],
  ['timestamp(3) with time zone', { kind: 'timestamptz', native: 'timestamp(3) with time zone', scale: 3 }],
  ['timestamp(0)', { kind: 'timestamp', native: 'timestamp(0) without time zone', scale: 0 }],
  ['timestamp', { kind: 'timestamp', native: 'timestamp without time zone', scale: 6 }],
  ['time', { kind: 'time', native: 'time without time zone', scale: 6 }],
  ['time(2) without time zone', { kind: 'time', native: 'time(2) without time zone', scale: 2 }],
  ['time with time zone', { kind: 'other', native: 'time with time zone' }],
  ['date', { kind: 'date', native: 'date' }],
  ['smallint', { kind: 'int16', native: 'smallint' }],
  ['int', { kind: 'int32', native: 'integer' }],
  ['bigserial', { kind: 'int64', native: 'bigint' }],
  ['real', { kind: 'float32', native: 'real' }],
  ['double precision', { kind: 'float64', native: 'double precision' }],
  ['bool', { kind: 'boolean', native: 'boolean' }],
  ['json', { kind: 'json', native: 'json' }],
  ['jsonb', { kind: 'json', native: 'jsonb', form: 'jsonb' }],
  ['bytea', { kind: 'bytes', native: 'bytea' }],
  ['bit', { kind: 'bits', native: 'bit(1)', length: 1, form: 'fixed' }],
  ['bit varying(8)', { kind: 'bits', native: 'bit varying(8)', length: 8 }],
  ['varbit', { kind: 'bits', native: 'bit varying' }],
  ['text[]', { kind: 'textArray', native: 'text[]' }],
  ['varchar(50)[]', { kind: 'textArray', native: 'character varying(50)[]' }],
  ['int4[]', { kind: 'other', native: 'integer[]' }],
  ['public.mood', { kind: 'other', native: 'public.mood' }],
  ['"Mood"[]', { kind: 'other', native: '"Mood"[]' }],
  ['character(3)[]', { kind: 'other', native: 'character(3)[]' }],
  ['interval', { kind: 'interval', native: 'interval', scale: 6 }],
  ['interval(3)', { kind: 'interval', native: 'interval(3)', scale: 3 }],
  ['interval year to month', { kind: 'other', native: 'interval year to month' }],
  ['inet', { kind: 'inet', native: 'inet' }],
  ['citext', { kind: 'text', native: 'citext' }],
  ['public.citext', { kind: 'text', native: 'citext' }],
  ['"My Extensions".citext', { kind: 'text', native: 'citext' }],
  ['name', { kind: 'text', native: 'name', length: 63 }],
  ['money', { kind: 'other', native: 'money' }],
  ["enum('a','it''s','B, c')", { kind: 'enum', native: "enum('a','it''s','B, c')", labels: ['a', "it's", 'B, c'] }],
];

test.for(cases)('%s is read', ([native, expected]) => {
  expect(parsePostgresType(native)).toEqual(expected);
});

test('the name of a type is read as the same type', () => {
  for (const [, expected] of cases) expect(parsePostgresType(expected.native)).toEqual(expected);
});
