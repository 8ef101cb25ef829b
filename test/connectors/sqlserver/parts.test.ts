import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sqlserver } from '../../../connectors/sqlserver/connector.ts';
import { rowText } from '../../../core/model/row-text.ts';
import type { Row } from '../../../core/model/value.ts';
import { serveFacts } from '../../support/tds/server-of-facts.ts';

const columns = [
  { name: 'code', type: 'varchar(10)', isNullable: false, collation: 'Latin1_General_CI_AI' },
  { name: 'id', type: 'uniqueidentifier', isNullable: false },
  { name: 'at]', type: 'datetime2(7)', isNullable: false },
];

const seconds = fc.integer({ min: 0, max: 3 }).map((n) => `2020-01-01 00:00:0${n}${n === 3 ? '.0000001' : ''}`);
const ids = fc.integer({ min: 0, max: 0xffff }).map((n) => {
  const digits = n.toString(16).padStart(4, '0');
  return `0000${digits.slice(0, 2)}00-0000-0000-0000-0000000000${digits.slice(2)}`;
});
const row = fc.tuple(fc.constantFrom('a', 'ab', 'b', "it's", '-', 'é'), ids, seconds);
const rows = fc.uniqueArray(row, { maxLength: 12, selector: (cells) => cells.join() });

test('parts of any size cover a table of any key exactly once, in the order of the server', async () => {
  await fc.assert(
    fc.asyncProperty(rows, fc.integer({ min: 1, max: 13 }), async (table, maxRows) => {
      const server = await serveFacts({
        name: 'shop',
        tables: [{ name: 't', key: ['code', 'id', 'at]'], columns, rows: table }],
      });
      try {
        const source = await sqlserver.openSource(server.url, { schemas: { c01: 'dbo' } });
        const [schema] = await source.inspector.tables(['c01']);
        if (schema === undefined) throw new Error('no table');
        const found: Row[][] = [];
        const parts = await source.parts(schema, maxRows);
        for (const part of parts) {
          found.push([]);
          for await (const batch of source.read(schema, part)) found.at(-1)?.push(...batch);
        }
        expect(parts).toHaveLength(Math.max(1, Math.ceil(table.length / maxRows)));
        expect(found.flat().map(rowText).toSorted()).toEqual(table.map(rowText).toSorted());
        expect(found.slice(0, -1).every((part) => part.length === maxRows)).toBe(true);
        await source.close();
      } finally {
        await server.close();
      }
    }),
    { numRuns: 25 },
  );
});
