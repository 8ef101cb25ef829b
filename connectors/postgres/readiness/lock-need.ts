import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { sqlOf, versionFiles } from '../ddl/ddl-files.ts';
import { statementTexts } from '../ddl/ddl-statements.ts';
import type { Session } from '../session.ts';
import { lockShortage } from './lock-room.ts';

/** Objects that one transaction locks when it makes all of them. */
interface DdlObjects {
  readonly tables: number;
  readonly locks: number;
}

const table = /^create\s+(?:unlogged\s+)?table\b/i;
const alteration = /^alter\s+table\b/i;
const other = /^create\s+(?:unique\s+index|index|sequence|(?:materialized\s+)?view)\b/i;

/** An index or a sequence within the statement of a table. */
const within = /\bprimary\s+key\b|\bunique\b|\bas\s+identity\b|\b(?:small|big)?serial\b/gi;

/** Types whose values can be long. Only a table with such a column has a TOAST table. */
const long = /\b(?:text|bytea|jsonb?|xml|numeric(?!\s*\()|(?:varchar|character\s+varying)(?!\s*\(\d{1,3}\)))\b|\[\]/i;

/** The TOAST table and its index. */
const LOCKS_OF_TOAST = 2;

/**
 * Refuses a server without room for the locks of all that the DDL makes up to a version, before anything is written.
 * @throws WaybillError as `lockShortage` describes it.
 */
export async function requireRoomForDdl(session: Session, directory: string, version: number): Promise<void> {
  const shortage = await lockShortage(session, { ...(await lockNeedOf(directory, version)), what: 'of the target' });
  if (shortage !== null) throw shortage;
}

/**
 * Counts the locks of a transaction that makes everything in the DDL, as the check of the schema does: tables with their TOAST tables,
 * indexes, sequences, views. An estimate, which does not count objects that `do` blocks make.
 */
async function lockNeedOf(directory: string, version: number): Promise<DdlObjects> {
  let tables = 0;
  let locks = 0;
  for (const { number, file } of await versionFiles(directory)) {
    if (number > version) continue;
    for (const sql of statementTexts(sqlOf(await readFile(path.join(directory, file), 'utf8')))) {
      if (table.test(sql)) tables++;
      locks += locksOf(sql);
    }
  }
  return { tables, locks };
}

function locksOf(sql: string): number {
  const ofParts = sql.match(within)?.length ?? 0;
  if (table.test(sql)) return 1 + ofParts + (long.test(sql) ? LOCKS_OF_TOAST : 0);
  if (alteration.test(sql)) return ofParts;
  return other.test(sql) ? 1 : 0;
}
