import { expect, test } from 'vitest';
import { mappingName, mappingsOf } from '../../core/mapping.ts';
import { derive, id, ref, text } from '../../core/rules.ts';
import { type clinicSource, doctors } from './clinic.ts';

const mapping = mappingsOf<typeof clinicSource>();
const isText = { kind: 'text', native: 'text' } as const;

/** Never run: `tsc --noEmit` fails when one of the marked lines does compile. */
export function misspelt(): void {
  mapping({ from: 'c01.doctor', to: 'doctors', columns: { id: id('ID'), name: text('Name') }, drops: { Name: 'why' } });

  // @ts-expect-error the contract has no table of this name
  mapping({ from: 'c01.docter', to: 'doctors', columns: {} });

  // @ts-expect-error nor a schema of this name
  mapping({ from: 'c02.doctor', to: 'doctors', columns: {} });

  // @ts-expect-error a rule reads a column that the table does not have
  mapping({ from: 'c01.doctor', to: 'doctors', columns: { id: id('Id') } });

  // @ts-expect-error Born is a column of another table
  mapping({ from: 'c01.doctor', to: 'doctors', columns: { born: text('Born') } });

  // @ts-expect-error a dropped column is misspelt
  mapping({ from: 'c01.doctor', to: 'doctors', columns: {}, drops: { Nmae: 'why' } });

  // @ts-expect-error a reference reads a column that the table does not have
  mapping({ from: 'c01.doctor', to: 'doctors', columns: { nurse: ref('nurses', 'NurseID', { orphan: 'null' }) } });

  // @ts-expect-error the flag of a reference is misspelt
  mapping({ from: 'c01.code', to: 'codes', columns: { up: ref('codes', 'Code', { orphan: 'null', when: { column: 'Haeder', equals: ['1'] } }) } });

  // @ts-expect-error one of two columns is misspelt
  mapping({ from: 'c01.doctor', to: 'doctors', columns: { both: derive(['ID', 'Nmae'], isText, () => 'x') } });

  // @ts-expect-error a filter reads a column that the table does not have
  mapping({ from: 'c01.doctor', to: 'doctors', columns: {}, filter: { name: 'f', reads: ['Nmae'], drops: () => false } });

  // @ts-expect-error a derived value asks for a column that it does not read
  derive(['ID'], isText, ({ Name }) => Name);

  // @ts-expect-error an orphan is either made null or rejected
  ref('nurses', 'NurseID', { orphan: 'ignore' });
}

test('a mapping belongs to the tenant and drops nothing unless it says so', () => {
  expect(doctors).toMatchObject({ from: 'c01.doctor', to: 'doctors', scope: 'tenant', drops: {} });
  expect(mapping({ from: 'c01.code', to: 'codes', scope: 'shared', columns: {} }).scope).toBe('shared');
});

test('the name of a mapping says both tables', () => expect(mappingName(doctors)).toBe('c01.doctor > doctors'));
