import type { SchemaObject } from '../../../core/ports/structure.ts';
import { quoteName } from '../names.ts';
import { nameIn } from '../schema.ts';
import type { TextRow } from '../session-pool.ts';
import { wholeNumberText } from '../wire/values.ts';
import { type Catalog, tableName } from './catalog.ts';
import { readGrants } from './grants.ts';

const objectReaders = [readModules, readTriggers, readSynonyms, readSequenceObjects, readTypes, readPartitions];
const laterReaders = [readExternalTables, readPolicies, readGrants];

/** Reads what is neither a table nor a part of one, by kind and name. */
export async function readObjects(catalog: Catalog): Promise<readonly SchemaObject[]> {
  const found: SchemaObject[] = [];
  for (const read of [...objectReaders, ...laterReaders]) found.push(...(await read(catalog)));
  return found.sort((a, b) => compare(a.kind, b.kind) || compare(a.name, b.name) || compare(a.table, b.table));
}

function compare(a: string | null, b: string | null): number {
  if (a === b) return 0;
  return (a ?? '') < (b ?? '') ? -1 : 1;
}

/** `sys.objects.type` → what it is. The last ones are of the common language runtime. */
const moduleKinds: Readonly<Record<string, SchemaObject['kind']>> = {
  V: 'view',
  P: 'procedure',
  FN: 'function',
  IF: 'function',
  TF: 'function',
  PC: 'procedure',
  FS: 'function',
  FT: 'function',
  AF: 'function',
};

/** The definition is null where it is encrypted, where this user may not read it, and where it is not SQL. */
async function readModules(catalog: Catalog): Promise<SchemaObject[]> {
  const types = Object.keys(moduleKinds).map((type) => `N'${type}'`);
  const rows = await catalog.ask(`
    select s.name, o.name, o.type, m.definition
    from sys.objects o join sys.schemas s on s.schema_id = o.schema_id
    left join sys.sql_modules m on m.object_id = o.object_id
    where ${catalog.within('s.name')} and o.is_ms_shipped = 0 and o.type in (${types.join(', ')})`);
  return ofSchemas(catalog, rows, ([, , type, definition = null]) => ({
    kind: moduleKinds[(type as string).trim()] ?? 'function',
    definition,
  }));
}

async function readTriggers(catalog: Catalog): Promise<SchemaObject[]> {
  const rows = await catalog.ask(`
    select s.name, p.name, g.name, m.definition
    from sys.triggers g
    join sys.objects p on p.object_id = g.parent_id join sys.schemas s on s.schema_id = p.schema_id
    left join sys.sql_modules m on m.object_id = g.object_id
    where ${catalog.within('s.name')} and g.is_ms_shipped = 0`);
  return rows.flatMap(([live, table, name, definition = null]) =>
    catalog.readers(live as string).map((schema) => ({
      kind: 'trigger' as const,
      name: name as string,
      table: tableName(catalog, schema, live as string, table as string),
      definition,
    })),
  );
}

async function readSynonyms(catalog: Catalog): Promise<SchemaObject[]> {
  const rows = await catalog.ask(`
    select s.name, y.name, y.base_object_name
    from sys.synonyms y join sys.schemas s on s.schema_id = y.schema_id where ${catalog.within('s.name')}`);
  return ofSchemas(catalog, rows, ([, name, base]) => ({
    kind: 'synonym',
    definition: `create synonym ${quoteName(name as string)} for ${base}`,
  }));
}

/** The definition is null where the catalog names a sequence and does not describe it. */
async function readSequenceObjects(catalog: Catalog): Promise<SchemaObject[]> {
  const numbers = ['q.start_value', 'q.increment', 'q.minimum_value', 'q.maximum_value'];
  const rows = await catalog.ask(`
    select s.name, o.name, ${numbers.map(wholeNumberText).join(', ')}, q.is_cycling
    from sys.objects o join sys.schemas s on s.schema_id = o.schema_id
    left join sys.sequences q on q.object_id = o.object_id
    where ${catalog.within('s.name')} and o.type = N'SO'`);
  return ofSchemas(catalog, rows, ([, name, start = null, increment, least, most, cycles]) => ({
    kind: 'sequence',
    definition:
      start === null
        ? null
        : `create sequence ${quoteName(name as string)} start with ${start} increment by ${increment} minvalue ${least} maxvalue ${most}${
            cycles === '1' ? ' cycle' : ''
          }`,
  }));
}

/** Alias types, table types, types of the common language runtime, and collections of XML schemas. */
async function readTypes(catalog: Catalog): Promise<SchemaObject[]> {
  const types = await catalog.ask(`
    select s.name, y.name, y.is_table_type, b.name
    from sys.types y join sys.schemas s on s.schema_id = y.schema_id
    left join sys.types b on b.user_type_id = y.system_type_id
    where ${catalog.within('s.name')} and y.is_user_defined = 1`);
  const collections = await catalog.ask(`
    select s.name, x.name from sys.xml_schema_collections x join sys.schemas s on s.schema_id = x.schema_id
    where ${catalog.within('s.name')}`);
  return [
    ...ofSchemas(catalog, types, ([, name, isTable, base]) => {
      if (isTable === '1' || !base) return { kind: 'type', definition: null };
      return { kind: 'domain', definition: `create type ${quoteName(name as string)} from ${base}` };
    }),
    ...ofSchemas(catalog, collections, () => ({ kind: 'type', definition: null })),
  ];
}

/** One for each table: its partitions follow from the scheme. */
async function readPartitions(catalog: Catalog): Promise<SchemaObject[]> {
  const rows = await catalog.ask(`
    select s.name, t.name, d.name, c.name
    from sys.indexes i join sys.partition_schemes d on d.data_space_id = i.data_space_id
    join sys.index_columns k on k.object_id = i.object_id and k.index_id = i.index_id and k.partition_ordinal = 1
    join sys.columns c on c.object_id = k.object_id and c.column_id = k.column_id
    join sys.tables t on t.object_id = i.object_id join sys.schemas s on s.schema_id = t.schema_id
    where ${catalog.within('s.name')} and i.index_id in (0, 1)`);
  return rows.flatMap(([live, table, scheme, column]) =>
    catalog.readers(live as string).map((schema) => ({
      kind: 'partition' as const,
      name: scheme as string,
      table: tableName(catalog, schema, live as string, table as string),
      definition: `on ${quoteName(scheme as string)} (${quoteName(column as string)})`,
    })),
  );
}

async function readExternalTables(catalog: Catalog): Promise<SchemaObject[]> {
  const rows = await catalog.ask(`
    select s.name, t.name from sys.tables t join sys.schemas s on s.schema_id = t.schema_id
    where ${catalog.within('s.name')} and t.is_external = 1`);
  return ofSchemas(catalog, rows, () => ({ kind: 'foreign table', definition: null }));
}

/** None where the server lacks the view: what it hides is noted when the source is opened. */
async function readPolicies(catalog: Catalog): Promise<SchemaObject[]> {
  const [[view] = []] = await catalog.ask(`select object_id(N'sys.security_policies')`);
  if (view === null) return [];
  const rows = await catalog.ask(`
    select s.name, y.name from sys.security_policies y join sys.schemas s on s.schema_id = y.schema_id
    where ${catalog.within('s.name')}`);
  return ofSchemas(catalog, rows, () => ({ kind: 'policy', definition: null }));
}

/** Makes the object of each row once for each logical schema that reads its schema; the first two cells are the names of both. */
function ofSchemas(
  { readers }: Catalog,
  rows: readonly TextRow[],
  make: (row: TextRow) => Pick<SchemaObject, 'kind' | 'definition'>,
): SchemaObject[] {
  return rows.flatMap((row) =>
    readers(row[0] as string).map((schema) => ({ ...make(row), name: nameIn(schema, row[1] as string), table: null })),
  );
}
