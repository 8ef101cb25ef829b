import type { Sequence } from '../../core/ports/source.ts';
import { byName, nameIn, readersOf, type SchemaName, within } from './schema.ts';
import type { SessionPool, TextRow } from './session-pool.ts';
import { wholeNumberText } from './wire/values.ts';

/** Lists the identity columns and the sequences of the schemas. */
export async function readSequences(pool: SessionPool, schemas: readonly SchemaName[]): Promise<readonly Sequence[]> {
  if (schemas.length === 0) return [];
  const found = [...(await readIdentities(pool, schemas)), ...(await readObjects(pool, schemas))];
  return found.sort(byName);
}

function ask(pool: SessionPool, sql: string): Promise<readonly TextRow[]> {
  return pool.texts(sql, 'list its sequences');
}

async function readIdentities(pool: SessionPool, schemas: readonly SchemaName[]): Promise<Sequence[]> {
  const rows = await ask(
    pool,
    `select s.name, t.name, c.name, ${wholeNumberText('c.seed_value')}, ${wholeNumberText('c.increment_value')},
       ${wholeNumberText('c.last_value')}
     from sys.identity_columns c
     join sys.tables t on t.object_id = c.object_id join sys.schemas s on s.schema_id = t.schema_id
     where ${within(schemas, 's.name')}`,
  );
  return rows.flatMap(([live, table, column, seed = null, increment, last = null]) =>
    readersOf(schemas, live as string).map((schema) => {
      const name = nameIn(schema, table as string);
      return {
        name: `${name}.${column}`,
        next: nextOf(seed, last, increment as string),
        increment: increment as string,
        cycles: false,
        columns: [{ table: name, column: column as string }],
      };
    }),
  );
}

/** The value after the last one; the first one of a counter that was never used. */
function nextOf(first: string | null, last: string | null, increment: string): string | null {
  return last === null ? first : (BigInt(last) + BigInt(increment)).toString();
}

async function readObjects(pool: SessionPool, schemas: readonly SchemaName[]): Promise<Sequence[]> {
  const rows = await ask(
    pool,
    `select s.name, q.name, ${wholeNumberText('q.current_value')}, ${wholeNumberText('q.last_used_value')},
       ${wholeNumberText('q.increment')}, q.is_cycling
     from sys.sequences q join sys.schemas s on s.schema_id = q.schema_id where ${within(schemas, 's.name')}`,
  );
  if (rows.length === 0) return [];
  const users = await readUsers(pool, schemas);
  return rows.flatMap(([live, name, current = null, last = null, increment, cycles]) =>
    readersOf(schemas, live as string).map((schema) => ({
      name: nameIn(schema, name as string),
      next: nextOf(current, last === null ? null : current, increment as string),
      increment: increment as string,
      cycles: cycles === '1',
      columns: users.get(`${live}.${name}`) ?? [],
    })),
  );
}

type Users = ReadonlyMap<string, Sequence['columns']>;

/** The columns whose defaults take their values from a sequence, by its live name. */
async function readUsers(pool: SessionPool, schemas: readonly SchemaName[]): Promise<Users> {
  const rows = await ask(
    pool,
    `select s.name, t.name, c.name, d.definition
     from sys.default_constraints d
     join sys.columns c on c.object_id = d.parent_object_id and c.column_id = d.parent_column_id
     join sys.tables t on t.object_id = c.object_id join sys.schemas s on s.schema_id = t.schema_id
     where ${within(schemas, 's.name')}`,
  );
  const users = new Map<string, { table: string; column: string }[]>();
  for (const [live, table, column, definition] of rows) {
    const [reader] = readersOf(schemas, live as string);
    const sequence = sequenceIn(definition ?? '');
    if (reader === undefined || sequence === null) continue;
    const columns = users.get(sequence) ?? [];
    columns.push({ table: nameIn(reader, table as string), column: column as string });
    users.set(sequence, columns);
  }
  return users;
}

/** `(NEXT VALUE FOR [dbo].[order numbers])` → `dbo.order numbers` */
function sequenceIn(definition: string): string | null {
  const name = String.raw`\[((?:[^\]]|\]\])+)\]`;
  const found = new RegExp(`next value for ${name}\\.${name}`, 'i').exec(definition);
  return found === null
    ? null
    : found
        .slice(1)
        .map((part) => part?.replaceAll(']]', ']'))
        .join('.');
}
