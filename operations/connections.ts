import { connectorFor } from '../connectors/registry.ts';
import { tenantId } from '../core/mapping/ids/entity-ids.ts';
import type { Pipeline } from '../core/mapping/pipeline.ts';
import { WaybillError } from '../core/model/errors.ts';
import type { LiveSchemas, Tenancy } from '../core/ports/cutover.ts';
import type { SourceOptions, TargetOptions } from '../core/ports/open-options.ts';
import type { Source } from '../core/ports/source.ts';
import type { Target } from '../core/ports/target.ts';
import type { Environment } from './options.ts';

/** Where the source schemas are read from: one place, under which the logical schemas have these names. */
export interface SourcePlace {
  readonly url: string;
  readonly schemas: Readonly<Record<string, string>>;
}

type ParameterValues = Readonly<Record<string, string>>;

/**
 * Finds the source from `--source URL` or `--source schema=URL`, else from `WAYBILL_SOURCE_URL` or
 * `WAYBILL_SOURCE_<SCHEMA>_URL`. The connector reads the schema's name in the database from its URL. A schema without a URL
 * is expected on the same server under its own name.
 * @throws WaybillError 'configuration' when there is none, or when the URLs name more than one server.
 */
export async function sourcePlace(
  pipeline: Pipeline,
  flags: readonly string[],
  environment: Environment,
): Promise<SourcePlace> {
  const names = Object.keys(pipeline.source.contract);
  const urls = sourceUrls(names, flags, environment);
  const general = urls.get('') || environment.WAYBILL_SOURCE_URL || undefined;
  urls.delete('');
  if (general === undefined && urls.size === 0) throw noSource(names[0] as string);
  const url = general ?? ([...urls.values()][0] as string);
  const variable = flags.length > 0 ? null : variableOf(url, environment);
  for (const other of urls.values()) if (serverOf(other) !== serverOf(url)) throw twoServers();
  const connector = await fromVariable(connectorFor(url), variable);
  const urlOfOnly = names.length === 1 && connector.hasSchemaParameter ? url : undefined;
  const schemas = names.map((name) => {
    const named = urls.get(name) ?? urlOfOnly;
    return [name, (named === undefined ? null : connector.schemaOf(named)) ?? name] as const;
  });
  return { url, schemas: Object.fromEntries(schemas) };
}

/** Schema name → URL; the name is empty for the URL of the whole source. Flags override the environment. */
function sourceUrls(names: readonly string[], flags: readonly string[], environment: Environment): Map<string, string> {
  const urls = new Map<string, string>();
  for (const name of names) {
    const url = environment[`WAYBILL_SOURCE_${name.toUpperCase()}_URL`];
    if (url) urls.set(name, url);
  }
  const given = new Set<string>();
  for (const flag of flags) {
    const named = /^(\w+)=(.*)$/.exec(flag);
    if (named !== null && !names.includes(named[1] as string)) throw unknownSchema(named[1] as string, names);
    const schema = named === null ? '' : (named[1] as string);
    if (given.has(schema)) throw sourceTwice(schema);
    given.add(schema);
    urls.set(schema, named === null ? flag : (named[2] as string));
  }
  return urls;
}

export async function openSource(place: SourcePlace, options: Omit<SourceOptions, 'schemas'> = {}): Promise<Source> {
  return (await connectorFor(place.url)).openSource(place.url, { ...options, schemas: place.schemas });
}

/** @throws WaybillError 'configuration' when neither flag nor environment names a target that can be loaded. */
export function targetUrl(flag: string | undefined, environment: Environment): string {
  const url = flag || environment.WAYBILL_TARGET_URL;
  if (url) return url;
  throw new WaybillError('configuration', 'No target database is named.', {
    hint: 'Give --target postgres://user@host/database, or set WAYBILL_TARGET_URL.',
  });
}

/** Opens the target with the run's tenant set in the session, which row-level security asks for. */
export async function openTarget(
  url: string,
  schema: string,
  pipeline: Pipeline,
  params: ParameterValues,
  options: Omit<TargetOptions, 'schema' | 'settings'> = {},
): Promise<Target> {
  const connector = await connectorFor(url, 'target');
  if (connector.openTarget === undefined) throw notLoaded(connector.name);
  return connector.openTarget(url, { schema, settings: tenantSettings(pipeline, params), ...options });
}

/** Opens the target's schemas for a cutover, with the run's tenant set in the session. */
export async function openLiveSchemas(url: string, pipeline: Pipeline, params: ParameterValues): Promise<LiveSchemas> {
  const connector = await connectorFor(url, 'target');
  if (connector.openLiveSchemas === undefined) throw notLoaded(connector.name);
  return connector.openLiveSchemas(url, tenantSettings(pipeline, params));
}

/** The tenant of these parameters; null when the pipeline has none. */
export function tenancyOf(pipeline: Pipeline, params: ParameterValues): (Tenancy & { readonly tenant: string }) | null {
  const { rowSecurity, tenantParam } = pipeline;
  const tenant = tenantParam === null ? undefined : params[tenantParam];
  if (rowSecurity === undefined || tenant === undefined) return null;
  return { tenant, id: tenantId(tenant), column: rowSecurity.tenantColumn };
}

function tenantSettings(pipeline: Pipeline, params: ParameterValues): Readonly<Record<string, string>> {
  const tenancy = tenancyOf(pipeline, params);
  return tenancy === null || pipeline.rowSecurity === undefined ? {} : { [pipeline.rowSecurity.setting]: tenancy.id };
}

function notLoaded(connector: string): WaybillError {
  return new WaybillError('configuration', `waybill does not load into ${connector}.`, {
    hint: 'Give a postgres:// URL as --target.',
  });
}

function serverOf(url: string): string {
  try {
    const { protocol, host, username } = new URL(url);
    return `${protocol}//${username}@${host}`;
  } catch {
    return url; // a path; the connector says what is wrong with it
  }
}

function unknownSchema(name: string, names: readonly string[]): WaybillError {
  return new WaybillError('configuration', `The pipeline reads no schema called ${name}.`, {
    hint: `Use --source URL or one of: ${names.map((n) => `--source ${n}=URL`).join(', ')}.`,
  });
}

/** Either URL would be a guess. */
function sourceTwice(schema: string): WaybillError {
  const what = schema === '' ? 'for the whole source' : `for the schema ${schema}`;
  return new WaybillError('usage', `--source is given twice ${what}.`, {
    hint: 'Give it once, or once a schema as --source schema=URL.',
  });
}

/** The environment variable that holds this URL; it may come from the file .env. */
function variableOf(url: string, environment: Environment): string | null {
  return Object.keys(environment).find((name) => /^WAYBILL_\w*URL$/.test(name) && environment[name] === url) ?? null;
}

/** Adds where a URL comes from that was not typed with the command. */
async function fromVariable<T>(opening: Promise<T>, variable: string | null): Promise<T> {
  return opening.catch((error: unknown) => {
    if (variable === null || !(error instanceof WaybillError)) throw error;
    const { code, message, hint, cause } = error;
    throw new WaybillError(code, `${message} It is the value of ${variable}.`, { hint, cause });
  });
}

function noSource(name: string): WaybillError {
  return new WaybillError('configuration', 'No source is named.', {
    hint: `Give --source URL, or set WAYBILL_SOURCE_URL or WAYBILL_SOURCE_${name.toUpperCase()}_URL.`,
  });
}

function twoServers(): WaybillError {
  return new WaybillError('configuration', 'The source schemas are on different servers, which share no snapshot.', {
    hint: 'Export each server to JSON Lines, or bring the schemas together on one server.',
  });
}
