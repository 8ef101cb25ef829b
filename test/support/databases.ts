import { randomBytes } from 'node:crypto';
import mysql from 'mysql2/promise';
import pg from 'pg';
import { inject } from 'vitest';

/** A database for one test, on the shared server. */
export interface TestDatabase {
  readonly url: string;
  /** Drops the database, even if it has open sessions. */
  drop(): Promise<void>;
}

/** Creates an empty PostgreSQL database with a unique name. */
export async function createPgDatabase(): Promise<TestDatabase> {
  const server = inject('postgresUrl');
  const name = uniqueName();
  await onPostgres(server, `create database ${name}`);
  return {
    url: withDatabase(server, name),
    drop: () => onPostgres(server, `drop database if exists ${name} with (force)`),
  };
}

/** The shared MariaDB server's URL, with this database if one is named. The database need not exist. */
export function mysqlUrl(database = ''): string {
  return withDatabase(inject('mysqlUrl'), database);
}

/** Creates an empty MariaDB database, with a unique name by default. */
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
