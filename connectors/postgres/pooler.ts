import pg from 'pg';
import { WaybillError } from '../../core/model/errors.ts';
import type { PostgresAddress } from './address.ts';
import { wrappedConnect } from './errors.ts';

/** A pooler in session mode without a free server lets a query wait. */
const answerMs = 10_000;
const rounds = 3;

/**
 * Refuses a pooler that changes the server process of a session between transactions: settings, advisory locks and snapshots
 * would be lost, and stay behind in the sessions of others. Two sessions look at the processes that answer them, change
 * nothing, and end.
 * @throws WaybillError 'configuration'; '…-unavailable' or '…-refused-login' as `Session.open`.
 */
export async function refusePooler(address: PostgresAddress): Promise<void> {
  const clients = [clientOf(address), clientOf(address)] as const;
  let isPooled: boolean;
  try {
    for (const client of clients) await client.connect();
    isPooled = await sharesProcesses(...clients);
  } catch (error) {
    throw wrappedConnect(error, address);
  } finally {
    await Promise.all(clients.map((client) => client.end().catch(() => undefined)));
  }
  if (!isPooled) return;
  throw new WaybillError(
    'configuration',
    `${address.label} is a connection pooler in transaction mode: its sessions share server processes.`,
    { hint: 'Name the PostgreSQL server itself in the URL, or a pooler in session mode.' },
  );
}

function clientOf({ config }: PostgresAddress): pg.Client {
  const client = new pg.Client({ ...config, application_name: 'waybill check', query_timeout: answerMs });
  client.on('error', () => undefined); // the running query gets it as well
  return client;
}

/** Whether a process answers both sessions, or two processes answer one of them, also while the other is in a transaction. */
async function sharesProcesses(one: pg.Client, other: pg.Client): Promise<boolean> {
  const own = await processOf(one);
  for (let round = 1; round <= rounds; round++) {
    const others = await processOf(other);
    if (others === own || (await processOf(one)) !== own) return true;
    await other.query('begin');
    const held = await processOf(other);
    if (held !== others || (await processOf(one)) !== own) return true;
    await other.query('rollback');
  }
  return false;
}

async function processOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  return (rows[0] as { pid: number }).pid;
}
