import { WaybillError } from '../../core/model/errors.ts';
import type { Snapshot } from '../../core/ports/source.ts';
import { schemaIsIn } from './names.ts';
import type { Session } from './session.ts';
import { textRow } from './session-pool.ts';

/** What the server does to the data of a schema without an error. */
interface Hidden {
  /** Columns whose values it replaces for a user without the right to see them. */
  readonly masked: number;
  /** Tables whose rows a security policy filters. */
  readonly filtered: number;
}

/**
 * Looks for data that this user would see changed or not at all. SQL Server does not say so when it reads: a masked value looks
 * like any other.
 *
 * @returns the snapshot, which is not consistent where a policy filters rows.
 * @throws WaybillError 'source-refused-login' when values are masked.
 */
export async function refuseHiddenData(
  session: Session,
  schemas: readonly string[],
  snapshot: Snapshot,
): Promise<Snapshot> {
  if (schemas.length === 0) return snapshot;
  const { masked, filtered } = await lookForHidden(session, schemaIsIn('s.name', schemas));
  if (masked > 0)
    throw new WaybillError('source-refused-login', `${session.label} masks ${masked} columns for this user.`, {
      hint: 'Grant the user the right to see them: grant unmask to [user].',
    });
  if (filtered === 0) return snapshot;
  const note = `${snapshot.note}; security policies filter the rows of ${filtered} tables, and rows that they hide from this user are not read`;
  return { isConsistent: false, note };
}

async function lookForHidden(session: Session, within: string): Promise<Hidden> {
  const doing = 'find out what it hides from this user';
  const numbers = async (sql: string) => textRow((await session.rows(sql, doing))[0] ?? []).map(Number);
  const [masked = 0] = await numbers(`
    select count_big(*) from sys.masked_columns c
    join sys.tables t on t.object_id = c.object_id join sys.schemas s on s.schema_id = t.schema_id where ${within}`);
  const [filtered = 0] = await numbers(`
    select count_big(*) from sys.security_predicates p
    join sys.security_policies y on y.object_id = p.object_id
    join sys.tables t on t.object_id = p.target_object_id join sys.schemas s on s.schema_id = t.schema_id
    where ${within} and y.is_enabled = 1 and p.predicate_type = 0`);
  if (masked === 0) return { masked, filtered };
  const [mayUnmask] = await numbers(`select has_perms_by_name(db_name(), 'DATABASE', 'UNMASK')`);
  return { masked: mayUnmask === 1 ? 0 : masked, filtered };
}
