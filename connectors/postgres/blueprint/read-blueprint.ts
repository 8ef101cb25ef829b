import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Blueprint, KeptTable } from '../../../core/ports/blueprint.ts';
import { topologicalSort } from '../../../core/topological-sort.ts';
import { quoteName, quoteText } from '../names.ts';
import type { Session } from '../session.ts';
import { baseQueries, edges } from './base-queries.ts';
import { readKeptRows } from './kept-rows.ts';
import {
  attachedQueries,
  commentQuery,
  foreignKeyQuery,
  indexQuery,
  ownedSequenceQuery,
  refusedQuery,
  storageQuery,
  viewQuery,
} from './later-queries.ts';

/** One statement and the object that it makes. */
interface Definition {
  readonly object: string;
  readonly make: string;
  readonly undo: string;
}

/** A definition that is sorted by what it needs. */
interface Node extends Definition {
  readonly id: string;
  readonly place: number;
}

interface Version {
  readonly name: string;
  readonly definitions: readonly Definition[];
}

/** A function may name what is made after it; the tool's database has compiled it already. */
const lateBodies = { object: '', make: 'set local check_function_bodies to off', undo: '' };

/** Reads a schema as DDL that makes it again. The session's search path must be the schema. */
export async function readBlueprint(session: Session, schema: string, kept: readonly string[]): Promise<Blueprint> {
  const { versions, refused, rows } = await readVersions(session, schema, kept);
  const files = versions.flatMap(({ name, definitions }, i): [string, string][] => [
    [`00${i + 1}.do.${name}.sql`, fileOf(definitions.map(({ make }) => make))],
    [`00${i + 1}.undo.${name}.sql`, fileOf(definitions.map(({ undo }) => undo).reverse())],
  ]);
  return { files: Object.fromEntries(files), kept: rows, refused };
}

/**
 * Names what differs between a schema and a blueprint that was made of it before, in a folder. Empty when it is the same, statement by
 * statement.
 */
export async function changedSinceBlueprint(
  session: Session,
  schema: string,
  { directory, kept }: { readonly directory: string; readonly kept: readonly string[] },
): Promise<string[]> {
  const { versions } = await readVersions(session, schema, kept);
  const changed = new Set<string>();
  for (const [i, { name, definitions }] of versions.entries()) {
    const before = await readFile(join(directory, `00${i + 1}.do.${name}.sql`), 'utf8').catch(() => '');
    if (before === fileOf(definitions.map(({ make }) => make))) continue;
    const known = new Set(before.split(';\n'));
    const found = definitions.filter(({ make }) => make.split(';\n').some((part) => !known.has(part)));
    for (const { object } of found) changed.add(object);
    if (found.length === 0) changed.add(`what 00${i + 1}.do.${name}.sql makes`);
  }
  return [...changed];
}

async function readVersions(session: Session, schema: string, kept: readonly string[]) {
  const ask = async (sql: string): Promise<Node[]> =>
    (await session.rows(sql.replaceAll('$1', quoteText(quoteName(schema))), [], 'read its definitions')).map(
      (row) => ({ ...row, place: Number(row.place) }) as unknown as Node,
    );
  const base: Node[] = [];
  for (const query of baseQueries)
    base.push(...(await ask(`select * from (${query}) found (id, place, object, make, undo)`)));
  const needs = await ask(edges);
  const { before, after } = sorted(base, await ask(viewQuery), needs as unknown as readonly Edge[]);
  const attached: Definition[] = [];
  for (const query of [...attachedQueries, commentQuery]) attached.push(...(await ask(query)));
  const tables = base.filter(({ object }) => object.startsWith('table ')).map(({ object }) => object.slice(6));
  const { statements, rows, refused } = await readKeptRows(
    session,
    kept.filter((name) => tables.includes(name)),
  );
  const owned = [...(await ask(ownedSequenceQuery)), ...(await ask(storageQuery))];
  const versions: Version[] = [
    { name: 'tables', definitions: [lateBodies, ...before, ...owned, ...statements] },
    { name: 'indexes', definitions: await ask(indexQuery) },
    { name: 'foreign-keys', definitions: await ask(foreignKeyQuery) },
    { name: 'objects', definitions: [lateBodies, ...after, ...attached] },
  ];
  const never = (await ask(refusedQuery)) as unknown as Blueprint['refused'];
  const reasons = never.map(({ object, why }) => ({ object, why }));
  return { versions, rows: rows as readonly KeptTable[], refused: [...reasons, ...refused] };
}

interface Edge {
  readonly one: string;
  readonly needed: string;
}

/** Sorts the nodes by what they need. Views, and what needs one, come after the rows. */
function sorted(
  base: readonly Node[],
  views: readonly Node[],
  edgesFound: readonly Edge[],
): { before: Node[]; after: Node[] } {
  const nodes = [...base, ...views].sort((a, b) => a.place - b.place);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const needs = new Map(nodes.map(({ id }): [string, string[]] => [id, []]));
  for (const { one, needed } of edgesFound) needs.get(one)?.push(needed);
  const late = new Set(views.map(({ id }) => id));
  const ordered = topologicalSort(needs).ordered.map((id) => byId.get(id) as Node);
  for (const { id } of ordered) if (needs.get(id)?.some((need) => late.has(need))) late.add(id);
  return { before: ordered.filter(({ id }) => !late.has(id)), after: ordered.filter(({ id }) => late.has(id)) };
}

function fileOf(statements: readonly string[]): string {
  const made = statements.filter((sql) => sql !== '');
  return made.length === 0 ? 'select;\n' : `${made.join(';\n')};\n`;
}
