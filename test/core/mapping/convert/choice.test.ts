import { describe, expect, test } from 'vitest';
import { enumLabel, renamedLabel, setMembers, setText } from '../../../../core/mapping/convert/choice.ts';
import { Adjusted, Rejected } from '../../../../core/model/value.ts';

describe('an ENUM label', () => {
  const labels = ['Legaly Separated', 'a,b', "it's", 'back\\slash', 'n/a', '0'];

  test('that is declared is carried, whatever characters it contains', () => {
    for (const label of labels) expect(enumLabel(labels)(label)).toBe(label);
  });

  test("of index 0, read as '', becomes null, recorded", () => {
    expect(enumLabel(labels)('')).toEqual(new Adjusted(null, 'enum-index-0'));
  });

  test("'' is carried if it is one of the labels", () => expect(enumLabel(['', 'Y'])('')).toBe(''));

  test('outside the list rejects the row, even if only case or a space differs', () => {
    for (const label of ['N/A', 'n/a ', 'b', '1']) {
      expect(enumLabel(labels)(label)).toEqual(new Rejected('unknown-label'));
    }
  });
});

describe('the members of a SET', () => {
  const convert = setMembers(['ICD9.Required', 'MIR.ORDER', 'Other']);

  test('are carried in their order', () => {
    for (const set of [[], ['MIR.ORDER'], ['ICD9.Required', 'MIR.ORDER', 'Other']]) expect(convert(set)).toBe(set);
  });

  test('reject the row if one is undeclared, empty or null', () => {
    for (const set of [['Other', 'other'], [''], [null], ['ICD9']]) {
      expect(convert(set)).toEqual(new Rejected('unknown-label'));
    }
  });
});

test('a label is renamed, and a label without a new name rejects the row', () => {
  const convert = renamedLabel({ HALF_OPEN: 'half_open', OPEN: 'open' });
  expect(convert('HALF_OPEN')).toBe('half_open');
  for (const label of ['half_open', '', 'CLOSED', 'toString'])
    expect(convert(label)).toEqual(new Rejected('unknown-label'));
});

test('a set is one text as MySQL prints it', () => {
  expect([[], [''], ['a'], ['a', 'b c', '😀']].map((members) => setText(members))).toEqual(['', '', 'a', 'a,b c,😀']);
});
