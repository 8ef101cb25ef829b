import type {
  CheckStructure,
  ForeignKeyAction,
  ForeignKeyStructure,
  IndexStructure,
} from '../../../core/ports/structure.ts';
import { byName, groupRows, type LocatedTable } from '../schema.ts';
import type { TextRow } from '../session-pool.ts';
import { type Catalog, namedGroups, tableName } from './catalog.ts';

/** What belongs to one table. */
type OfTable<T> = (located: LocatedTable) => readonly T[];

const ofSchemas = (object: string): string =>
  `join sys.tables t on t.object_id = ${object} join sys.schemas s on s.schema_id = t.schema_id`;

/**
 * Reads the indexes of tables, in name order: those over columns, and full-text indexes. A heap is not an index, and a
 * hypothetical index has no rows. The server adds the column that a table is partitioned by to its indexes; where nobody put it
 * there, it is not part of the index.
 */
export async function readIndexes({ ask, within }: Catalog): Promise<OfTable<IndexStructure>> {
  const rows = await ask(`
    select i.object_id, i.name, i.is_primary_key, i.is_unique, i.type_desc, i.filter_definition, c.name,
      k.is_descending_key, k.is_included_column, i.is_disabled
    from sys.indexes i
    join sys.index_columns k on k.object_id = i.object_id and k.index_id = i.index_id
    join sys.columns c on c.object_id = k.object_id and c.column_id = k.column_id
    ${ofSchemas('i.object_id')}
    where ${within('s.name')} and i.name is not null and i.is_hypothetical = 0
      and (k.key_ordinal > 0 or k.is_included_column = 1 or k.partition_ordinal = 0)
    order by i.object_id, i.name, k.is_included_column, k.key_ordinal, k.index_column_id`);
  const fullText = await ask(`
    select f.object_id, c.name from sys.fulltext_index_columns f
    join sys.columns c on c.object_id = f.object_id and c.column_id = f.column_id
    ${ofSchemas('f.object_id')} where ${within('s.name')} order by f.object_id, f.column_id`);
  const [groups, texts] = [groupRows(rows), groupRows(fullText)];
  return ({ id }) => {
    const found = namedGroups(groups.get(id) ?? []).map(indexOf);
    const text = texts.get(id);
    return [...found, ...(text === undefined ? [] : [fullTextIndex(text)])].sort(byName);
  };
}

function indexOf(rows: readonly TextRow[]): IndexStructure {
  const [, name, isPrimary, isUnique, method, predicate = null, , , , isDisabled] = rows[0] as TextRow;
  const kind = isUnique === '1' ? 'unique' : 'plain';
  const isIncluded = (row: TextRow) => row[8] === '1' && !/columnstore/i.test(method ?? '');
  return {
    name: name as string,
    kind: isPrimary === '1' ? 'primary' : kind,
    method: isDisabled === '1' ? 'disabled' : methodOf(method as string),
    parts: rows.filter((row) => !isIncluded(row)).map(([, , , , , , column, order]) => partOf(column, order === '1')),
    includes: rows.filter(isIncluded).map((row) => row[6] as string),
    predicate,
    definition: null,
  };
}

function partOf(column: string | null | undefined, isDescending = false): IndexStructure['parts'][number] {
  return { column: column ?? null, expression: null, prefix: null, isDescending };
}

/** `NONCLUSTERED` → `btree`, `NONCLUSTERED HASH` → `hash`, `CLUSTERED COLUMNSTORE` → `columnstore` */
function methodOf(description: string): string {
  const text = description.toLowerCase();
  if (text === 'clustered' || text === 'nonclustered') return 'btree';
  return text.replace(/^(?:non)?clustered /, '');
}

function fullTextIndex(rows: readonly TextRow[]): IndexStructure {
  const parts = rows.map(([, column]) => partOf(column));
  const columns = rows.map(([, column]) => column).join('_');
  return {
    ...{ name: `fulltext_${columns}`, kind: 'plain', method: 'fulltext', parts },
    ...{ includes: [], predicate: null, definition: null },
  };
}

/** Reads the foreign keys of tables, in name order. */
export async function readForeignKeys(catalog: Catalog): Promise<OfTable<ForeignKeyStructure>> {
  const rows = await catalog.ask(`
    select f.parent_object_id, f.name, c.name, r.name, p.name, d.name, f.delete_referential_action_desc,
      f.update_referential_action_desc, f.is_disabled, f.is_not_trusted
    from sys.foreign_keys f
    join sys.foreign_key_columns k on k.constraint_object_id = f.object_id
    join sys.columns c on c.object_id = k.parent_object_id and c.column_id = k.parent_column_id
    join sys.tables q on q.object_id = f.referenced_object_id join sys.schemas r on r.schema_id = q.schema_id
    join sys.columns d on d.object_id = k.referenced_object_id and d.column_id = k.referenced_column_id
    join sys.objects p on p.object_id = f.referenced_object_id
    ${ofSchemas('f.parent_object_id')}
    where ${catalog.within('s.name')} order by f.parent_object_id, f.name, k.constraint_column_id`);
  const groups = groupRows(rows);
  return (located) =>
    namedGroups(groups.get(located.id) ?? [])
      .map((some) => foreignKeyOf(catalog, some, located))
      .sort(byName);
}

function foreignKeyOf(catalog: Catalog, rows: readonly TextRow[], located: LocatedTable): ForeignKeyStructure {
  const [, name, , schema, parent, , onDelete, onUpdate, isDisabled, isUntrusted] = rows[0] as TextRow;
  return {
    name: name as string,
    columns: rows.map((row) => row[2] as string),
    parent: tableName(catalog, located.schema, schema as string, parent as string),
    parentColumns: rows.map((row) => row[5] as string),
    onDelete: actionOf(onDelete as string),
    onUpdate: actionOf(onUpdate as string),
    isValidated: isDisabled === '0' && isUntrusted === '0',
  };
}

/** `SET_NULL` → `set null` */
function actionOf(description: string): ForeignKeyAction {
  return description.toLowerCase().replace('_', ' ') as ForeignKeyAction;
}

/** Reads the checks of tables, in name order. */
export async function readChecks({ ask, within }: Catalog): Promise<OfTable<CheckStructure>> {
  const rows = await ask(`
    select k.parent_object_id, k.name, k.definition, k.is_disabled, k.is_not_trusted
    from sys.check_constraints k ${ofSchemas('k.parent_object_id')} where ${within('s.name')}`);
  const groups = groupRows(rows);
  return ({ id }) =>
    (groups.get(id) ?? [])
      .map(([, name, definition, isDisabled, isUntrusted]) => ({
        name: name as string,
        expression: definition ?? '',
        isValidated: isDisabled === '0' && isUntrusted === '0',
      }))
      .sort(byName);
}
