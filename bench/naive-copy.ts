import { once } from 'node:events';
import { createConnection } from 'mysql2';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { benchTables } from './tables.ts';

/**
 * A simple copy script: rows as objects, JSON.stringify for the escapes, one write per row. It is correct for the bench's data
 * only (JSON escapes control characters differently from COPY). Runs as a child process: source URL, target URL.
 */
async function naiveCopy(sourceUrl: string, targetUrl: string): Promise<void> {
  const source = createConnection({ uri: sourceUrl, database: 'c01', dateStrings: true });
  const target = new Client({ connectionString: targetUrl });
  await target.connect();
  for (const { source: table } of benchTables) {
    const sink = target.query(copyFrom(`copy ${table} from stdin`));
    for await (const row of source.query(`select * from ${table}`).stream()) {
      if (!sink.write(`${Object.values(row).map(cell).join('\t')}\n`)) await once(sink, 'drain');
    }
    sink.end();
    await once(sink, 'finish');
  }
  source.end();
  await target.end();
}

function cell(value: unknown): string {
  if (value === null || value === '0000-00-00') return '\\N';
  if (Buffer.isBuffer(value)) return String(value[0]);
  return typeof value === 'string' ? JSON.stringify(value).slice(1, -1) : JSON.stringify(value);
}

const [, , sourceUrl = '', targetUrl = ''] = process.argv;
await naiveCopy(sourceUrl, targetUrl);
