import { describe, expect, test } from 'vitest';
import type { Mapping } from '../../../core/mapping/mapping.ts';
import { idOfRow, text } from '../../../core/mapping/rules.ts';
import type { Row, Value } from '../../../core/model/value.ts';
import { type Changes, clinicPlan, codes, doctors, mapperTo, patients } from './clinic.ts';

describe('the id of a row without a key', () => {
  const log = {
    source: { line: { key: [], columns: { Text: 'varchar(99)', At: 'datetime' } } },
    target: { lines: { key: ['id'], columns: { id: 'uuid not null', text: 'text' } } },
    mappings: [
      ...[doctors, codes, patients],
      {
        ...{ from: 'c01.line', to: 'lines', scope: 'tenant', drops: {} },
        columns: { id: idOfRow(['Text', 'At']), text: text('Text') },
      } satisfies Mapping,
    ],
  } satisfies Changes;
  const idsOf = (rows: readonly Row[]): Value[] => {
    const mapper = mapperTo('lines', log);
    return rows.map((row) => mapper.map(row).row?.[0] as Value);
  };

  test('counts equal adjacent rows, so that none is lost and each id is the same every time', () => {
    const rows = [
      ['a', null],
      ['a', null],
      ['a', null],
      ['b', null],
      ['b', '2020-01-01 00:00:00'],
    ];
    expect(new Set(idsOf(rows)).size).toBe(5);
    expect(idsOf(rows)).toEqual(idsOf(rows));
    expect(idsOf(rows).slice(0, 1)).toEqual(idsOf([['a', null]]));
  });

  test('distinguishes NULL from the empty text and from the word, and columns from each other', () => {
    const rows = [
      [null, 'x'],
      ['', 'x'],
      ['NULL', 'x'],
      ['\\N', 'x'],
      ['x', null],
      ['a\tb', null],
      ['a', 'b'],
    ];
    expect(new Set(idsOf(rows)).size).toBe(rows.length);
  });

  test('starts at one again in each part', () => {
    const plan = clinicPlan(log);
    const planned = plan.mappings.find((m) => m.target.name === 'lines');
    const first = planned?.mapper().map(['a', null]).row?.[0];
    expect(planned?.mapper().map(['a', null]).row?.[0]).toBe(first);
  });
});
