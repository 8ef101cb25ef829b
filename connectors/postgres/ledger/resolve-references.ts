import { runParallel } from '../../../core/parallel.ts';
import type { Reference, ResolvedRow } from '../../../core/ports/ledger.ts';
import type { Naming } from '../../sql/naming.ts';
import { parseTextArray } from '../copy/copy-text.ts';
import { quoteText, targetNaming } from '../names.ts';
import type { Session, TextRow } from '../session.ts';
import type { Sessions } from '../session-pool.ts';
import { hasTable } from './ledger.ts';
import { countQuery, pairsOf, resolveQuery, resolveValues, type Shape } from './orphan-sql.ts';

/** The session, schema and run of a resolution. */
export interface ReferenceResolution {
  readonly session: Session;
  readonly naming: Naming;
  readonly schema: string;
  readonly run: string;
}

/**
 * Resolves all orphans, in the session's current transaction. A pass counts the orphans of each child table in one scan and
 * resolves those of the references that have any. The next pass checks the references to the tables that this pass changed,
 * since a deleted row can leave children behind, through cycles too. It ends because every step removes a row or a value.
 *
 * Each pass deletes rows before it sets values to null, so that a row with both kinds of orphan is recorded unchanged.
 * @param first what `withOrphans` found before the transaction.
 */
export async function resolveReferences(
  resolution: ReferenceResolution,
  references: readonly Reference[],
  first: readonly Reference[],
): Promise<void> {
  const { session, naming } = resolution;
  const alone: Sessions = { jobs: 1, use: (work) => work(session) };
  for (let found = first; found.length > 0; ) {
    const shapes = await readShapes(resolution, found);
    const changes: Reference[] = [];
    for (const reference of found) {
      const shape = shapes.get(reference.table) ?? { columns: [], key: [] };
      if (await resolveOne(resolution, reference, shape)) changes.push(reference);
    }
    const due = references.filter((reference) => changes.some((change) => mayOrphan(change, reference)));
    found = await withOrphans(alone, naming, due);
  }
}

/** Whether resolving one reference can have removed parents of the other: deleted rows, or a value that others refer to. */
function mayOrphan({ table, column, orphan }: Reference, other: Reference): boolean {
  const refersTo = (name: string): boolean => pairsOf(other).some(({ parentColumn }) => parentColumn === name);
  return other.parent === table && (orphan === 'reject' || refersTo(column));
}

/** Selects the references that have orphans, those that delete rows first. */
export async function withOrphans(
  sessions: Sessions,
  naming: Naming,
  references: readonly Reference[],
): Promise<Reference[]> {
  const tasks = [...byTable(references)].map(([table, group]) => async () => {
    const sql = countQuery(naming, table, group);
    const [row] = await sessions.use((session) => session.rows(sql, [], `look for orphans in ${table}`));
    return group.filter((_, i) => row?.[`n${i}`] !== '0');
  });
  const found = await runParallel(tasks, sessions.jobs);
  return found.flat().sort((a, b) => Number(a.orphan === 'null') - Number(b.orphan === 'null'));
}

function byTable(references: readonly Reference[]): Map<string, Reference[]> {
  const groups = new Map<string, Reference[]>();
  for (const reference of references) {
    const group = groups.get(reference.table);
    if (group === undefined) groups.set(reference.table, [reference]);
    else group.push(reference);
  }
  return groups;
}

/** Resolves one reference. @returns whether any row was resolved. */
async function resolveOne(resolution: ReferenceResolution, reference: Reference, shape: Shape): Promise<boolean> {
  const { session, run, schema, naming } = resolution;
  const sql = resolveQuery(naming, reference, shape);
  const doing = `resolve ${reference.table}.${reference.column}`;
  return (await session.rows(sql, resolveValues(run, schema, reference), doing)).length > 0;
}

/** Reads the shapes of the child tables of these references. */
export async function readShapes(
  resolution: Pick<ReferenceResolution, 'session' | 'schema'>,
  references: readonly Reference[],
): Promise<Map<string, Shape>> {
  const shapes = new Map<string, Shape>();
  for (const table of new Set(references.map((reference) => reference.table))) {
    const relation = `${quoteText(targetNaming(resolution.schema)(table))}::regclass`;
    const sql = `
      select
        array(
          select attname::text from pg_attribute
          where attrelid = ${relation} and attnum > 0 and not attisdropped order by attnum
        ) as columns,
        array(
          select a.attname::text
          from pg_index i
          cross join unnest(i.indkey::int2[]) with ordinality as k (attnum, place)
          join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
          where i.indrelid = ${relation} and i.indisprimary and k.place <= i.indnkeyatts
          order by k.place
        ) as key`;
    const [row] = await resolution.session.rows(sql, [], `describe ${table}`);
    shapes.set(table, { columns: namesOf(row?.columns), key: namesOf(row?.key) });
  }
  return shapes;
}

function namesOf(text: string | null | undefined): readonly string[] {
  return parseTextArray(text ?? '{}') as readonly string[];
}

/** Reads what was resolved for a run, in order of time and, within a reference, of keys. */
export async function readResolved(session: Session, run: string): Promise<ResolvedRow[]> {
  if (!(await hasTable(session, 'resolved'))) return [];
  const sql = `
    select id, mapping, reason, table_name, column_name, columns, "values", disagreeing, parent, action, key, value, row_text
    from waybill.resolved where run = $1 order by id`;
  return (await session.rows(sql, [run], 'read what was resolved')).map(resolvedRowOf);
}

function resolvedRowOf(row: TextRow): ResolvedRow {
  return {
    id: row.id as string,
    mapping: row.mapping ?? null,
    reason: row.reason as ResolvedRow['reason'],
    table: row.table_name as string,
    column: row.column_name as string,
    columns: namesOf(row.columns),
    values: namesOf(row.values),
    disagreeing: namesOf(row.disagreeing),
    parent: row.parent as string,
    action: row.action as ResolvedRow['action'],
    key: namesOf(row.key),
    value: row.value as string,
    row: row.row_text ?? null,
  };
}

/** Implements `Target.classifyResolved`, in the session's current transaction. */
export async function classifyResolved(
  session: Session,
  rows: readonly Pick<ResolvedRow, 'id' | 'mapping' | 'reason'>[],
): Promise<void> {
  const sql = `
    update waybill.resolved r set mapping = given.mapping, reason = given.reason
    from unnest($1::bigint[], $2::text[], $3::text[]) as given (id, mapping, reason)
    where r.id = given.id`;
  const values = [rows.map(({ id }) => id), rows.map(({ mapping }) => mapping), rows.map(({ reason }) => reason)];
  await session.rows(sql, values, 'classify resolved references');
}
