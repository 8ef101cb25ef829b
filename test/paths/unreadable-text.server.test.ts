import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Pipeline } from '../../core/mapping/pipeline.ts';
import { carry } from '../../core/mapping/rules.ts';
import type { RowRecord } from '../../core/model/records.ts';
import { sql } from '../connectors/postgres/database.ts';
import { createPgDatabase } from '../support/databases.ts';
import { pass, type Way } from './passage.ts';

/** A database that takes any bytes as text. */
async function asciiDatabase(): Promise<string> {
  const { url, drop } = await createPgDatabase();
  const name = `${new URL(url).pathname.slice(1)}_ascii`;
  await sql(url, `create database ${name} encoding 'SQL_ASCII' template template0 locale 'C'`);
  onTestFinished(async () => {
    await sql(url, `drop database ${name} with (force)`);
    await drop();
  });
  return url.replace(/[^/]+$/, name);
}

async function pipelineOf(key: 'id' | 'word'): Promise<Pipeline> {
  const migrations = await mkdtemp(join(tmpdir(), 'waybill-ascii-'));
  onTestFinished(() => rm(migrations, { recursive: true }));
  const create = `create table words (id integer not null, word text not null, n numeric, primary key (${key}))`;
  await writeFile(join(migrations, '001.do.words.sql'), create);
  await writeFile(join(migrations, '001.undo.words.sql'), 'drop table words');
  const contract = { words: { key: [key], columns: { id: 'integer not null', word: 'text not null', n: 'numeric' } } };
  const columns = { id: carry('id'), word: carry('word'), n: carry('n') };
  return {
    ...{ name: 'ascii', title: 'SQL_ASCII', relations: [], params: {}, tenantParam: null, seed: () => ({}) },
    source: { dialect: 'postgres', contract: { public: contract } },
    target: { schema: 'words', contract, migrations, loadVersion: 1, finalVersion: 1, unmapped: {} },
    mappings: [{ from: 'public.words', to: 'words', scope: 'shared', columns, drops: {} }],
  };
}

const ways: readonly Way[] = [
  { name: 'direct' },
  { name: 'reference', reference: true },
  { name: 'staged', staged: true },
  { name: 'parts', partRows: 2 },
];

test.each(ways)('a text that is not UTF-8 rejects its row, and the others of the source load ($name)', async (way) => {
  for (const key of ['id', 'word'] as const) {
    const source = await asciiDatabase();
    await sql(source, `create table words (id integer not null, word text not null, n numeric, primary key (${key}))`);
    await sql(
      source,
      `insert into words values (1, 'plain', 1), (2, 'é€😀', 2), (3, E'caf\\xe9', 3), (4, E'a\\xc3', 'NaN'), (5, E'\\xed\\xa0\\xbd', 5),
        (6, '', null), (7, E'tab\\there', 'Infinity')`,
    );
    const { url: target, drop } = await createPgDatabase();
    onTestFinished(drop);
    const passage = await pass({ pipeline: await pipelineOf(key), source: [source], target }, way);
    expect(passage.doubts).toEqual([]);
    const records = passage.records.map((each) => JSON.parse(each) as RowRecord);
    expect(records).toMatchObject(Array(3).fill({ kind: 'reject', sqlstate: '22021', column: 'word' }));
    expect(Object.values(passage.ledger)).toMatchObject([{ read: 7, loaded: 4, rejected: 3 }]);
    expect(await sql(target, `select id, n from ${way.name}.words order by id`)).toEqual([
      ['1', '1'],
      ['2', '2'],
      ['6', null],
      ['7', 'Infinity'],
    ]);
  }
});
