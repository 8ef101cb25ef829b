import type { Check } from '../core/validation/check.ts';
import type { Validator } from '../core/validation/validator.ts';
import { checkSafely } from './check-result.ts';

const check = 'sequences';

/** Whether every sequence of the target stands above the highest value in use, so that the next insert does not collide. */
export const sequences: Validator = {
  name: check,
  async *run({ target, maxKeys }): AsyncIterable<Check> {
    yield await checkSafely({ check, subject: 'sequences' }, async () => {
      const low = await target.inspector.lowSequences();
      return {
        verdict: low.length === 0 ? 'pass' : 'fail',
        expected: 0,
        actual: low.length,
        sampleKeys: low.slice(0, maxKeys),
        notes: low.length === 0 ? [] : ['these would next give a value that is already in use'],
      };
    });
  },
};
