import { connectorFor } from '../connectors/registry.ts';
import { WaybillError } from '../core/model/errors.ts';
import type { Connector } from '../core/ports/connector.ts';
import { version } from '../operations/package-root.ts';
import { type Generated, generateProject, type ProjectSource } from '../project/generate.ts';
import { introspect } from '../project/introspect.ts';
import type { ProjectOptions } from '../project/options.ts';

/** A project that was made from a live source. */
export interface MadeProject extends Generated {
  /** The source as flags of `--source`. */
  readonly source: readonly string[];
}

/** Where a project is made from. */
export interface ProjectPlace {
  readonly url: string;
  /** Schemas of the server by their live names; none for the one that the URL names. */
  readonly schemas: readonly string[];
}

/**
 * Makes a project from the source at a URL.
 * @param onTable called with the table that is looked at, 20 times at most.
 * @throws WaybillError 'configuration' when the URL names no database, or one without tables.
 */
export async function makeProject(
  place: ProjectPlace,
  options: ProjectOptions,
  onTable: (text: string) => void,
): Promise<MadeProject> {
  const { from, flags } = await readSource(place, options, onTable);
  return { ...generateProject(from), source: flags };
}

/** What was read of a source: what a project is made from, and its flags of `--source`. */
interface ReadSource {
  readonly from: ProjectSource;
  readonly flags: readonly string[];
}

/** Reads the structure of a source, and what its data show. @throws as `makeProject`. */
export async function readSource(
  place: ProjectPlace,
  options: ProjectOptions,
  onTable: (text: string) => void,
): Promise<ReadSource> {
  const { url } = place;
  const connector = await connectorFor(url);
  const { targetType, urlOf } = connector;
  if (targetType === undefined) throw withoutStructure();
  if (urlOf === undefined && place.schemas.length > 0) throw withOneSchema();
  const schemas = schemasOf(connector, place);
  const source = await connector.openSource(url, { schemas });
  try {
    const found = await introspect(source, Object.keys(schemas), sparse(onTable));
    const name = options.name ?? pipelineName(Object.values(schemas).join('-'));
    const engine = { isTargetEngine: connector.openTarget !== undefined, targetType };
    const from = { waybill: version, name, dialect: connector.name, engine, schemas, options, ...found };
    return { from, flags: Object.entries(schemas).map(([logical, live]) => `${logical}=${urlOf?.(url, live) ?? url}`) };
  } finally {
    await source.close();
  }
}

/** Logical schema → live schema. @throws WaybillError 'configuration' when two live names are alike, or none is given. */
function schemasOf(connector: Connector, { url, schemas }: ProjectPlace): Readonly<Record<string, string>> {
  const only = connector.schemaOf(url) ?? (connector.hasSchemaParameter ? 'public' : null);
  if (schemas.length === 0 && only === null) throw withoutDatabase();
  const all = schemas.length > 0 ? schemas : [only as string];
  const named = new Map<string, string>();
  for (const live of all) {
    const logical = live.replace(/\W/gu, '_');
    const other = named.get(logical);
    if (other !== undefined) throw sameSchemas(other, live);
    named.set(logical, live);
  }
  return Object.fromEntries(named);
}

function sameSchemas(one: string, other: string): WaybillError {
  return new WaybillError('configuration', `The schemas ${one} and ${other} would have one name in the pipeline.`, {
    hint: 'Name each schema once; copy schemas whose names differ only in special characters on their own.',
  });
}

/** Passes on 20 tables at most. */
function sparse(onTable: (text: string) => void): (table: string, done: number, all: number) => void {
  return (table, done, all) => {
    if (done % Math.ceil(all / 20) === 0) onTable(`${table}, ${done + 1} of ${all} tables`);
  };
}

/** `My Shop` → `my-shop`; a name that begins with something else than a letter gets one. */
function pipelineName(schema: string): string {
  const plain = schema
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return /^[a-z]/.test(plain) ? plain : `source-${plain}`.replace(/-$/, '');
}

function withoutStructure(): WaybillError {
  return new WaybillError('configuration', 'A project is made from a database, not from files.', {
    hint: 'Give the URL of a MySQL, MariaDB, SQL Server, SQLite or PostgreSQL database.',
  });
}

function withOneSchema(): WaybillError {
  return new WaybillError('usage', 'A source of this kind has one schema.', { hint: 'Leave --schemas away.' });
}

function withoutDatabase(): WaybillError {
  return new WaybillError('configuration', 'The source URL names no database.', {
    hint: 'Add it at the end, as in mysql://user@host:3306/database.',
  });
}
