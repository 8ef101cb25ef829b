import { connectorFor } from '../../../../connectors/registry.ts';
import type { TableSchema } from '../../../../core/model/schema.ts';
import { peakMb } from '../../../support/peak-memory.ts';

/**
 * Runs in a separate process: `url table`. Reads the columns `id` and `body` of the table, and prints the row count and
 * the peak memory as JSON.
 */
const [url = '', name = ''] = process.argv.slice(2);
const table: TableSchema = {
  name,
  columns: [
    { name: 'id', type: { kind: 'int64', native: 'int64' }, nullable: false },
    { name: 'body', type: { kind: 'text', native: 'text' }, nullable: true },
  ],
  key: [],
  unique: [],
  estimatedRows: null,
};

const began = performance.now();
const source = await (await connectorFor(url)).openSource(url, { schemas: {} });
let read = 0;
for (const part of await source.parts(table, 1000)) {
  for await (const batch of source.read(table, part)) read += batch.length;
}
const seconds = Math.round(performance.now() - began) / 1000;
console.log(JSON.stringify({ read, seconds, peakMb: peakMb() }));
