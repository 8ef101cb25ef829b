import { join } from 'node:path';
import mysql, { type RowDataPacket } from 'mysql2/promise';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { entityIds } from '../../core/mapping/ids/entity-ids.ts';
import { generateAries } from '../../fixtures/aries/generate.ts';
import { plantedLarge } from '../../fixtures/aries/planted.ts';
import { reportOf, waybill, workFolder } from '../support/cli.ts';
import { createPgDatabase, mysqlUrl, type TestDatabase } from '../support/databases.ts';
import { keepsPeak, peakMb } from '../support/peak-memory.ts';

const databases = { c01: 'size_c01', dmeworks: 'size_dmeworks', repository: 'size_repository' };

/** The key of the rows that hold the large cells. */
const KEY = Number(plantedLarge[0]?.key?.ID);

/** The large cells, and the SQL of each side for the same bytes. Text is UTF-8. */
const cells = [
  {
    id: 'large-longtext',
    source: {
      database: databases.c01,
      table: 'tbl_customer_notes',
      column: 'Notes',
      bytes: 'convert(Notes using utf8mb4)',
    },
    target: { table: 'customer_notes', tenant: 'c01', bytes: "convert_to(notes, 'UTF8')" },
  },
  {
    id: 'large-mediumtext',
    source: {
      database: databases.c01,
      table: 'tbl_survey',
      column: 'Template',
      bytes: 'convert(Template using utf8mb4)',
    },
    target: { table: 'surveys', tenant: 'c01', bytes: "convert_to(template, 'UTF8')" },
  },
  {
    id: 'large-mediumblob',
    source: { database: databases.repository, table: 'tbl_batches', column: 'Data', bytes: 'Data' },
    target: { table: 'edi_batches', tenant: null, bytes: 'data' },
  },
] as const;

let folder: string;
let database: TestDatabase;

beforeAll(async () => {
  const url = inject('mysqlUrl');
  await generateAries({ url, scale: 1, seed: 7, defects: true, large: true, replace: true, databases });
  folder = await workFolder();
  database = await createPgDatabase();
});

afterAll(() => database.drop());

describe('cells of up to 21 MB', () => {
  it('are in the source as the planted list says', async () => {
    for (const { id, source } of cells) {
      const [row] = await onMysql(
        source.database,
        `select octet_length(${source.column}) as n from ${source.table} where ID = ${KEY}`,
      );
      expect([id, row?.n]).toEqual([id, plantedLarge.find((p) => p.id === id)?.largeBytes]);
    }
    expect(cells.map((c) => c.id).sort()).toEqual(plantedLarge.map((p) => p.id).sort());
  });

  const ways = [
    ['directly', 'direct', []],
    ['through JSON Lines', 'staged', ['--staged', '--gzip']],
  ] as const;

  it.each(ways)('arrive complete %s, and validate proves it', async (_, schema, flags) => {
    const sources = Object.entries(databases).flatMap(([s, name]) => ['--source', `${s}=${mysqlUrl(name)}`]);
    const options = ['--target', database.url, '--target-schema', schema, '--run', schema, '--max-rejects', '100'];
    const environment = { NODE_OPTIONS: keepsPeak };
    const { code, stderr } = await waybill(folder, ['run', 'aries', ...sources, ...options, ...flags], environment);
    if (code !== 0) throw new Error(`exit ${code}\n${stderr}`);
    for (const cell of cells)
      expect([cell.id, await targetFacts(cell, schema)]).toEqual([cell.id, await sourceFacts(cell)]);
    expect((await reportOf(folder, schema)).verdict).toBe('pass');
    console.log(`peak memory, cells of 21 MB ${schema}: ${peakMb(join(folder, 'peak'))} MB`);
  });
});

type Cell = (typeof cells)[number];

interface Facts {
  readonly bytes: number;
  readonly sha256: string;
}

async function sourceFacts({ source }: Cell): Promise<Facts> {
  const facts = `octet_length(${source.bytes}) as bytes, sha2(${source.bytes}, 256) as sha256`;
  const [row] = await onMysql(source.database, `select ${facts} from ${source.table} where ID = ${KEY}`);
  return { bytes: Number(row?.bytes), sha256: row?.sha256 };
}

async function targetFacts({ target }: Cell, schema: string): Promise<Facts> {
  const client = new pg.Client(database.url);
  await client.connect();
  const facts = `octet_length(${target.bytes}) as bytes, encode(sha256(${target.bytes}), 'hex') as sha256`;
  const id = entityIds(target.tenant, target.table).ofInteger(String(KEY));
  const found = client.query<Facts>(`select ${facts} from ${schema}.${target.table} where id = $1`, [id]);
  const { rows } = await found.finally(() => client.end());
  return rows[0] as Facts;
}

async function onMysql(name: string, sql: string): Promise<RowDataPacket[]> {
  const connection = await mysql.createConnection(mysqlUrl(name));
  const [rows] = await connection.query<RowDataPacket[]>(sql).finally(() => connection.end());
  return rows;
}
