import { createHash } from 'node:crypto';
import type { Session } from './session.ts';

/** Sessions for work that is done side by side before the transaction that needs it: a file of DDL, settling. */
export interface Ahead {
  /** Lends a session for as long as the work takes; so many at once as statements may run side by side. */
  use<T>(work: (session: Session) => Promise<T>): Promise<T>;
  /** Statements that may run at a time. */
  readonly jobs: number;
}

/** Something in the text of a file that may be done ahead. */
export interface Place {
  /** As the text writes it, quotes included. */
  readonly table: string;
  readonly sql: string;
  /** Where it stands in the text. */
  readonly start: number;
  readonly end: number;
}

/** Below it a session is done with a table before another one could be asked. */
const SMALL_TABLE_BYTES = 1024 * 1024;

/** Those on large tables, the largest first. Tables that the file itself makes are not there yet. */
export async function onLargeTables<P extends Place>(ahead: Ahead, all: readonly P[]): Promise<P[]> {
  const sql = `
    select coalesce(pg_table_size(to_regclass(name)), 0) as bytes
    from unnest($1::text[]) with ordinality as t (name, n) order by n`;
  const sizes = await ahead.use((session) => session.rows(sql, [all.map(({ table }) => table)], 'measure the tables'));
  return all
    .map((place, i) => ({ place, bytes: Number(sizes[i]?.bytes) }))
    .filter(({ bytes }) => bytes >= SMALL_TABLE_BYTES)
    .sort((a, b) => b.bytes - a.bytes)
    .map(({ place }) => place);
}

/** For each transaction the memory and workers of `migrate`. */
const settings =
  "set local lock_timeout to '30s'; set local maintenance_work_mem to '256MB'; set local max_parallel_maintenance_workers to 4";

/** Runs statements in a transaction of their own. What fails is left to the file, which says what is wrong; and there it may be right. */
export async function tryIn(ahead: Ahead, statements: readonly string[]): Promise<void> {
  const script = `begin; ${settings}; ${statements.join('; ')}; commit`;
  const run = async (session: Session): Promise<void> => {
    await session.script(script).catch(() => session.script('rollback'));
  };
  await ahead.use(run).catch(() => undefined);
}

/** How every mark begins. */
export const anyMark = 'waybill builds this: ';

/** The comment on an object that says which statement it came from; no other one is taken for it. */
export function markOf(sql: string): string {
  return `${anyMark}${createHash('md5').update(sql).digest('hex')}`;
}

/** The text with other statements in the places; lines keep their numbers. */
export function replaced<P extends Place>(text: string, places: readonly P[], by: (place: P) => string): string {
  let rest = text;
  for (const place of places.toSorted((a, b) => b.start - a.start)) {
    const lines = '\n'.repeat(place.sql.split('\n').length - 1);
    rest = `${rest.slice(0, place.start)}${by(place)}${lines}${rest.slice(place.end)}`;
  }
  return rest;
}
