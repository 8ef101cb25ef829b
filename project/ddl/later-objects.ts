import { declaredObjects } from '../../core/inventory/declared-objects.ts';
import { fullName } from '../../core/inventory/source-objects.ts';
import type { SchemaObject, Structure } from '../../core/ports/structure.ts';
import { bareName } from '../names.ts';
import type { ProjectOptions } from '../options.ts';
import type { TargetTable } from '../tables.ts';
import type { Attempt } from './attempts.ts';
import type { LeftBehind } from './left-behind.ts';
import { inUseOrder, routineName } from './names-in-sql.ts';
import { isRenamed } from './source-sql.ts';
import { quoteName } from './sql.ts';

/** How an object is undone. */
type Drop = (object: SchemaObject, on: string) => string | null;

const named =
  (what: string): Drop =>
  ({ name }) =>
    `drop ${what} if exists ${quoteName(bareName(name))}`;
const onTable =
  (what: string): Drop =>
  ({ name }, on) =>
    `drop ${what} if exists ${quoteName(name)} on ${on}`;
const routine =
  (what: string): Drop =>
  ({ name }) => {
    const args = bareName(name).slice(routineName(name).length);
    return `drop ${what} if exists ${quoteName(routineName(name))}${args}`;
  };

/** What is made after the foreign keys, in this order; the first four together, each after what it uses. */
const drops: Partial<Record<SchemaObject['kind'], Drop>> = {
  procedure: routine('procedure'),
  // Aggregates, too.
  function: routine('routine'),
  view: named('view'),
  'materialized view': named('materialized view'),
  'exclusion constraint': ({ name }, on) => `alter table ${on} drop constraint if exists ${quoteName(name)}`,
  trigger: onTable('trigger'),
  rule: onTable('rule'),
  policy: ({ name }, on) =>
    name === rowSecurity
      ? `alter table ${on} disable row level security`
      : `drop policy if exists ${quoteName(name)} on ${on}`,
  grant: () => null,
};

const kinds = Object.keys(drops) as readonly SchemaObject['kind'][];
const unordered = kinds.slice(0, 4);

/** The inventory's name of the switch of row-level security. */
const rowSecurity = 'row level security';

/** The extensions of a PostgreSQL source, which columns may need. */
export function extensionAttempts({ objects }: Structure): Attempt[] {
  return objects.flatMap(({ kind, name, definition }) =>
    kind === 'extension' && definition !== null ? [{ kind, name, sql: definition, drop: null }] : [],
  );
}

/**
 * What a PostgreSQL source has around its tables: routines, views, triggers and their like. They are made as they are.
 * @param behind receives `view shop.v` and their like with the reason, where it is known before it is tried.
 */
export function laterObjects(
  { objects }: Structure,
  tables: readonly TargetTable[],
  options: ProjectOptions,
  behind: LeftBehind,
): Attempt[] {
  const taken = new Set<string>();
  const declared = declaredObjects(options.objects ?? []);
  const wanted = objects
    .filter(({ kind }) => kinds.includes(kind))
    .filter((object) => {
      const { kind } = object;
      const fate = declared.byName(kind, fullName(object)) ?? declared.byPattern(kind, fullName(object));
      const why = fate !== null && fate.outcome !== 'carried' ? fate.why : obstacleTo(object, tables, options, taken);
      if (why !== null) behind.set(keyOf(object), why);
      return why === null;
    });
  const ordered = inUseOrder(wanted.filter(({ kind }) => unordered.includes(kind)));
  const rest = kinds.slice(4).flatMap((wantedKind) => wanted.filter(({ kind }) => kind === wantedKind));
  return [...ordered, ...rest].flatMap((object) => attemptsOf(object, tables));
}

/** `view shop.v`, `trigger shop.orders.stamp` */
function keyOf(object: SchemaObject): string {
  return `${object.kind} ${fullName(object)}`;
}

function obstacleTo(
  { kind, name, table, definition, obstacle }: SchemaObject,
  tables: readonly TargetTable[],
  { policies, grants }: ProjectOptions,
  taken: Set<string>,
): string | null {
  if (definition === null) return `a ${kind} of the source`;
  if (kind === 'policy' && policies !== 'carried') return "a policy: policies: 'carried' makes it";
  if (kind === 'grant' && grants !== 'carried')
    return "roles belong to the target: grants: 'carried' grants to those that it has";
  if (obstacle !== undefined) return obstacle;
  if (tables.some(isRenamed)) return 'it has the names of the source';
  const own = `${table === null ? '' : bareName(table)} ${bareName(name)}`;
  const key = unordered.includes(kind) ? own : `${kind} ${own}`;
  if (taken.has(key)) return 'another schema has one of the same name';
  taken.add(key);
  return null;
}

/** The definition of a materialized view ends with filling it, which reads the rows, so that alone can fail where the view is made. */
function attemptsOf(object: SchemaObject, tables: readonly TargetTable[]): Attempt[] {
  const { kind, table } = object;
  const name = fullName(object);
  const on =
    table === null ? '' : quoteName(tables.find(({ source }) => source.name === table)?.name ?? bareName(table));
  const drop = drops[kind]?.(object, on) ?? null;
  const [sql, fill] = (object.definition ?? '').split(/\n(?=REFRESH MATERIALIZED VIEW [^\n]*$)/);
  const made = { kind, name, sql: statementOf(object, on, sql ?? ''), drop };
  return fill === undefined ? [made] : [made, { kind, name, sql: fill, drop: null }];
}

function statementOf({ kind, name }: SchemaObject, on: string, sql: string): string {
  if (kind === 'exclusion constraint') return `alter table ${on} add constraint ${quoteName(name)} ${sql}`;
  // Forced, it would hide the rows from the owner, who validates the run.
  if (kind === 'policy' && name === rowSecurity) return `alter table ${on} enable row level security`;
  return sql;
}

/** What becomes of row-level security that binds the owner too. */
export const withoutForce = 'row-level security is on, but does not bind the owner of the table';
