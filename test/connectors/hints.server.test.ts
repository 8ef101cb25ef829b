import mysql from 'mysql2/promise';
import pg from 'pg';
import { expect, inject, it } from 'vitest';
import { mysqlUrl } from '../support/databases.ts';
import { sentences } from '../support/sentences.ts';

/** The server names in a connector's messages. Settings, views, functions and files have an underscore in their names. */
function namesIn(connector: string): string[] {
  const messages = sentences().filter(({ place }) => place.startsWith(`connectors/${connector}/`));
  const names = messages.flatMap(({ text }) => [...text.matchAll(/\b[a-z]+(?:_[a-z]+)+\b/g)].map(([name]) => name));
  return [...new Set(names)];
}

it('hints name settings, views, functions and files that PostgreSQL has', async () => {
  const client = new pg.Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  const sql = `select name from pg_settings union all select relname from pg_class union all select proname from pg_proc
    union all select regexp_replace(setting, '^.*/|\\.conf$', '', 'g') from pg_settings where name like '%\\_file'`;
  const { rows } = await client.query(sql).finally(() => client.end());
  const known = new Set(rows.map(({ name }) => name));
  expect(namesIn('postgres')).toContain('pg_stat_activity');
  expect(namesIn('postgres').filter((name) => !known.has(name))).toEqual([]);
});

it('hints name variables that MariaDB or MySQL has', async () => {
  const connection = await mysql.createConnection(mysqlUrl());
  const [rows] = await connection.query('show global variables').finally(() => connection.end());
  // Each of the two servers limits a statement by a variable that the other does not have.
  const limits = ['max_statement_time', 'max_execution_time'];
  const known = new Set([...limits, ...(rows as { Variable_name: string }[]).map((row) => row.Variable_name)]);
  expect(namesIn('mysql')).toContain('max_connections');
  expect(namesIn('mysql').filter((name) => !known.has(name))).toEqual([]);
});
