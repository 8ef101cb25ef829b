import { connectorFor } from '../../connectors/registry.ts';
import { WaybillError } from '../../core/model/errors.ts';
import type { Connector } from '../../core/ports/connector.ts';
import type { Target } from '../../core/ports/target.ts';
import type { Generated } from '../../project/generate.ts';
import type { ProjectOptions } from '../../project/options.ts';
import { generateTargetFrom } from '../../project/target-from/generate.ts';
import type { Matches } from '../../project/target-from/matches.ts';
import { readSource } from '../make-project.ts';

/** A project into a schema that another tool made. */
export interface MadeTargetFrom extends Generated {
  /** How the names of both sides match. */
  readonly proposed: Matches;
  /** What waybill leaves where it is, one sentence each. */
  readonly notes: readonly string[];
}

/**
 * Makes a project from a source and from a target that another tool made. Changes neither.
 * @throws WaybillError as `makeProject`; 'configuration' when the target has no tables.
 */
export async function makeTargetFrom(
  urls: { readonly source: string; readonly target: string },
  options: ProjectOptions,
  onTable: (text: string) => void,
): Promise<MadeTargetFrom> {
  const connector = await connectorFor(urls.target);
  const live = connector.schemaOf(urls.target) ?? 'public';
  return withTarget(connector, urls.target, live, async (target) => {
    const structure = await target.inspector.structure(['']);
    if (structure === null || structure.tables.length === 0) throw emptyTarget(target.label, live);
    const { from } = await readSource({ url: urls.source, schemas: [] }, options, onTable);
    const made = await generateTargetFrom({
      ...{ ...from, live, target: structure },
      blueprint: (kept) => target.blueprint(kept),
    });
    return { ...made, notes: await notesOf(connector, urls.target) };
  });
}

async function withTarget<T>(
  { name, openTarget }: Connector,
  url: string,
  schema: string,
  work: (target: Target) => Promise<T>,
): Promise<T> {
  if (openTarget === undefined) {
    throw new WaybillError('configuration', `waybill does not load into ${name}.`, {
      hint: 'Give a postgres:// URL as --target-from.',
    });
  }
  const target = await openTarget(url, { schema, settings: {} });
  try {
    return await work(target);
  } finally {
    await target.close();
  }
}

/** Drizzle writes its migrations into a schema of its own, which no cutover renames. */
const elsewhere = { schema: 'drizzle', table: '__drizzle_migrations' };

async function notesOf(connector: Connector, url: string): Promise<string[]> {
  const { schema, table } = elsewhere;
  const catalog = await withTarget(connector, url, schema, ({ inspector }) => inspector.catalog());
  const isThere = catalog?.some(({ object }) => object === `table ${table}`) === true;
  return isThere ? [`${schema}.${table} is in a schema of its own and stays as it is`] : [];
}

function emptyTarget(label: string, schema: string): WaybillError {
  return new WaybillError('configuration', `${label} has no tables in the schema ${schema}.`, {
    hint: 'Run the migrations of the tool that makes it first, or name another schema in the URL: ?schema=NAME.',
  });
}
