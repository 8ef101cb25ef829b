import { expect, test } from 'vitest';
import { mapRow } from '../../public/testing.ts';

const warehouse = {
  ID: '7',
  Address1: '1 Main Street',
  Address2: '',
  City: 'Springfield',
  Contact: '',
  Fax: '',
  Name: 'North',
  Phone: '',
  Phone2: '',
  State: 'IL',
  Zip: '62701',
  LastUpdateUserID: null,
  LastUpdateDatetime: '2020-01-02 03:04:05',
};

test('a row is mapped to named columns, and what a policy changed is listed', async () => {
  const { row, reject, filter, adjustments } = await mapRow('aries', 'c01.tbl_warehouse', {
    ...warehouse,
    City: 'Spring\u0000field',
  });
  expect([reject, filter]).toEqual([null, null]);
  expect(row).toMatchObject({ name: 'North', city: 'Springfield', id: expect.stringMatching(/-8/) });
  expect(adjustments).toEqual([{ column: 'city', rule: 'nul-removed', from: 'Spring\u0000field', to: 'Springfield' }]);
});

test('the parameters of a run decide what ids are made of', async () => {
  const one = await mapRow('aries', 'warehouses', warehouse);
  const other = await mapRow('aries', 'warehouses', warehouse, { tenant: 'another' });
  expect(one.row?.id).not.toBe(other.row?.id);
});

test('a refused row has the column and the rule', async () => {
  const { row, reject } = await mapRow('marketplace', 'users', { id: 'x'.repeat(40), email: 'a@example.com' });
  expect(row === null).toBe(reject !== null);
});

test('what is not of the mapping is refused', async () => {
  await expect(mapRow('aries', 'warehouses', { Nmae: 'North' })).rejects.toMatchObject({
    code: 'usage',
    message: 'The table c01.tbl_warehouse has no column Nmae.',
  });
  await expect(mapRow('aries', 'nowhere', {})).rejects.toMatchObject({ code: 'usage' });
  await expect(mapRow('aries', 'warehouses', {}, { nothing: 'x' })).rejects.toMatchObject({ code: 'usage' });
});
