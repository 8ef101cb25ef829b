import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningServer } from '../../servers/running-server.ts';
import { sql as onMysql } from '../connectors/mysql/database.ts';
import { sql as onPostgres } from '../connectors/postgres/database.ts';
import { type CommandResult, waybill, workFolder } from '../support/cli.ts';
import { createPgDatabase, type TestDatabase } from '../support/databases.ts';
import { startMariadb } from '../support/mariadb/mariadb.ts';
import { keepsPeak, peakMb } from '../support/peak-memory.ts';
import { series } from '../support/series.ts';

/** Limit of the V8 heap in megabytes. Buffers are outside of it. */
const heapMb = 256;

/** Makes 150 rows of 1 MB and one of 64 MB in each table, with texts that JSON must escape. Every tenth date is invalid. */
const rows = 150;
const tables = [
  {
    name: 'letters',
    column: 'body',
    type: 'longtext',
    into: 'text',
    unit: `'it''s "quoted"\\\\n\\\\\\\\ and é 🎉 ${'x'.repeat(37)}'`,
  },
  { name: 'scans', column: 'data', type: 'longblob', into: 'bytea', unit: "x'00ff5c0a22e9ff00'" },
];

let folder: string;
let source: RunningServer;
let target: TestDatabase;

beforeAll(async () => {
  folder = await workFolder();
  target = await createPgDatabase();
  source = await startMariadb({ settings: ['--max-allowed-packet=256M'] });
  await onMysql(source.url, 'create database wide');
  const url = wideUrl();
  for (const { name, column, type, unit } of tables) {
    await onMysql(
      url,
      `create table ${name} (id int primary key, made date, ${column} ${type} not null)`,
      `insert into ${name} select seq, if(seq mod 10 = 0, '0000-00-00', '2020-02-29'), repeat(${unit}, 1048576 div octet_length(${unit}))
       from ${series(1, rows)}`,
      `insert into ${name} values (${rows + 1}, '0000-00-00', repeat(${unit}, 67108864 div octet_length(${unit})))`,
    );
  }
  await writePipeline();
});

afterAll(async () => {
  await source.stop();
  await target.drop();
});

/** Heap, the buffered rows of two parts, and the runtime. */
const maxPeakMb = 900;

const ways = [
  { schema: 'direct', flags: [] },
  { schema: 'staged', flags: ['--staged'] },
];

test.each(ways)(
  '300 rows of 1 MB and two of 64 MB pass within a heap of 256 MB: $schema',
  async ({ schema, flags }) => {
    const { code, stderr } = await runWide(schema, flags);
    if (code !== 0) throw new Error(`exit ${code}\n${stderr}`);
    expect(await targetFacts(schema)).toEqual(await sourceFacts());
    const peak = peakMb(join(folder, 'peak'));
    console.log(`peak memory, rows of 64 MB ${schema}: ${peak} MB`);
    expect(peak).toBeLessThan(maxPeakMb);
  },
);

function runWide(schema: string, flags: readonly string[]): Promise<CommandResult> {
  const ends = ['--source', `wide=${wideUrl()}`, '--target', target.url, '--target-schema', schema];
  const options = `--max-old-space-size=${heapMb} ${keepsPeak}`;
  return waybill(folder, ['run', './pipeline.mjs', ...ends, '--run', schema, ...flags], { NODE_OPTIONS: options });
}

function wideUrl(): string {
  return new URL('wide', source.url).href;
}

/** Returns rows, bytes and the longest value of each table. */
const factsSql = tables.map(
  ({ name, column }) => `select count(*), sum(octet_length(${column})), max(octet_length(${column})) from ${name}`,
);

function sourceFacts(): Promise<unknown[]> {
  return Promise.all(factsSql.map((each) => onMysql(wideUrl(), each)));
}

function targetFacts(schema: string): Promise<unknown[]> {
  return Promise.all(factsSql.map((each) => onPostgres(target.url, each.replace('from ', `from ${schema}.`))));
}

/** A user's pipeline module, which imports the package from its build folder. */
async function writePipeline(): Promise<void> {
  const rules = pathToFileURL(resolve(import.meta.dirname, '../../dist/public/index.js')).href;
  const migrations = join(folder, 'schema');
  await mkdir(migrations);
  const ddl = tables.map(
    ({ name, column, into }) => `create table ${name} (id uuid primary key, made date, ${column} ${into} not null);`,
  );
  await writeFile(join(migrations, '001.do.tables.sql'), ddl.join('\n'));
  await writeFile(join(migrations, '001.undo.tables.sql'), tables.map(({ name }) => `drop table ${name};`).join('\n'));
  const contract = (side: 'type' | 'into', id: string): string =>
    JSON.stringify(
      Object.fromEntries(
        tables.map((table) => [
          table.name,
          { key: ['id'], columns: { id: `${id} not null`, made: 'date', [table.column]: `${table[side]} not null` } },
        ]),
      ),
    );
  const mappings = tables.map(
    ({ name, column, into }) => `{ from: 'wide.${name}', to: '${name}', scope: 'shared', drops: {},
      columns: { id: id('id'), made: date('made'), ${column}: ${into === 'text' ? 'text' : 'carry'}('${column}') } }`,
  );
  const module = `import { carry, date, id, text } from ${JSON.stringify(rules)};
export default {
  name: 'wide',
  title: 'Wide rows',
  source: { dialect: 'mysql', contract: { wide: ${contract('type', 'int')} } },
  target: { schema: 'wide', contract: ${contract('into', 'uuid')}, migrations: ${JSON.stringify(migrations)},
    loadVersion: 1, finalVersion: 1, unmapped: {} },
  mappings: [${mappings.join(', ')}],
  relations: [], params: {}, tenantParam: null, seed: () => ({}),
};
`;
  await writeFile(join(folder, 'pipeline.mjs'), module);
}
