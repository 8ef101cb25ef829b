import type { SchemaObject } from '../../../core/ports/structure.ts';
import { quoteName } from '../names.ts';
import { nameIn, type SchemaName } from '../schema.ts';
import type { TextRow } from '../session-pool.ts';
import type { Catalog } from './catalog.ts';

/** `sys.database_permissions.class` of a schema. One of an object has class 1. */
const schemaClass = '3';

/** Reads the grants on the schemas, on each object and on columns, as far as this user may see them. */
export async function readGrants(catalog: Catalog): Promise<SchemaObject[]> {
  const onObjects = await catalog.ask(`
    select g.class, s.name, o.name, u.name, g.state_desc, g.permission_name, c.name from sys.database_permissions g
    left join sys.columns c on c.object_id = g.major_id and c.column_id = g.minor_id
    join sys.objects o on o.object_id = g.major_id join sys.schemas s on s.schema_id = o.schema_id
    join sys.database_principals u on u.principal_id = g.grantee_principal_id
    where g.class = 1 and ${catalog.within('s.name')} order by s.name, o.name, u.name, g.permission_name, g.minor_id`);
  const onSchemas = await catalog.ask(`
    select g.class, s.name, s.name, u.name, g.state_desc, g.permission_name from sys.database_permissions g
    join sys.schemas s on s.schema_id = g.major_id
    join sys.database_principals u on u.principal_id = g.grantee_principal_id
    where g.class = 3 and ${catalog.within('s.name')} order by s.name, u.name, g.permission_name`);
  const groups = new Map<string, TextRow[]>();
  for (const row of [...onSchemas, ...onObjects]) {
    const key = JSON.stringify(row.slice(0, 3));
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].flatMap((rows) =>
    catalog.readers(rows[0]?.[1] as string).map((schema) => grantsOn(schema, rows)),
  );
}

function grantsOn(schema: SchemaName, rows: readonly TextRow[]): SchemaObject {
  const [kind, live, object] = rows[0] as readonly string[] as [string, string, string];
  const isSchema = kind === schemaClass;
  const on = isSchema ? `schema::${quoteName(live)}` : quoteName(object);
  const statements = rows.map(([, , , grantee, state, permission, column]) => {
    const [verb, option] = stateOf(state as string);
    const columns = column ? ` (${quoteName(column)})` : '';
    return `${verb} ${permission?.toLowerCase()}${columns} on ${on} to ${quoteName(grantee as string)}${option};`;
  });
  const name = isSchema ? schema.logical || schema.live : nameIn(schema, object);
  return { kind: 'grant', name, table: isSchema ? null : name, definition: statements.join('\n') };
}

/** `GRANT_WITH_GRANT_OPTION` → `grant`, ` with grant option` */
function stateOf(state: string): readonly [verb: string, option: string] {
  const text = state.toLowerCase().replaceAll('_', ' ');
  return text.includes(' ') ? ['grant', text.slice('grant'.length)] : [text, ''];
}
