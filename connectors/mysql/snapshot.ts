import type { Snapshot } from '../../core/ports.ts';
import { quoteText } from './names.ts';
import type { Session } from './session.ts';

/** Starts the transaction that all reads of a source see, and says what it holds for. */
export async function startSnapshot(session: Session, liveSchemas: readonly string[]): Promise<Snapshot> {
  await session.rows('start transaction with consistent snapshot, read only', 'start a snapshot');
  if (liveSchemas.length === 0) return { isConsistent: true, note: 'one transaction on one connection' };
  const rows = await session.rows(
    `select t.engine, count(*)
    from information_schema.tables t left join information_schema.engines e on e.engine = t.engine
    where t.table_schema in (${liveSchemas.map(quoteText).join(', ')})
      and t.table_type in ('BASE TABLE', 'SYSTEM VERSIONED') and coalesce(e.transactions, 'NO') <> 'YES'
    group by t.engine order by t.engine`,
    'look at the engines of its tables',
  );
  if (rows.length === 0) return { isConsistent: true, note: 'one transaction on one connection' };
  const engines = rows.map(([engine, tables]) => `${tables} ${engine ?? 'without an engine'}`).join(', ');
  return {
    isConsistent: false,
    note: `one transaction on one connection, which some tables do not take part in (${engines}): let nobody write to them`,
  };
}
