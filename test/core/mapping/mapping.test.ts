import { expect, test } from 'vitest';
import { mappingName, mappingsOf } from '../../../core/mapping/mapping.ts';
import { derive, id, ref, text } from '../../../core/mapping/rules.ts';
import { type clinicSource, doctors } from './clinic.ts';

const mapping = mappingsOf<typeof clinicSource>();
const isText = { kind: 'text', native: 'text' } as const;

const from = 'c01.code';
const to = 'codes';

test('a misspelt table or column does not compile: each line below is an error to `tsc --noEmit`', () => {
  // @ts-expect-error the contract has no table of this name
  mapping({ from: 'c01.docter', to, columns: {} });

  // @ts-expect-error nor a schema of this name
  mapping({ from: 'c02.doctor', to, columns: {} });

  // @ts-expect-error a rule reads a column that the table does not have
  mapping({ from, to, columns: { id: id('code') } });

  // @ts-expect-error Born is a column of another table
  mapping({ from, to, columns: { born: text('Born') } });

  // @ts-expect-error a dropped column is misspelt
  mapping({ from, to, columns: {}, drops: { Haeder: 'why' } });

  // @ts-expect-error a reference reads a column that the table does not have
  mapping({ from, to, columns: { nurse: ref('nurses', 'NurseID', { orphan: 'null' }) } });

  const whenHaeder = { column: 'Haeder', equals: ['1'] } as const;
  // @ts-expect-error the flag of a reference is misspelt
  mapping({ from, to, columns: { up: ref('codes', 'Code', { orphan: 'null', when: whenHaeder }) } });

  // @ts-expect-error one of two columns is misspelt
  mapping({ from, to, columns: { both: derive(['Code', 'Haeder'], isText, () => 'x') } });

  const tests = { name: 'tests', reads: ['Haeder'], drops: () => false } as const;
  // @ts-expect-error a filter reads a column that the table does not have
  mapping({ from, to, columns: {}, filter: tests });

  // @ts-expect-error a derived value asks for a column that it does not read
  derive(['Code'], isText, ({ Header }) => Header);

  // @ts-expect-error an orphan is either made null or rejected
  expect(() => ref('nurses', 'NurseID', { orphan: 'ignore' })).toThrow("is not 'null' or 'reject'");

  expect(mapping({ from, to, columns: { id: id('Code', 'text') }, drops: { Header: 'why' } }).from).toBe(from);
});

test('a mapping belongs to the tenant and drops nothing by default', () => {
  expect(doctors).toMatchObject({ from: 'c01.doctor', to: 'doctors', scope: 'tenant', drops: {} });
  expect(mapping({ from: 'c01.code', to: 'codes', scope: 'shared', columns: {} }).scope).toBe('shared');
});

test('the name of a mapping contains both tables', () => expect(mappingName(doctors)).toBe('c01.doctor > doctors'));
