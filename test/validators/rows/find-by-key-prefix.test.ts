import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonFormat } from '../../../connectors/files/exported/row-format.ts';
import { binaryFormat } from '../../../connectors/postgres/row-format/binary-format.ts';
import { parsePostgresType } from '../../../connectors/postgres/types.ts';
import type { PlannedMapping } from '../../../core/mapping/plan/plan.ts';
import { RowBuffer, type RowFormat } from '../../../core/model/encoded.ts';
import type { Column } from '../../../core/model/schema.ts';
import { findByKeyPrefix } from '../../../validators/rows/find-by-key-prefix.ts';
import { memoryFormat } from '../memory-format.ts';

const columns: readonly Column[] = ['id', 'part', 'note'].map((name) => ({
  name,
  type: parsePostgresType(name === 'id' ? 'integer' : 'text'),
  nullable: true,
}));
const receiver = (receive: string) => ({ receive, typmod: -1, labels: null, member: null });
const formats: Readonly<Record<string, RowFormat>> = {
  'COPY BINARY': binaryFormat([receiver('int4recv'), receiver('textrecv'), receiver('textrecv')]) as RowFormat,
  'COPY text': memoryFormat,
  'JSON Lines': jsonFormat(columns),
};

/** `constants`: values that are the same in every row, by column. */
function plannedFor(
  key: readonly string[],
  { all = columns, constants = {} as Readonly<Record<string, string>> } = {},
): PlannedMapping {
  const steps = () =>
    all.map(({ name }) => ({
      rule: { how: name in constants ? { kind: 'constant', value: constants[name] } : { kind: 'value' } },
    }));
  return { columns: all, steps, target: { name: 't', columns: all, key, unique: [] } } as unknown as PlannedMapping;
}

const id = fc.integer({ min: 0, max: 12 }).map(String);
const text = fc.stringMatching(/^[ab\t]{0,2}$/);
const row = fc.tuple(id, text, fc.option(text));

describe.each(Object.entries(formats))('%s', (_, format) => {
  test('rows are found by a key that follows constant columns', () => {
    const find = findByKeyPrefix(plannedFor(['part'], { constants: { id: '7' } }), format, [['a'], ['c']]);
    const out = new RowBuffer();
    for (const part of ['a', 'b', 'aa', 'c', '']) out.add(format, ['7', part, null]);
    expect(find?.(out)).toEqual([0, 3]);
  });

  test.each([[['id']], [['id', 'part']], [['part', 'id']]])('rows of the key %j are found, and no others', (key) => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 20 }), fc.array(row, { maxLength: 6 }), (rows, wanted) => {
        const places = key.map((name) => columns.findIndex((column) => column.name === name));
        const keyOf = (each: readonly (string | null)[]) => places.map((place) => each[place] as string);
        const find = findByKeyPrefix(plannedFor(key), format, wanted.map(keyOf));
        const out = new RowBuffer();
        for (const each of rows) out.add(format, each);
        const keys = wanted.map((each) => JSON.stringify(keyOf(each)));
        const expected = rows.flatMap((each, i) => (keys.includes(JSON.stringify(keyOf(each))) ? [i] : []));
        expect(find?.(out)).toEqual(expected);
      }),
    );
  });
});

test('does not search for a key that is not first, is not text, or has too many lengths', () => {
  const format = formats['COPY BINARY'] as RowFormat;
  expect(findByKeyPrefix(plannedFor(['part']), format, [['a']])).toBeNull();
  expect(findByKeyPrefix(plannedFor([]), format, [])).toBeNull();
  const flags = columns.map((column) => ({ ...column, type: parsePostgresType('boolean') }));
  expect(findByKeyPrefix(plannedFor(['id'], { all: flags }), format, [[true]])).toBeNull();
  const words = Array.from({ length: 20 }, (_, length) => ['1', 'x'.repeat(length)]);
  expect(findByKeyPrefix(plannedFor(['id', 'part']), format, words)).toBeNull();
});

test('a key that the format cannot hold matches no row', () => {
  const find = findByKeyPrefix(plannedFor(['id']), formats['COPY BINARY'] as RowFormat, [['99999999999']]);
  const out = new RowBuffer();
  out.add(formats['COPY BINARY'] as RowFormat, ['1', 'a', null]);
  expect(find?.(out)).toEqual([]);
});
