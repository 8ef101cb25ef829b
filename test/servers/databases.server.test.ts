import mysql from 'mysql2/promise';
import pg from 'pg';
import { expect, test } from 'vitest';
import { createMysqlDatabase, createPgDatabase } from '../support/databases.ts';

test('a test gets a separate PostgreSQL database, which is dropped even with an open session', async () => {
  const [one, other] = [await createPgDatabase(), await createPgDatabase()];
  expect(one.url).not.toBe(other.url);
  const client = new pg.Client({ connectionString: one.url });
  client.on('error', () => {});
  await client.connect();
  await client.query('create table t (id int)');
  await Promise.all([one.drop(), other.drop()]);
  await expect(new pg.Client({ connectionString: one.url }).connect()).rejects.toMatchObject({ code: '3D000' });
  await client.end().catch(() => {});
});

test('a test gets a separate MariaDB database, or one with the name it requests', async () => {
  const database = await createMysqlDatabase('name_with-dash');
  const connection = await mysql.createConnection(database.url);
  const [rows] = await connection.query('select database() as name, @@character_set_database as characters');
  expect(rows).toEqual([{ name: 'name_with-dash', characters: 'utf8mb4' }]);
  await connection.end();
  await database.drop();
  await expect(mysql.createConnection(database.url)).rejects.toMatchObject({ code: 'ER_BAD_DB_ERROR' });
});
