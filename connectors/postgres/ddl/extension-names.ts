import { DatabaseError } from 'pg';
import { quoteName } from '../names.ts';
import type { Session } from '../session.ts';
import { textBefore, typeUses } from './ddl-statements.ts';

/**
 * A session that runs DDL sees only the target's schema, so that no unqualified name reaches a table of another one: `drop table if
 * exists customers` must not find the customers of `public`. So it does not see the types and functions of extensions either. Where
 * the server does not find one, the file is rolled back and runs again with the extension's schema before that name.
 */

/** A catalog of objects that extensions bring, and its columns. */
interface Catalog {
  readonly catalog: string;
  readonly name: string;
  readonly schema: string;
}

/** The catalogs in which each SQLSTATE of a name that was not found is searched: undefined_object, undefined_function. */
const catalogs: Readonly<Record<string, readonly Catalog[]>> = {
  '42704': [
    { catalog: 'pg_type', name: 'typname', schema: 'typnamespace' },
    { catalog: 'pg_opclass', name: 'opcname', schema: 'opcnamespace' },
    { catalog: 'pg_ts_config', name: 'cfgname', schema: 'cfgnamespace' },
    { catalog: 'pg_ts_dict', name: 'dictname', schema: 'dictnamespace' },
  ],
  '42883': [{ catalog: 'pg_proc', name: 'proname', schema: 'pronamespace' }],
};

/**
 * Runs SQL in the current transaction.
 * @param onText gets the text that is about to run, whose lines are those of `sql`.
 * @throws the driver's error.
 */
export async function runWithExtensions(
  session: Session,
  sql: string,
  onText: (text: string) => void = () => {},
): Promise<void> {
  for (let text: string | null = sql; text !== null; ) {
    onText(text);
    text = await runOnce(session, text);
  }
}

/** @returns the text to run instead; null when this one ran. */
async function runOnce(session: Session, text: string): Promise<string | null> {
  await session.script('savepoint before_names');
  try {
    await session.script(text);
    return null;
  } catch (error) {
    const missing = error instanceof DatabaseError ? missingNames(error, text) : [];
    if (missing.length === 0 || !(await canUndo(session))) throw error;
    for (const name of missing) {
      const schema = await schemaOf(session, name, text);
      if (schema !== null) return `${text.slice(0, name.at)}${quoteName(schema)}.${text.slice(name.at)}`;
    }
    throw error;
  }
}

const undo = 'rollback to savepoint before_names';

/** Undoes what ran. @returns false where the file itself has ended the transaction, or the connection is lost. */
function canUndo(session: Session): Promise<boolean> {
  return session.script(undo).then(
    () => true,
    () => false,
  );
}

/** The schema of the extension that has the name. It may be one that the file creates before it uses the name. */
async function schemaOf(session: Session, missing: MissingName, text: string): Promise<string | null> {
  const known = await installedSchemaOf(session, missing);
  if (known !== null || !/\bcreate\s+extension\b/i.test(text)) return known;
  await session.script(textBefore(text, missing.at));
  const created = await installedSchemaOf(session, missing);
  await session.script(undo);
  return created;
}

/** A name that the server did not find. */
interface MissingName {
  /** Where it begins. */
  readonly at: number;
  /** As the catalog has it. */
  readonly name: string;
  readonly state: string;
}

/** A whole name that no dot follows. */
const unqualified = /(?:"((?:[^"]|"")+)"|([a-z_\u0080-\uffff][\w$\u0080-\uffff]*))(?![\w$"\u0080-\uffff]|\s*\.)/iy;

/** The name that an error points at, or the names that it may mean. */
function missingNames({ code = '', position, message }: DatabaseError, text: string): readonly MissingName[] {
  if (catalogs[code] === undefined) return [];
  if (position === undefined) return missingTypes(message, code, text);
  // The server counts characters; JavaScript counts one above U+FFFF as two.
  const at = [...text].slice(0, Number(position) - 1).join('').length;
  unqualified.lastIndex = at;
  const [, quoted, bare] = unqualified.exec(text) ?? [];
  const name = quoted?.replaceAll('""', '"') ?? bare?.toLowerCase();
  return name === undefined ? [] : [{ at, name, state: code }];
}

/**
 * Servers do not say where they miss the type that a function returns, and older ones of a parameter or a domain neither: `type citext
 * does not exist`, in their own language.
 */
function missingTypes(message: string, state: string, text: string): readonly MissingName[] {
  const words = message.match(/[a-z_\u0080-\uffff][\w$\u0080-\uffff]*/giu) ?? [];
  return words.flatMap((name) => typeUses(text, name).map((at) => ({ at, name, state })));
}

/** null when no extension, or extensions in several schemas, have the name. */
async function installedSchemaOf(session: Session, { state, name }: MissingName): Promise<string | null> {
  const sql = (catalogs[state] ?? []).map(searchOf).join(' union ');
  const found = await session.rows(sql, [name], 'look for an extension');
  return found.length === 1 ? (found[0]?.schema ?? null) : null;
}

function searchOf({ catalog, name, schema }: Catalog): string {
  return `
    select n.nspname as schema from ${catalog} o
    join pg_depend d on d.classid = '${catalog}'::regclass and d.objid = o.oid and d.deptype = 'e'
    join pg_namespace n on n.oid = o.${schema}
    where d.refclassid = 'pg_extension'::regclass and o.${name} = $1`;
}
