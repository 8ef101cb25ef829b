import { randomBytes } from 'node:crypto';
import mysql from 'mysql2/promise';
import pg from 'pg';
import { inject } from 'vitest';

/** A database of a test's own, on the shared server. */
export interface TestDatabase {
  readonly url: string;
  /** Removes the database, with any session that is still in it. */
  drop(): Promise<void>;
}

/** A new empty PostgreSQL database with a name of its own. */
export async function createPgDatabase(): Promise<TestDatabase> {
  const server = inject('postgresUrl');
  const name = uniqueName();
  await onPostgres(server, `create database ${name}`);
  return {
    url: withDatabase(server, name),
    drop: () => onPostgres(server, `drop database if exists ${name} with (force)`),
  };
}

/** The shared MariaDB server's URL, with this database when one is named; the database need not exist. */
export function mysqlUrl(database = ''): string {
  return withDatabase(inject('mysqlUrl'), database);
}

/** A new empty MariaDB database; a name of its own when none is given. */
export async function createMysqlDatabase(name = uniqueName()): Promise<TestDatabase> {
  await onMysql(`create database ${mysql.escapeId(name)}`);
  return { url: mysqlUrl(name), drop: () => onMysql(`drop database if exists ${mysql.escapeId(name)}`) };
}

/** Test files run at the same time on one server. */
function uniqueName(): string {
  return `test_${randomBytes(6).toString('hex')}`;
}

function withDatabase(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

async function onPostgres(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

async function onMysql(statement: string): Promise<void> {
  const connection = await mysql.createConnection(mysqlUrl());
  try {
    await connection.query(statement);
  } finally {
    await connection.end();
  }
}
