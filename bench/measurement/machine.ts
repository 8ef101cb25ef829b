import os from 'node:os';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { Client } from 'pg';
import { versionOf } from '../tools.ts';
import type { Bench } from '../variant.ts';

/** Describes the machine and the versions of all tools, one line each; the machine stays anonymous. */
export async function describeMachine(bench: Bench): Promise<readonly string[]> {
  const cpus = os.cpus();
  const gigabytes = Math.round(os.totalmem() / 1024 ** 3);
  return [
    `${cpus.length} cores (${cpus[0]?.model.trim() || 'unknown model'}), ${gigabytes} GB, ${os.type()} ${os.machine()}`,
    `source MariaDB ${await mariadbVersion(bench)}, target PostgreSQL ${await postgresVersion(bench)}, both on the same machine, fsync off`,
    `Node ${process.versions.node}, psql ${(await versionOf('psql')) ?? 'missing'}`,
    `pgloader ${(await pgloaderVersion()) ?? 'missing'}, pgcopydb ${(await versionOf('pgcopydb')) ?? 'missing'}`,
  ];
}

async function pgloaderVersion(): Promise<string | undefined> {
  return (await versionOf('pgloader', /"[^"]+"/))?.replaceAll('"', '');
}

async function mariadbVersion(bench: Bench): Promise<string> {
  const connection = await createConnection(bench.sourceUrl);
  const [rows] = await connection.query<RowDataPacket[]>('select version() as version');
  await connection.end();
  return String(rows[0]?.version);
}

async function postgresVersion(bench: Bench): Promise<string> {
  const client = new Client({ connectionString: bench.targetUrl('postgres') });
  await client.connect();
  const { rows } = await client.query<{ version: string }>("select current_setting('server_version') as version");
  await client.end();
  return rows[0]?.version ?? 'unknown';
}
