import fc from 'fast-check';
import { expect, test } from 'vitest';
import { propertyNames } from '../../../../connectors/files/foreign/property-names.ts';

const namesOf = (text: string) => propertyNames('f', 'row 1', text);

test.each([
  ['{}', []],
  [' { "b" : 1 ,\r\n\t"a": null } ', ['b', 'a']],
  ['{"2":0,"1":0,"__proto__":{"x":1},"":0}', ['2', '1', '__proto__', '']],
  ['{"a":1,"a":2,"\\u0061":3}', ['a', 'a', 'a']],
  ['{"a":{"b":[{"c":1}]},"d":[{"e":{}}]}', ['a', 'd']],
  ['{"\\u00e4\\n\\ud83d\\ude00":"}","x":"\\"y\\":1"}', ['ä\n😀', 'x']],
  ['{"a":12345678901234567890,"b":1e99999}', ['a', 'b']],
  [`{"a":${'['.repeat(50_000)}${']'.repeat(50_000)},"b":1}`, ['a', 'b']],
])('the columns of a row are its properties, in the order they were written', async (text, names) => {
  expect(await namesOf(text)).toEqual(names);
});

test.each(['[]', '[{"a":1}]', '7', '-0.5e3', '"a"', 'true', 'null'])('the row %s is not an object', async (text) => {
  await expect(namesOf(text)).rejects.toMatchObject({
    code: 'part-damaged',
    message: 'f: row 1 is not a JSON object.',
  });
});

test('a byte order mark within a file is not JSON', async () => {
  await expect(namesOf('\ufeff{"a":1}')).rejects.toMatchObject({ code: 'not-json', message: 'f: row 1 is not JSON.' });
});

test('a row is JSON exactly when JSON.parse accepts it', async () => {
  const valid = '{"a":[1,-0.5e+3,true,false,null,{"b":{}}],"c" : "x\\n\\u00e4","d":[ ]}';
  const edits = fc.record({
    at: fc.nat(valid.length - 1),
    length: fc.nat(3),
    by: fc.constantFrom(
      '',
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '\\',
      ' ',
      '1',
      '0',
      '.',
      '-',
      'e',
      't',
      '\t',
      '\x01',
      '\u00a0',
    ),
  });
  await fc.assert(
    fc.asyncProperty(edits, async ({ at, length, by }) => {
      const text = valid.slice(0, at) + by + valid.slice(at + length);
      const outcome = await namesOf(text).then(
        (names) => names.toSorted(),
        (error) => error.code,
      );
      expect(outcome).toEqual(namesByParse(text));
    }),
    { numRuns: 1000 },
  );
});

function namesByParse(text: string): readonly string[] | string {
  try {
    const parsed = JSON.parse(text);
    const isObject = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
    return isObject ? Object.keys(parsed).toSorted() : 'part-damaged';
  } catch {
    return 'not-json';
  }
}
