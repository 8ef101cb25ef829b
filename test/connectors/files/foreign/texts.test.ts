import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonl, placeOfUrl } from '../../../../connectors/files/connector.ts';
import { floatText } from '../../../../connectors/files/foreign/exact-value.ts';
import { membersOfArray, membersOfObject } from '../../../../connectors/files/foreign/split-json.ts';

test.each([
  ['jsonl:out', 'out'],
  ['jsonl:../out/a b%20', '../out/a b%20'],
  ['jsonl:/a/b', '/a/b'],
  ['jsonl:///a/b', '/a/b'],
  ['jsonl://rel/b', 'rel/b'],
])('%s is the directory %s', (url, directory) => {
  expect(placeOfUrl('jsonl', url)).toBe(directory);
});

test.each([
  ['int32', { kind: 'int32', native: 'int32' }],
  ['text(30)', { kind: 'text', native: 'text(30)', length: 30 }],
  ['bits(8)', { kind: 'bits', native: 'bits(8)', length: 8 }],
  ['decimal(10,2)', { kind: 'decimal', native: 'decimal(10,2)', precision: 10, scale: 2 }],
  ['decimal(10)', { kind: 'decimal', native: 'decimal(10)', precision: 10, scale: 0 }],
  ['timestamp(3)', { kind: 'timestamp', native: 'timestamp(3)', scale: 3 }],
  [
    "enum('a','it''s','','x,y')",
    { kind: 'enum', native: "enum('a','it''s','','x,y')", labels: ['a', "it's", '', 'x,y'] },
  ],
  ['geometry', { kind: 'other', native: 'geometry' }],
])('the type %s', (native, type) => {
  expect(jsonl.parseType(native)).toEqual(type);
});

test('members keep their source text', () => {
  expect(membersOfArray(' [ 1.10 , "a\\\\" ,[1, [2]],{"a":"]"}, true ]')).toEqual([
    '1.10',
    '"a\\\\"',
    '[1, [2]]',
    '{"a":"]"}',
    'true',
  ]);
  expect(membersOfArray('[]')).toEqual([]);
  expect(membersOfObject('{"a\\"b" : 1 ,"":{}}')).toEqual([
    ['a"b', '1'],
    ['', '{}'],
  ]);
  expect(membersOfObject(' { } ')).toEqual([]);
});

test('the members of any array and object are those that JSON.parse sees', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue()), (array, object) => {
      expect(membersOfArray(JSON.stringify(array, null, 1)).map((text) => JSON.parse(text))).toEqual(
        JSON.parse(JSON.stringify(array)),
      );
      const parsed = membersOfObject(JSON.stringify(object, null, 1)).map(([name, text]) => [name, JSON.parse(text)]);
      expect(parsed).toEqual(Object.entries(JSON.parse(JSON.stringify(object))));
    }),
  );
});

test.each([
  ['0.1', 'float64', '0.1'],
  ['1.50', 'float64', '1.5'],
  ['100000000000000', 'float64', '100000000000000'],
  ['1000000000000000', 'float64', '1e+15'],
  ['0.0001', 'float64', '0.0001'],
  ['0.00001', 'float64', '1e-05'],
  ['1e308', 'float64', '1e+308'],
  ['-123.456e2', 'float64', '-12345.6'],
  ['-0.0', 'float64', '-0'],
  ['9007199254740993', 'float64', '9.007199254740992e+15'],
  ['1e400', 'float64', undefined],
  ['0.10000000149', 'float32', '0.1'],
  ['16777216', 'float32', '1.6777216e+07'],
  ['123456', 'float32', '123456'],
  ['3.4028234663852886e38', 'float32', '3.4028235e+38'],
  ['1e39', 'float32', undefined],
  ['1e-45', 'float32', '1e-45'],
  ['1e-50', 'float32', undefined],
  ['-1e-400', 'float64', undefined],
  ['0e5', 'float64', '0'],
  ['173301325196411600', 'float64', '1.7330132519641158e+17'],
  ['9007199254740992', 'float64', '9.007199254740992e+15'],
  ['18014398509481984', 'float64', '1.8014398509481984e+16'],
  ['3299803.25', 'float32', '3.2998032e+06'],
  ['59773.3111720268', 'float32', '59773.312'],
] as const)('the float %s as %s is written %s, as PostgreSQL does', (literal, kind, text) => {
  expect(floatText(literal, kind)).toBe(text);
});

test('the canonical text of a float reads back as the same float', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
      expect(Number(floatText(String(number), 'float64')) === number).toBe(true);
    }),
  );
  fc.assert(
    fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (number) => {
      expect(Math.fround(Number(floatText(String(number), 'float32'))) === number).toBe(true);
    }),
  );
});
