import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Rule } from '../../core/mapping/mapping.ts';
import { carry, constant, date, derive, idOfRow, label, ref, text } from '../../core/mapping/rules.ts';
import type { CellBatch } from '../../core/model/cells.ts';
import { RowBuffer } from '../../core/model/encoded.ts';
import { fastPath } from '../../kernels/fast-path.ts';
import { SLOTS } from '../../kernels/layout.ts';
import * as cells from './cells.ts';
import { pairs } from './pairs.ts';
import { batchOf, fastRowsOf, formats, fromJsonLines, referenceRows, taskOf } from './task.ts';

const bytes = (text: string | null): Buffer | null => (text === null ? null : Buffer.from(text));
const source = {
  id: 'int',
  name: 'varchar(50)',
  born: 'date',
  uses: 'smallint',
  code: 'varchar(10)',
  kind: "enum('a','b')",
};
const columns = Object.keys(source);
const row = (...texts: readonly (string | null)[]) => texts.map(bytes);

describe.each(formats)('%s', (format) => {
  test('a row of all types at once, each with its rule, is the row of the reference path', () => {
    const all = Object.fromEntries(pairs.map(({ source }, i) => [`c${i}`, source]));
    const wanted = pairs.map(({ rule, target }, i) => ({ rule: rule(`c${i}`), target }));
    const task = taskOf(all, wanted, format);
    const fastRows = fastRowsOf(task);
    const cell = pairs.map(({ cells }) => fc.option(cells.plain, { freq: 5 }));
    let made = 0;
    fc.assert(
      fc.property(fc.array(fc.tuple(...cell), { minLength: 1, maxLength: 3 }), (rows) => {
        const batch = batchOf(rows);
        const expected = referenceRows(task, batch);
        expect(fastRows(batch)).toEqual(expected);
        made += expected.filter((each) => each !== null).length;
      }),
      { numRuns: 50 },
    );
    expect(made).toBeGreaterThan(50);
  });

  test('a refused row leaves nothing between the rows around it', () => {
    const task = taskOf(
      source,
      [
        { rule: carry('id'), target: 'integer' },
        { rule: date('born'), target: 'date' },
      ],
      format,
    );
    const batch = batchOf([
      row('1', 'x', '2020-02-29', '1', 'c', 'a'),
      row('2', 'x', '0000-00-00', '1', 'c', 'a'),
      row('3', 'x', '2020-02-28', '1', 'c', 'a'),
    ]);
    const [first, second, third] = referenceRows(task, batch);
    expect(second).toBeNull();
    const out = new RowBuffer();
    const fast = fastPath(task);
    const rows = fast?.(batch);
    expect([rows?.(0, 3, out), rows?.(1, 3, out), rows?.(2, 3, out)]).toEqual([1, 1, 3]);
    expect(Buffer.from(out.bytes.subarray(0, out.at)).toString('latin1')).toBe(`${first}${third}`);
    expect([...out.ends.subarray(0, out.count)]).toEqual([first?.length, out.at]);
  });

  test('a reference that depends on a flag is made if the flag is set, and is null otherwise', () => {
    const options = { orphan: 'null', when: { column: 'uses', equals: ['0', '7'] } } as const;
    const rules: readonly Rule[] = [
      ref('integer', 'id', { ...options, none: ['5'] }),
      ref('text', 'code', { ...options, none: [''] }),
      ref('text', 'name', { ...options, when: { column: 'kind', equals: ['a', ''] } }),
      ref('integer', 'id', { ...options, when: { column: 'name', equals: ['null'] } }),
      ref('integer', 'id', { ...options, when: { column: 'name', equals: ['é'] } }),
      ref('integer', 'id', { ...options, when: { column: 'born', equals: ['2020-02-29'] } }),
    ];
    const task = taskOf(
      source,
      rules.map((rule) => ({ rule, target: 'uuid' })),
      format,
    );
    const fastRows = fastRowsOf(task);
    const cell = (...texts: readonly (string | null)[]) => fc.constantFrom(...texts).map(bytes);
    const some = fc.tuple(
      cell('1', '5', '-3', '4611686018427387904', null),
      cell('null', 'é', 'x', null),
      cell('2020-02-29', '2020-02-28', null),
      cell('0', '1', '7', '70', null),
      cell('E11.9', 'e11.9 ', '', null, '\0', 'É'),
      cell('a', 'b', '', null),
    );
    fc.assert(
      fc.property(fc.array(some, { minLength: 1, maxLength: 5 }), (rows) => {
        const batch = batchOf(rows);
        expect(fastRows(batch)).toEqual(referenceRows(task, batch));
      }),
    );
  });

  test('columns with and without a kernel can be mixed with constants and functions of several columns', () => {
    const wanted = [
      { rule: constant('tenant', () => 'c01') as Rule, target: 'text' },
      { rule: constant('nothing', () => null) as Rule, target: 'text' },
      { rule: constant('yes', () => true) as Rule, target: 'boolean' },
      {
        rule: derive(['name', 'code'], { kind: 'text', native: 'text' }, ({ name, code }) => `${name}/${code}`),
        target: 'text',
      },
      { rule: label('kind'), target: 'text' },
      { rule: text('name'), target: 'char(60)' },
      { rule: carry('id'), target: 'bigint' },
    ];
    const task = taskOf(source, wanted, format);
    const batch = batchOf([row('7', 'é', null, '1', null, 'b'), row(null, null, null, null, 'x'.repeat(5000), null)]);
    expect(fastRowsOf(task)(batch)).toEqual(referenceRows(task, batch));
    expect(referenceRows(task, batch)).not.toContain(null);
  });

  test('a row fits, however large its cells are', () => {
    const task = taskOf(
      source,
      columns.map((column) => ({ rule: text(column), target: 'text' })),
      format,
    );
    const large = '\u0001'.repeat(20_000);
    const batch = batchOf([row('1', large, '2020-02-29', '1', large, 'a'), row('1', '', '2020-02-29', '1', '', 'b')]);
    const expected = referenceRows(task, batch);
    expect(fastRowsOf(task)(batch)).toEqual(expected);
    expect(expected).not.toContain(null);
  });

  test.each([
    { rows: 40_000, length: 6 },
    { rows: 3, length: 400_002 },
    { rows: 2, length: 5_000_004 },
  ])('a batch fits, with $rows rows of $length bytes', ({ rows, length }) => {
    const wanted = [
      { rule: text('name'), target: 'text' },
      { rule: carry('id'), target: 'integer' },
    ];
    const task = taskOf({ id: 'int', name: 'longtext' }, wanted, format);
    const batch = batchOf(Array.from({ length: rows }, (_, i) => [bytes(String(i)), Buffer.alloc(length, 'é€"')]));
    const expected = referenceRows(task, batch);
    task.decoded.count = 0;
    const made = fastRowsOf(task)(batch);
    expect(made.findIndex((row, i) => row !== expected[i])).toBe(-1);
    expect(made).toHaveLength(rows);
    expect(task.decoded.count).toBe(0);
  });

  test('a set of 64 members fits, wherever the memory ends', () => {
    const labels = Array.from({ length: 64 }, (_, i) => String.fromCodePoint(0x100 + i));
    const wanted = [{ rule: carry('v'), target: 'text[]' }];
    const task = taskOf({ v: `set(${labels.map((label) => `'${label}'`).join(',')})` }, wanted, format);
    const batch = batchOf(Array.from({ length: 5000 }, (_, i) => [bytes(labels.slice(i % 64).join(','))]));
    const expected = referenceRows(task, batch);
    task.decoded.count = 0;
    const made = fastRowsOf(task)(batch);
    expect(made.findIndex((row, i) => row !== expected[i])).toBe(-1);
    expect([made.length, task.decoded.count]).toEqual([5000, 0]);
  });

  test('tasks alternate between the rows of a batch', () => {
    const first = taskOf(source, [{ rule: carry('id'), target: 'integer' }], format);
    const second = taskOf(source, [{ rule: text('name'), target: 'text' }], format);
    const batch = batchOf(['1', '2', '3'].map((id) => row(id, `name ${id}`, null, null, null, null)));
    const outs = [first, second].map((task) => ({ task, rows: fastPath(task)?.(batch), out: new RowBuffer() }));
    for (const at of [0, 1, 2]) for (const { rows, out } of outs) expect(rows?.(at, at + 1, out)).toBe(at + 1);
    for (const { task, out } of outs) {
      expect(Buffer.from(out.bytes.subarray(0, out.at)).toString('latin1')).toBe(referenceRows(task, batch).join(''));
    }
  });

  test.each([
    ['boolean', ['t', 'f', 'true', 'false']],
    ['smallint', ['0', '-1', '32767']],
    ['bigint', ['9223372036854775807', '-9223372036854775807']],
    ['numeric(12,4)', ['0.5000', '-12345678.9000']],
    [
      'numeric',
      ['0', `0.${'0'.repeat(16382)}1`, '9'.repeat(131072), '0.00000001', '100000000.00000000', 'NaN', '-Infinity'],
    ],
    ['double precision', ['0.1', '-0', '1e+22', '1e-07', 'NaN', 'Infinity']],
    ['real', ['0.1', '1e+06', '1.17549e-38']],
    ['date', ['2020-02-29', '0044-03-15 BC', '12020-01-01', 'infinity']],
    ['time', ['23:59:59.5', '24:00:00']],
    ['timestamp', ['1582-10-10 00:00:00', '2020-02-29 23:59:59.000001', '0044-03-15 00:00:00 BC']],
    ['timestamptz', ['2020-03-29 01:30:00+00', '2020-03-29 01:30:00.5+00', '0044-03-15 00:00:00+00 BC', '-infinity']],
    ['uuid', ['f47ac10b-58cc-4372-a567-0e02b2c3d479']],
    ['text', ['', 'é', '\ufeff', '"\\']],
    ['jsonb', ['{"a": 1.0}', 'null']],
    ['text[]', ['["a",null,"b c"]', '[]', '["a",null,"b c"]']],
    ['varbit(5)', ['0101', '']],
  ])('canonical text of %s is carried', (type, texts) => {
    const task = taskOf({ v: type }, [{ rule: carry('v'), target: type }], format, fromJsonLines);
    const batch = batchOf(texts.map((each) => row(each)));
    const expected = referenceRows(task, batch);
    expect(fastRowsOf(task)(batch)).toEqual(expected);
    expect(expected).not.toContain(null);
  });

  test('there is no fast path for a rule that counts equal adjacent rows', () => {
    expect(fastPath(taskOf(source, [{ rule: idOfRow(columns), target: 'uuid' }], format))).toBeNull();
  });
});

test('there is no fast path to COPY text', () => {
  const task = taskOf(source, [{ rule: carry('id'), target: 'integer' }], 'copy-binary');
  expect(fastPath({ ...task, format: { ...task.format, name: 'copy-text' } })).toBeNull();
});

describe('the cache of converted cells', () => {
  const refs = ['text', 'text of another'].map((parent) => ({
    rule: ref(parent, 'code', { orphan: 'null' }),
    target: 'uuid',
  }));
  const rowsOf = (codes: readonly Buffer[]): CellBatch =>
    batchOf(codes.map((code) => [null, null, null, null, code, null]));
  /** Cells of all lengths around the longest that is cached, many of them equal except for a byte at one end. */
  const code = fc
    .tuple(fc.constantFrom('', 'y'), fc.nat(70), fc.constantFrom('', 'a', 'b', 'aa', 'é', '\u0000'))
    .map(([first, length, last]) => Buffer.from(`${first}${'x'.repeat(length)}${last}`));

  test.each(['copy-binary', 'json-line'] as const)('does not confuse cells or columns (%s)', (format) => {
    const task = taskOf(source, refs, format);
    const fastRows = fastRowsOf(task);
    fc.assert(
      fc.property(fc.array(fc.oneof(code, cells.text(6).any), { minLength: 1, maxLength: 40 }), (codes) => {
        const batch = rowsOf(codes);
        expect(fastRows(batch)).toEqual(referenceRows(task, batch));
      }),
    );
  });

  test('evicts entries when there are more cells than it can hold', () => {
    const task = taskOf(source, refs, 'copy-binary');
    const fastRows = fastRowsOf(task);
    const codes = Array.from({ length: SLOTS + 1000 }, (_, i) => Buffer.from(`code ${i}`));
    for (const batch of [rowsOf(codes), rowsOf(codes.toReversed())]) {
      expect(fastRows(batch)).toEqual(referenceRows(task, batch));
    }
  });

  test('converts repeated cells once', () => {
    const task = taskOf(source, refs, 'json-line');
    const batch = rowsOf(Array.from({ length: 100 }, (_, i) => Buffer.from(`code ${i % 2}`)));
    fastRowsOf(task)(batch);
    expect(task.decoded.count).toBe(refs.length * 2);
  });
});
