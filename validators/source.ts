import type { Finding } from '../core/validation/check.ts';
import type { Validator } from '../core/validation/validator.ts';
import { checkSubject, differencesResult } from './check-result.ts';

/** Compares the live source with its contract, as the run did before it read it. */
export const source: Validator = {
  name: 'source',
  proves:
    'The source still has the tables, columns, types, nullability and keys of its contract, and nothing beside them.',
  cannotSee: 'Changes of rows, which counts and checksums see, and objects of the source that are not tables.',
  async *run({ sourceProblems, maxKeys }): AsyncIterable<Finding> {
    yield await checkSubject('contract', async () => {
      const found = (await sourceProblems()).map(({ subject, message }) => ({ object: subject, how: message }));
      return differencesResult(found, maxKeys);
    });
  },
};
