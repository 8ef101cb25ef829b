import type { Finding } from '../core/validation/check.ts';
import type { Validator } from '../core/validation/validator.ts';
import { checkSubject } from './check-result.ts';

/** Compares the live source with its contract, as the run did before it read it. */
export const source: Validator = {
  name: 'source',
  proves:
    'The source still has the tables, columns, types, nullability and keys of its contract, and nothing beside them.',
  cannotSee: 'Changes of rows, which counts and checksums see, and objects of the source that are not tables.',
  async *run({ sourceProblems, maxKeys }): AsyncIterable<Finding> {
    yield await checkSubject('contract', async () => {
      const found = await sourceProblems();
      const named = found.slice(0, maxKeys);
      return {
        verdict: found.length === 0 ? 'pass' : 'fail',
        expected: 0,
        actual: found.length,
        sampleKeys: named.map(({ subject }) => subject),
        notes: named.map(({ subject, message }) => `${subject}: ${message}`),
      };
    });
  },
};
