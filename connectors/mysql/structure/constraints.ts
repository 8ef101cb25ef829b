import type {
  CheckStructure,
  ForeignKeyAction,
  ForeignKeyStructure,
  IndexPart,
  IndexStructure,
} from '../../../core/ports/structure.ts';
import type { LocatedTable, Place, TextRow } from '../schema.ts';
import { type CatalogServer, type Dialect, expressionOf, groupByTable, groupRows, nameOf } from './catalog-server.ts';

/** What belongs to one table. */
type OfTable<T> = (located: LocatedTable) => readonly T[];

/** Reads the indexes of tables, in name order. */
export async function readIndexes(server: CatalogServer): Promise<OfTable<IndexStructure>> {
  const expression = server.has('STATISTICS', 'EXPRESSION') ? 'expression' : 'null';
  const rows = await server.ask(`
    select table_schema, table_name, index_name, non_unique, index_type, column_name, sub_part, collation, ${expression}
    from information_schema.statistics where ${server.within('table_schema')}
    order by table_schema, table_name, index_name, seq_in_index`);
  return perTable(server, rows, (parts) => indexOf(parts, server.dialect));
}

function indexOf(rows: readonly TextRow[], dialect: Dialect): IndexStructure {
  const [, , name = '', nonUnique, method] = rows[0] as TextRow;
  const kind = nonUnique === '0' ? 'unique' : 'plain';
  const isSpatial = method === 'SPATIAL';
  return {
    name: name as string,
    kind: name === 'PRIMARY' ? 'primary' : kind,
    method: (method as string).toLowerCase(),
    parts: rows.map((row) => partOf(row, dialect, isSpatial)),
    includes: [],
    predicate: null,
    definition: null,
  };
}

/** A spatial index has the size of a box as the length of its part. */
function partOf(row: TextRow, dialect: Dialect, isSpatial: boolean): IndexPart {
  const [, , , , , column = null, length = null, order, expression = null] = row;
  return {
    column,
    expression: expression === null ? null : expressionOf(dialect, expression),
    prefix: length === null || isSpatial ? null : Number(length),
    isDescending: order === 'D',
  };
}

/** Reads the foreign keys of tables, in name order. */
export async function readForeignKeys(server: CatalogServer): Promise<OfTable<ForeignKeyStructure>> {
  const columns = await server.ask(`
    select table_schema, table_name, constraint_name, column_name, referenced_table_schema, referenced_table_name,
      referenced_column_name
    from information_schema.key_column_usage
    where ${server.within('table_schema')} and referenced_table_name is not null
    order by table_schema, table_name, constraint_name, ordinal_position`);
  const rules = await server.ask(`
    select constraint_schema, table_name, constraint_name, delete_rule, update_rule
    from information_schema.referential_constraints where ${server.within('constraint_schema')}`);
  const idOf = ([schema, table, name]: TextRow) => `${server.idOf(schema as string, table as string)} ${name}`;
  const actions = new Map(rules.map((rule) => [idOf(rule), rule]));
  return perTable(server, columns, (rows, located) => {
    const [, , name, , schema, table] = rows[0] as TextRow;
    const [, , , onDelete = '', onUpdate = ''] = actions.get(idOf(rows[0] as TextRow)) ?? [];
    return {
      name: name as string,
      columns: rows.map((row) => row[3] as string),
      parent: nameOf(server, located.schema, { schema, table } as Place),
      parentColumns: rows.map((row) => row[6] as string),
      onDelete: actionOf(onDelete),
      onUpdate: actionOf(onUpdate),
      isValidated: true,
    };
  });
}

function actionOf(rule: string | null): ForeignKeyAction {
  return (rule || 'restrict').toLowerCase() as ForeignKeyAction;
}

/** Reads the checks of tables, in name order. Older servers have none. */
export async function readChecks(server: CatalogServer): Promise<OfTable<CheckStructure>> {
  if (!server.has('CHECK_CONSTRAINTS', 'CHECK_CLAUSE')) return () => [];
  const rows = server.has('CHECK_CONSTRAINTS', 'TABLE_NAME') ? await ownChecks(server) : await namedChecks(server);
  const groups = groupByTable(server, rows);
  return ({ live }) =>
    (groups.get(server.idOf(live.schema, live.table)) ?? []).map((row) => checkOf(row, server.dialect)).sort(byName);
}

function checkOf([, , name, clause, enforced]: TextRow, dialect: Dialect): CheckStructure {
  const expression = expressionOf(dialect, clause as string);
  return { name: name as string, expression, isValidated: enforced !== 'NO' };
}

/** The checks of MariaDB. A check of a column has the column's name, which a check of the table may have too. */
function ownChecks({ ask, within }: CatalogServer): Promise<readonly TextRow[]> {
  return ask(`
    select constraint_schema, table_name, constraint_name, check_clause, 'YES'
    from information_schema.check_constraints where ${within('constraint_schema')}`);
}

/** The checks of Oracle's MySQL, whose names are unique within their schema. */
function namedChecks({ ask, within }: CatalogServer): Promise<readonly TextRow[]> {
  return ask(`
    select t.table_schema, t.table_name, t.constraint_name, c.check_clause, t.enforced
    from information_schema.table_constraints t
    join information_schema.check_constraints c
      on c.constraint_schema = t.constraint_schema and c.constraint_name = t.constraint_name
    where t.constraint_type = 'CHECK' and ${within('t.table_schema')}`);
}

/** Makes one thing of the rows of each table that have one name, which is the third cell. */
function perTable<T extends { readonly name: string }>(
  server: CatalogServer,
  rows: readonly TextRow[],
  make: (rows: readonly TextRow[], located: LocatedTable) => T,
): OfTable<T> {
  const groups = groupByTable(server, rows);
  return (located) => {
    const own = groups.get(server.idOf(located.live.schema, located.live.table)) ?? [];
    const named = groupRows(own, ([, , name]) => name as string);
    return [...named.values()].map((some) => make(some, located)).sort(byName);
  };
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  if (a.name === b.name) return 0;
  return a.name < b.name ? -1 : 1;
}
