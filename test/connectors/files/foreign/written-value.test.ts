import { expect, test } from 'vitest';
import { fieldValue } from '../../../../connectors/files/csv/field-value.ts';
import { writtenJson } from '../../../../connectors/files/foreign/written-value.ts';
import { parseMysqlType } from '../../../../connectors/mysql/types.ts';
import { parsePostgresType } from '../../../../connectors/postgres/types.ts';
import type { Value } from '../../../../core/model/value.ts';

/** Type, text, and the value; undefined when the text does not say exactly one. */
const cases: readonly (readonly [type: string, text: string, value: Value | undefined])[] = [
  ['timestamp', '2024-01-01T00:00:00', '2024-01-01 00:00:00'],
  ['timestamp', '2024-01-01T10:20:30.500', '2024-01-01 10:20:30.5'],
  ['timestamp', '2024-01-01t10:20:30,123456000', '2024-01-01 10:20:30.123456'],
  ['timestamp', '2024-01-01 10:20:30.500', '2024-01-01 10:20:30.5'],
  ['timestamp', '2024-01-01T10:20', '2024-01-01 10:20:00'],
  ['timestamp', '20240101T102030.5', '2024-01-01 10:20:30.5'],
  ['timestamp', '2024-01-01', '2024-01-01 00:00:00'],
  ['timestamp', '2024-02-28T24:00:00', '2024-02-29 00:00:00'],
  ['timestamp', '2023-12-31 24:00:00', '2024-01-01 00:00:00'],
  ['timestamp', '+012024-01-01T00:00:00', '12024-01-01 00:00:00'],
  ['timestamp', '-000043-03-15T00:00:00', '0044-03-15 00:00:00 BC'],
  ['timestamp', '0044-03-15 12:00:00 BC', '0044-03-15 12:00:00 BC'],
  ['timestamp', '0000-00-00T00:00:00', '0000-00-00 00:00:00'],
  ['timestamp', 'infinity', 'infinity'],
  ['timestamp', '2024-01-01T00:00:00Z', undefined],
  ['timestamp', '2024-01-01 00:00:00+00', undefined],
  ['timestamp', '2024-01-01T00:00:00.1234567', undefined],
  ['timestamp', '2024-01-01T25:00:00', undefined],
  ['timestamp', '2024-01-01T24:00:01', undefined],
  ['timestamp', '2024-01-01T23:59:60', undefined],
  ['timestamp', '2024-02-30T24:00:00', undefined],
  ['timestamp', '01/02/2024 10:00', undefined],
  ['timestamp', '1704067200', undefined],
  ['timestamp', '2024-W01-1', undefined],
  ['timestamptz', '2024-01-01T00:00:00Z', '2024-01-01 00:00:00+00'],
  ['timestamptz', '2024-01-01T00:00:00.000+00:00', '2024-01-01 00:00:00+00'],
  ['timestamptz', '2024-01-01T00:00:00+02:00', '2023-12-31 22:00:00+00'],
  ['timestamptz', '2024-02-29T23:59:59.5-0530', '2024-03-01 05:29:59.5+00'],
  ['timestamptz', '2024-01-01 00:00:00+05', '2023-12-31 19:00:00+00'],
  ['timestamptz', '1883-11-18 12:03:58-04:56:02', '1883-11-18 17:00:00+00'],
  ['timestamptz', '2024-01-01 00:00:00 UTC', '2024-01-01 00:00:00+00'],
  ['timestamptz', '2024-12-31T24:00:00Z', '2025-01-01 00:00:00+00'],
  ['timestamptz', '0001-01-01T00:00:00+01:00', '0001-12-31 23:00:00+00 BC'],
  ['timestamptz', '20240101T000000Z', '2024-01-01 00:00:00+00'],
  ['timestamptz', '2024-01-01T00:00:00', undefined],
  ['timestamptz', '2024-01-01', undefined],
  ['timestamptz', '2024-01-01T00:00:00+16:00', undefined],
  ['timestamptz', '2024-02-30T00:00:00+01:00', undefined],
  ['timestamptz', '2024-01-01T00:00:00 CET', undefined],
  ['date', '2024-01-01T00:00:00', '2024-01-01'],
  ['date', '2024-01-01 00:00:00.000', '2024-01-01'],
  ['date', '2024-01-01T10:00:00', undefined],
  ['date', '2024-01-01T00:00:00Z', undefined],
  ['date', '20240101', undefined],
  ['time', '10:20', '10:20:00'],
  ['time', 'T10:20:30.500', '10:20:30.5'],
  ['time', '24:00:00', '24:00:00'],
  ['time', '10:20:30Z', undefined],
  ['boolean', 'True', true],
  ['boolean', 'False', false],
  ['boolean', 'TRUE', true],
  ['boolean', 't', true],
  ['boolean', 'yes', true],
  ['boolean', 'N', false],
  ['boolean', 'off', false],
  ['boolean', '1', true],
  ['boolean', '0', false],
  ['boolean', '2', undefined],
  ['boolean', 'None', undefined],
  ['boolean', '', undefined],
  ['boolean', ' true', undefined],
  ['integer', '1.0', '1'],
  ['integer', '1e3', '1000'],
  ['integer', '+7', '7'],
  ['integer', '1.5', undefined],
  ['integer', '1,5', undefined],
  ['integer', '0x10', undefined],
  ['integer', '007', undefined],
  ['numeric', '1.50', '1.50'],
  ['numeric', '1E-2', '0.01'],
  ['numeric', 'NaN', 'NaN'],
  ['double precision', 'nan', 'NaN'],
  ['double precision', '-inf', '-Infinity'],
  ['double precision', '1E5', '100000'],
  ['uuid', 'F47AC10B-58CC-4372-A567-0E02B2C3D479', 'f47ac10b-58cc-4372-a567-0e02b2c3d479'],
  ['uuid', 'f47ac10b', undefined],
  ['inet', 'FE80::0001', 'fe80::1'],
  ['inet', 'localhost', undefined],
  ['text', 'True', 'True'],
  ['json', '{"a":', undefined],
];

test.each(cases)('%s: the field and the string %s are read', (type, text, value) => {
  expect(fieldValue(parsePostgresType(type), text)).toEqual(value);
  if (type !== 'json') expect(writtenJson(parsePostgresType(type), JSON.stringify(text))).toEqual(value);
});

test.each([
  ['boolean', '1', true],
  ['boolean', '0', false],
  ['boolean', 'true', true],
  ['boolean', '2', undefined],
  ['timestamp', '1704067200', undefined],
  ['uuid', '1', undefined],
  ['text', '1', undefined],
] as const)('%s: the JSON %s is read', (type, json, value) => {
  expect(writtenJson(parsePostgresType(type), json)).toEqual(value);
});

test("MySQL's times beyond a day and zero dates stay", () => {
  expect(fieldValue(parseMysqlType('time'), '838:59:59')).toBe('838:59:59');
  expect(fieldValue(parseMysqlType('time(3)'), '-00:00:01.500')).toBe('-00:00:01.5');
  expect(fieldValue(parseMysqlType('date'), '2020-00-15')).toBe('2020-00-15');
  expect(fieldValue(parseMysqlType('datetime'), '2020-00-15T00:00:00')).toBe('2020-00-15 00:00:00');
});
