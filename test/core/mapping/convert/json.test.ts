import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonText, withMember } from '../../../../core/mapping/convert/json.ts';

test('numbers keep their digits, and text that is not a JSON number becomes a string', () => {
  expect(jsonText('1.10', 'decimal')).toBe('1.10');
  expect(jsonText('9007199254740993', 'int64')).toBe('9007199254740993');
  expect(jsonText('1e-07', 'float64')).toBe('1e-07');
  expect(jsonText('NaN', 'float64')).toBe('"NaN"');
  expect(jsonText('-Infinity', 'float64')).toBe('"-Infinity"');
  expect(jsonText('42', 'text')).toBe('"42"');
});

test('JSON is included as it is written, a JSON null and a SQL NULL both as null', () => {
  expect(jsonText('{ "a" : 1.0 }', 'json')).toBe('{ "a" : 1.0 }');
  expect(jsonText('null', 'json')).toBe('null');
  expect(jsonText(null, 'json')).toBe('null');
  expect(jsonText(true, 'boolean')).toBe('true');
});

test('a member is added after those of the object, which stay as they are written', () => {
  expect(withMember('{"a": 1.0, "a": 2e0}', 'm', '5')).toBe('{"a": 1.0, "a": 2e0,"m":5}');
  expect(withMember(' { \n } ', 'm', '5')).toBe('{"m":5}');
  expect(withMember('{"a":{}}', 'm', '{"b":null}')).toBe('{"a":{},"m":{"b":null}}');
});

test('JSON that is not an object, or already has the member, is put next to it', () => {
  expect(withMember('null', 'm', '5')).toBe('{"value":null,"m":5}');
  expect(withMember('[1, 2]', 'm', '5')).toBe('{"value":[1, 2],"m":5}');
  expect(withMember('"{}"', 'm', '5')).toBe('{"value":"{}","m":5}');
  expect(withMember('{"m": 1}', 'm', '5')).toBe('{"value":{"m": 1},"m":5}');
  expect(withMember('{"\\u006d": 1}', 'm', '5')).toBe('{"value":{"\\u006d": 1},"m":5}');
});

test('the result is JSON that holds both, whatever the JSON and the text', () => {
  fc.assert(
    fc.property(fc.json(), fc.string(), (json, text) => {
      const made = JSON.parse(withMember(json, 'kept', jsonText(text, 'text')));
      const { kept, ...rest } = made;
      expect(kept).toBe(text);
      const before = JSON.parse(json);
      const isObject = typeof before === 'object' && before !== null && !Array.isArray(before);
      expect(isObject && !Object.hasOwn(before, 'kept') ? rest : rest.value).toEqual(before);
    }),
  );
});
