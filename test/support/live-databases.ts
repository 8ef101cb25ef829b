import mysql from 'mysql2/promise';
import pg from 'pg';
import { onTestFinished } from 'vitest';
import { createMysqlDatabase, createPgDatabase } from './databases.ts';

/** Creates a MariaDB database with these statements; it is dropped after the test. */
export async function mariadb(...statements: readonly string[]): Promise<string> {
  const { url, drop } = await createMysqlDatabase();
  onTestFinished(drop);
  const connection = await mysql.createConnection(url);
  for (const statement of statements) await connection.query(statement);
  await connection.end();
  return url;
}

/** Creates a PostgreSQL database with these statements; it is dropped after the test. */
export async function postgres(...statements: readonly string[]): Promise<string> {
  const { url, drop } = await createPgDatabase();
  onTestFinished(drop);
  await onPostgres(url, ...statements);
  return url;
}

/** Runs statements in a PostgreSQL database. @returns the rows of the last one. */
export async function onPostgres(url: string, ...statements: readonly string[]): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    let result: unknown;
    for (const statement of statements) result = await client.query(statement);
    return ((Array.isArray(result) ? result.at(-1) : result) as pg.QueryResult).rows;
  } finally {
    await client.end();
  }
}
