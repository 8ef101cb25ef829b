import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { Client } from 'pg';

/** CPU seconds of a server since it started. */
export type ServerCpu = () => Promise<number>;

/** The two servers of a bench. */
export interface ServersCpu {
  readonly source: ServerCpu;
  readonly target: ServerCpu;
}

/** Finds the processes of both servers, which run on this machine. */
export async function serversCpu(sourceUrl: string, targetUrl: string): Promise<ServersCpu> {
  const [source, target] = await Promise.all([mariadbPid(sourceUrl), postmasterPid(targetUrl)]);
  return { source: () => cpuSeconds(source), target: () => cpuSeconds(target) };
}

async function mariadbPid(url: string): Promise<string> {
  const connection = await createConnection(url);
  const [rows] = await connection.query<RowDataPacket[]>('select @@pid_file as file');
  await connection.end();
  return (await readFile(String(rows[0]?.file), 'utf8')).trim();
}

async function postmasterPid(url: string): Promise<string> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ folder: string }>("select current_setting('data_directory') as folder");
  await client.end();
  const text = await readFile(path.join(rows[0]?.folder ?? '', 'postmaster.pid'), 'utf8');
  return text.split('\n')[0] as string;
}

/** The kernel's clock ticks per second on every Linux that Node supports. */
const TICKS = 100;

/** User and system time of a process, its threads and the children that it has waited for: PostgreSQL's past sessions. */
async function cpuSeconds(pid: string): Promise<number> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8');
  // After the name in brackets, which may contain blanks: utime, stime, cutime and cstime are fields 14 to 17 of proc(5).
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS;
}
