import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nearestName } from '../../core/nearest-name.ts';

const commands = ['run', 'plan', 'rejects', 'report', 'rollback', 'schema', 'status', 'id'];

describe('the name that was probably meant', () => {
  test.each([
    ['rnu', 'run'],
    ['stauts', 'status'],
    ['RUN', 'run'],
    ['reprot', 'report'],
    ['rolback', 'rollback'],
    ['rollbacck', 'rollback'],
    ['schem', 'schema'],
  ])('%s is %s', (given, meant) => {
    expect(nearestName(given, commands)).toBe(meant);
  });

  test.each(['migrate', 'x', '', 'ij'])('%s is nothing that is known', (given) => {
    expect(nearestName(given, commands.slice(0, 6))).toBeNull();
  });

  test('every word is found with one letter less, more, or changed, and with two letters exchanged', () => {
    const word = fc.stringMatching(/^[a-z]{4,12}$/);
    fc.assert(
      fc.property(word, fc.nat(11), fc.stringMatching(/^[a-z]$/), (name, place, letter) => {
        const at = place % (name.length - 1);
        const typed = [
          name.slice(0, at) + name.slice(at + 1),
          name.slice(0, at) + letter + name.slice(at),
          name.slice(0, at) + letter + name.slice(at + 1),
          name.slice(0, at) + name[at + 1] + name[at] + name.slice(at + 2),
        ];
        for (const each of typed) expect(nearestName(each, ['zzzzzzzzzzzzzzz', name])).toBe(name);
      }),
    );
  });
});
