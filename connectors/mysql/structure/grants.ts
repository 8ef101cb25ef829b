import type { SchemaObject } from '../../../core/ports/structure.ts';
import { quoteName } from '../names.ts';
import { nameIn, type SchemaName, type TextRow } from '../schema.ts';
import { type CatalogServer, groupRows } from './catalog-server.ts';

/**
 * Reads the grants on the schemas, and those on each table with its columns, as far as this user may see them. A grant on a
 * schema escapes underscores, which are wildcards in it. A grant on a pattern of schemas is not one of theirs.
 */
export async function readGrants(server: CatalogServer): Promise<SchemaObject[]> {
  const schema = `replace(table_schema, '\\\\_', '_')`;
  const rows = await server.ask(`
    select ${schema}, '', grantee, is_grantable, privilege_type, null from information_schema.schema_privileges
    where ${server.within(schema)}
    union all
    select table_schema, table_name, grantee, is_grantable, privilege_type, null from information_schema.table_privileges
    where ${server.within('table_schema')}
    union all
    select table_schema, table_name, grantee, is_grantable, privilege_type, column_name
    from information_schema.column_privileges where ${server.within('table_schema')}
    order by 1, 2, 3, 4, 5, 6`);
  const groups = groupRows(rows, ([live, table]) => JSON.stringify([live, table]));
  return [...groups.values()].flatMap((some) => {
    const [live, table] = some[0] as readonly string[] as [string, string];
    return server.readers(live).map((reader) => grantsOn(reader, table, some));
  });
}

/** An empty table is the schema. */
function grantsOn(schema: SchemaName, table: string, rows: readonly TextRow[]): SchemaObject {
  const target = table === '' ? '*' : quoteName(table);
  const perGrantee = groupRows(rows, ([, , grantee, isGrantable]) => JSON.stringify([grantee, isGrantable]));
  const statements = [...perGrantee.values()].map((some) => {
    const [, , grantee, isGrantable] = some[0] as TextRow;
    const privileges = some.map(
      ([, , , , name, column]) => `${name?.toLowerCase()}${column ? ` (${quoteName(column)})` : ''}`,
    );
    return `grant ${privileges.join(', ')} on ${target} to ${grantee}${isGrantable === 'YES' ? ' with grant option' : ''};`;
  });
  const name = table === '' ? schema.logical || schema.live : nameIn(schema, table);
  return { kind: 'grant', name, table: table === '' ? null : name, definition: statements.join('\n') };
}
