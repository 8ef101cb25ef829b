import { expect, onTestFinished, test } from 'vitest';
import { carry } from '../../core/mapping/rules.ts';
import { sql } from '../connectors/postgres/database.ts';
import { createPgDatabase } from '../support/databases.ts';
import { carriedPipeline } from './carried-table.ts';
import { pass, type Way } from './passage.ts';

const columns = { id: 'integer not null', userid: 'text', userId: 'text' };
const docs = { key: ['id'], columns };
const rules = { id: carry('id'), userid: carry('userid'), userId: carry('userId') };

test.each<Way>([{ name: 'direct' }, { name: 'staged', staged: true }])(
  'tables and columns whose names differ only in case are migrated side by side, $name',
  async (way) => {
    const [source, target] = [await createPgDatabase(), await createPgDatabase()];
    onTestFinished(source.drop);
    onTestFinished(target.drop);
    const tables = ['docs', '"Docs"'].map(
      (name) => `create table app.${name} (id int primary key, userid text, "userId" text)`,
    );
    const rows = [
      "insert into app.docs values (1, 'a', 'b')",
      `insert into app."Docs" values (1, 'c', 'd'), (2, 'e', 'f')`,
    ];
    await sql(source.url, ['create schema app', ...tables, ...rows].join(';'));
    const pipeline = await carriedPipeline({
      ...{ dialect: 'postgres', source: source.url, from: columns, to: columns },
      before: 'create table "Docs" (id int primary key, userid text, "userId" text);',
    });
    const both = {
      ...pipeline,
      source: { ...pipeline.source, contract: { app: { docs, Docs: docs } } },
      target: { ...pipeline.target, contract: { docs, Docs: docs } },
      mappings: ['docs', 'Docs'].map((name) => ({
        ...{ from: `app.${name}`, to: name, scope: 'shared' as const, drops: {}, columns: rules },
      })),
    };
    const { doubts, ledger } = await pass({ pipeline: both, source: [source.url], target: target.url }, way);
    expect(doubts).toEqual([]);
    expect(ledger['app.docs > docs']).toMatchObject({ loaded: 1 });
    expect(ledger['app.Docs > Docs']).toMatchObject({ loaded: 2 });
    expect(await sql(target.url, `select * from ${way.name}."Docs" order by id`)).toEqual([
      ['1', 'c', 'd'],
      ['2', 'e', 'f'],
    ]);
  },
);
