import type { SchemaObject } from '../../../core/ports/structure.ts';
import { quoteName } from '../names.ts';
import { nameIn, type SchemaName, type TextRow } from '../schema.ts';
import { type CatalogServer, ifReadable, nameOf } from './catalog-server.ts';
import { readGrants } from './grants.ts';

const objectReaders = [readViews, readTriggers, readPartitions, readRoutines, readEvents, readSequences, readGrants];

/** Reads what is neither a table nor a part of one, by kind and name. */
export async function readObjects(server: CatalogServer): Promise<readonly SchemaObject[]> {
  const found: SchemaObject[] = [];
  for (const read of objectReaders) for (const object of await read(server)) found.push(object);
  return found.sort((a, b) => compare(a.kind, b.kind) || compare(a.name, b.name) || compare(a.table, b.table));
}

function compare(a: string | null, b: string | null): number {
  if (a === b) return 0;
  return (a ?? '') < (b ?? '') ? -1 : 1;
}

/** The server shows an empty definition to a user without the privilege to see it. */
async function readViews(server: CatalogServer): Promise<SchemaObject[]> {
  const rows = await server.ask(`
    select table_schema, table_name, view_definition, check_option from information_schema.views
    where ${server.within('table_schema')}`);
  return ofSchemas(server, rows, ([, name, select, option], schema) => {
    const check = option === 'NONE' || !option ? '' : ` with ${option.toLowerCase()} check option`;
    return {
      kind: 'view',
      name: nameIn(schema, name as string),
      table: null,
      definition: select ? `create view ${quoteName(name as string)} as ${select}${check}` : null,
    };
  });
}

async function readTriggers(server: CatalogServer): Promise<SchemaObject[]> {
  const rows = await server.ask(`
    select event_object_schema, event_object_table, trigger_name, action_timing, event_manipulation, action_statement
    from information_schema.triggers where ${server.within('event_object_schema')}`);
  return ofSchemas(server, rows, (row, schema) => {
    const [live, table, name, timing, events, statement] = row as TriggerRow;
    const when = `${timing} ${events.replaceAll(',', ' or ')}`.toLowerCase();
    return {
      kind: 'trigger',
      name,
      table: nameOf(server, schema, { schema: live, table }),
      definition: statement
        ? `create trigger ${quoteName(name)} ${when} on ${quoteName(table)} for each row ${statement}`
        : null,
    };
  });
}

type TriggerRow = readonly [string, string, string, string, string, string | null];

/** A partition with subpartitions has several rows. */
async function readPartitions(server: CatalogServer): Promise<SchemaObject[]> {
  const rows = await server.ask(`
    select distinct table_schema, table_name, partition_name, partition_method, partition_expression, partition_description
    from information_schema.partitions where ${server.within('table_schema')} and partition_name is not null`);
  return ofSchemas(server, rows, ([live, table, name, method, expression, values], schema) => ({
    kind: 'partition',
    name: name as string,
    table: nameOf(server, schema, { schema: live as string, table: table as string }),
    definition: `partition by ${method?.toLowerCase()} (${expression ?? ''}) partition ${quoteName(name as string)}${
      values ? ` values ${method?.startsWith('LIST') ? 'in' : 'less than'} (${values})` : ''
    }`,
  }));
}

async function readRoutines(server: CatalogServer): Promise<SchemaObject[]> {
  const rows = await server.ask(`
    select routine_schema, routine_name, routine_type from information_schema.routines
    where ${server.within('routine_schema')}`);
  return withDefinitions(server, rows, ([, , type]) => ({
    kind: type === 'FUNCTION' ? 'function' : 'procedure',
    statement: `show create ${type?.toLowerCase()}`,
    cell: 2,
  }));
}

async function readEvents(server: CatalogServer): Promise<SchemaObject[]> {
  const rows = await server.ask(`
    select event_schema, event_name from information_schema.events where ${server.within('event_schema')}`);
  return withDefinitions(server, rows, () => ({ kind: 'event', statement: 'show create event', cell: 3 }));
}

/** Sequences of MariaDB. */
async function readSequences(server: CatalogServer): Promise<SchemaObject[]> {
  const rows = await server.ask(`
    select table_schema, table_name from information_schema.tables
    where ${server.within('table_schema')} and table_type = 'SEQUENCE'`);
  return withDefinitions(server, rows, () => ({ kind: 'sequence', statement: 'show create sequence', cell: 1 }));
}

interface Shown {
  readonly kind: SchemaObject['kind'];
  /** Without the name that it ends in. */
  readonly statement: string;
  /** Which cell of its row has the definition. */
  readonly cell: number;
}

/** Asks for the definition of each object, one statement each. */
async function withDefinitions(
  server: CatalogServer,
  rows: readonly TextRow[],
  shown: (row: TextRow) => Shown,
): Promise<SchemaObject[]> {
  const found: SchemaObject[] = [];
  for (const row of rows) {
    const [live, name] = row as [string, string];
    const { kind, statement, cell } = shown(row);
    const rowsShown = await ifReadable(server.ask(`${statement} ${quoteName(live)}.${quoteName(name)}`));
    const definition = rowsShown?.[0]?.[cell] || null;
    for (const schema of server.readers(live))
      found.push({ kind, name: nameIn(schema, name), table: null, definition });
  }
  return found;
}

/** Makes the object of each row once for each logical schema that reads its schema, which is the first cell. */
function ofSchemas(
  { readers }: CatalogServer,
  rows: readonly TextRow[],
  make: (row: TextRow, schema: SchemaName) => SchemaObject,
): SchemaObject[] {
  return rows.flatMap((row) => readers(row[0] as string).map((schema) => make(row, schema)));
}
