import { connectorFor } from '../connectors/registry.ts';
import { WaybillError } from '../core/model/errors.ts';
import { version } from '../operations/package-root.ts';
import { type Generated, generateProject, type ProjectSource } from '../project/generate.ts';
import { introspect } from '../project/introspect.ts';
import { schemaNameFrom } from '../project/names.ts';
import type { ProjectOptions } from '../project/options.ts';

/** A project that was made from a live source. */
export interface MadeProject extends Generated {
  /** The source as a flag of `--source`. */
  readonly source: string;
}

/**
 * Makes a project from the source at a URL.
 * @param onTable called with the table that is looked at, 20 times at most.
 * @throws WaybillError 'configuration' when the URL names no database, or one without tables.
 */
export async function makeProject(
  url: string,
  options: ProjectOptions,
  onTable: (text: string) => void,
): Promise<MadeProject> {
  const { from, live, flag } = await readSource(url, options, onTable);
  return { ...generateProject({ ...from, options: { schema: schemaNameFrom(live), ...options } }), source: flag };
}

/** What was read of a source: what a project is made from, its live schema, and its flag of `--source`. */
interface ReadSource {
  readonly from: ProjectSource;
  readonly live: string;
  readonly flag: string;
}

/** Reads the structure of a source, and what its data show. @throws as `makeProject`. */
export async function readSource(
  url: string,
  options: ProjectOptions,
  onTable: (text: string) => void,
): Promise<ReadSource> {
  const connector = await connectorFor(url);
  const { targetType } = connector;
  if (targetType === undefined) throw withoutStructure();
  const live = connector.schemaOf(url) ?? (connector.hasSchemaParameter ? 'public' : null);
  if (live === null) throw withoutDatabase();
  const logical = live.replace(/\W/gu, '_');
  const source = await connector.openSource(url, { schemas: { [logical]: live } });
  try {
    const found = await introspect(source, logical, sparse(onTable));
    const name = options.name ?? pipelineName(live);
    const engine = { isTargetEngine: connector.openTarget !== undefined, targetType };
    const from = { waybill: version, name, dialect: connector.name, engine, schema: logical, options, ...found };
    return { from, live, flag: `${logical}=${url}` };
  } finally {
    await source.close();
  }
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
    hint: 'Give the URL of a MySQL, MariaDB or PostgreSQL database.',
  });
}

function withoutDatabase(): WaybillError {
  return new WaybillError('configuration', 'The source URL names no database.', {
    hint: 'Add it at the end, as in mysql://user@host:3306/database.',
  });
}
