import * as vitest from 'vitest';
import { testConnector } from '../../public/testing.ts';
import { conforming } from './harness.ts';

const conformers = await conforming();

vitest.test('every registered connector is tested, and one of them has a target', () => {
  const names = conformers.map(({ name }) => name);
  const known = ['mysql', 'postgres', 'sqlite', 'sqlserver', 'jsonl', 'csv', 'json'];
  vitest.expect(names).toEqual(vitest.expect.arrayContaining(known));
  vitest.expect(conformers.filter(({ connector }) => connector.openTarget !== undefined)).not.toEqual([]);
});

for (const conformer of conformers) testConnector(vitest, conformer);
