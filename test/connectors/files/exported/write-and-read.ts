import { createDirectoryWriter } from '../../../../connectors/files/exported/directory-writer.ts';
import { jsonFormat } from '../../../../connectors/files/exported/row-format.ts';
import { openDirectory } from '../../../../connectors/files/source.ts';
import { type EncodedRows, RowBuffer } from '../../../../core/model/encoded.ts';
import type { TableSchema } from '../../../../core/model/schema.ts';
import type { Part } from '../../../../core/ports/source.ts';
import { peakMb } from '../../../support/peak-memory.ts';

/**
 * Runs in a separate process: `directory rows characters gzip|plain`. Writes the given number of rows, each with the
 * given number of characters, and reads them back. Prints the result as JSON: the rows read, or the error code.
 */
const [directory = '', rows = '0', characters = '0', packing = 'plain'] = process.argv.slice(2);
const part: Part = { number: 1, after: null, upTo: null };
const table: TableSchema = {
  name: 'large',
  columns: [{ name: 'body', type: { kind: 'text', native: 'text' }, nullable: false }],
  key: [],
  unique: [],
  estimatedRows: null,
};

async function* batches(): AsyncGenerator<EncodedRows> {
  const format = jsonFormat(table.columns);
  const buffer = new RowBuffer();
  for (let i = 0; i < Number(rows); i++) {
    buffer.clear();
    buffer.add(format, [`${i}`.padEnd(Number(characters), 'x')]);
    yield buffer;
  }
}

async function writeAndRead(): Promise<number> {
  const writer = await createDirectoryWriter(directory, { gzip: packing === 'gzip' });
  const file = await writer.writePart(table, part, batches());
  await writer.finish([table], [file], { isConsistent: true, note: '' });
  const source = await openDirectory(directory);
  let read = 0;
  for await (const batch of source.read(table, part)) read += batch.length;
  return read;
}

const outcome = await writeAndRead().then(
  (read) => ({ read }),
  ({ code, message, hint }) => ({ code, message, hint }),
);
console.log(JSON.stringify({ ...outcome, peakMb: peakMb() }));
