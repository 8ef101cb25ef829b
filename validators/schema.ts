import type { Finding } from '../core/validation/check.ts';
import type { Validator } from '../core/validation/validator.ts';
import { checkSubject, differencesResult } from './check-result.ts';

/** Compares the objects of the live target with those that its DDL makes. */
export const schema: Validator = {
  name: 'schema',
  proves:
    'Every table, column, constraint, index, policy, trigger, rule, view, sequence, function and grant of the target is what its DDL makes: enabled, valid, enforced, logged, with the owner of the schema, and without any object beside them.',
  cannotSee:
    'Objects of other schemas, apart from tables that inherit from the target. Storage settings, statistics, and settings of the server that switch enforcement off for a session.',
  async *run({ schemaDifferences, maxKeys }): AsyncIterable<Finding> {
    yield await checkSubject('objects', async () => differencesResult(await schemaDifferences(), maxKeys));
  },
};
