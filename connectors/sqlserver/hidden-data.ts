import { WaybillError } from '../../core/model/errors.ts';
import type { Snapshot } from '../../core/ports/source.ts';
import { quoteText, schemaIsIn } from './names.ts';
import type { Session } from './session.ts';
import { textRow } from './session-pool.ts';

/**
 * Looks for data that this user would see changed or not at all. SQL Server does not say so when it reads: a masked value looks
 * like any other.
 *
 * @returns the snapshot, which is not consistent where a policy filters rows, or where nobody can know whether one does.
 * @throws WaybillError 'source-refused-login' when values are masked.
 */
export async function refuseHiddenData(
  session: Session,
  schemas: readonly string[],
  snapshot: Snapshot,
): Promise<Snapshot> {
  if (schemas.length === 0) return snapshot;
  const within = schemaIsIn('s.name', schemas);
  const masked = await countMasked(session, within);
  if (masked !== null && masked > 0)
    throw new WaybillError('source-refused-login', `${session.label} masks ${masked} columns for this user.`, {
      hint: 'Grant the user the right to see them: grant unmask to [user].',
    });
  const notes = [snapshot.note, ...filterNotes(await countFiltered(session, within)), ...maskNotes(masked)];
  return notes.length === 1 ? snapshot : { isConsistent: false, note: notes.join('; ') };
}

function filterNotes(filtered: number | null): readonly string[] {
  if (filtered === 0) return [];
  if (filtered === null) return [`whether policies filter its rows could not be checked: it lists no ${predicates}`];
  return [
    `security policies filter the rows of ${filtered} tables, and rows that they hide from this user are not read`,
  ];
}

function maskNotes(masked: number | null): readonly string[] {
  return masked === null ? [`whether it masks values could not be checked: it lists no ${maskedColumns}`] : [];
}

const maskedColumns = 'sys.masked_columns';
const predicates = 'sys.security_predicates';
const doing = 'find out what it hides from this user';

/** Columns whose values the server replaces for this user; null when the server has no list of them. */
async function countMasked(session: Session, within: string): Promise<number | null> {
  if (!(await hasView(session, maskedColumns))) return null;
  const masked = await askNumber(
    session,
    `select count_big(*) from ${maskedColumns} c
     join sys.tables t on t.object_id = c.object_id join sys.schemas s on s.schema_id = t.schema_id where ${within}`,
  );
  if (masked === 0) return 0;
  const mayUnmask = await askNumber(session, `select has_perms_by_name(db_name(), 'DATABASE', 'UNMASK')`);
  return mayUnmask === 1 ? 0 : masked;
}

/** Tables whose rows a security policy filters; null when the server has no list of them. */
async function countFiltered(session: Session, within: string): Promise<number | null> {
  if (!(await hasView(session, predicates))) return null;
  return askNumber(
    session,
    `select count_big(*) from ${predicates} p
     join sys.security_policies y on y.object_id = p.object_id
     join sys.tables t on t.object_id = p.target_object_id join sys.schemas s on s.schema_id = t.schema_id
     where ${within} and y.is_enabled = 1 and p.predicate_type = 0`,
  );
}

/** Whether the catalog has a view that this user may read. Where it has none, reading it can end the transaction. */
async function hasView(session: Session, view: string): Promise<boolean> {
  const [[id] = []] = await session.rows(`select object_id(${quoteText(view)})`, doing);
  return id !== null;
}

async function askNumber(session: Session, sql: string): Promise<number> {
  const [row = []] = await session.rows(sql, doing);
  return Number(textRow(row)[0] ?? 0);
}
