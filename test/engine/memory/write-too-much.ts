import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { RowRecords } from '../../../engine/journal/row-records.ts';
import { writeRunFile } from '../../../engine/journal/run-file.ts';

/** Runs in a separate process, `folder file|records`: writes 200 KB at once and prints the outcome. */
const [folder = '', what = 'file'] = process.argv.slice(2);
const mapping = 'c01.a > b';

async function writeRecords(): Promise<void> {
  const records = new RowRecords(folder, mapping, '000001');
  try {
    const key = 'x'.repeat(200_000);
    await records.add({ kind: 'filter', run: 'r', mapping, part: 1, key, rule: 'x' });
    await records.keep();
  } catch (error) {
    await records.giveUp(error);
    throw error;
  }
}

const writing = what === 'file' ? writeRunFile(join(folder, 'f'), ['x'.repeat(200_000)]) : writeRecords();
const code = await writing.then(
  () => 'written',
  (error) => (error as { code: string }).code,
);
const left = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((e) => e.isFile());
console.log(JSON.stringify({ code, left: left.map(({ name }) => name) }));
