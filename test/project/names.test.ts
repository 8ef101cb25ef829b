import fc from 'fast-check';
import { expect, test } from 'vitest';
import { schemaNameFrom } from '../../project/names.ts';

test.each([
  ['shop', 'shop'],
  ['Chinook', 'chinook'],
  ['My Shop-2', 'my_shop_2'],
  ['2024', '_2024'],
  ['客户', 'source'],
  ['__', 'source'],
  ['pg_old', 'source_pg_old'],
  ['waybill', 'source_waybill'],
  ['information_schema', 'source_information_schema'],
])('the schema for a database called %s is %s', (name, schema) => {
  expect(schemaNameFrom(name)).toBe(schema);
});

test('any name gives one that a target accepts', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (name) => {
      const schema = schemaNameFrom(name);
      expect(schema).toMatch(/^[a-z_][a-z0-9_]{0,62}$/);
      expect(['waybill', 'information_schema']).not.toContain(schema);
      expect(schema).not.toMatch(/^pg_/);
    }),
  );
});
