import type { Finding } from '../core/validation/check.ts';
import type { Validator } from '../core/validation/validator.ts';
import { checkSubject } from './check-result.ts';

/** Checks that no sequence of the target would return a value in use. */
export const sequences: Validator = {
  name: 'sequences',
  proves: 'The next value of every sequence is not in use, so the next insert does not collide.',
  cannotSee: 'A sequence that no column uses.',
  async *run({ target, maxKeys }): AsyncIterable<Finding> {
    yield await checkSubject('sequences', async () => {
      const low = await target.inspector.lowSequences();
      return {
        verdict: low.length === 0 ? 'pass' : 'fail',
        expected: 0,
        actual: low.length,
        sampleKeys: low.slice(0, maxKeys),
        notes: low.length === 0 ? [] : ['the next value of these sequences is already in use'],
      };
    });
  },
};
