import { WaybillError } from '../core/model/errors.ts';
import type { Connector } from '../core/ports/connector.ts';

/** URL scheme → connector, imported on first use so that a run loads only the drivers it needs. */
const connectors: Readonly<Record<string, () => Promise<Connector>>> = {
  mysql: async () => (await import('./mysql/connector.ts')).mysql,
  postgres: async () => (await import('./postgres/connector.ts')).postgres,
  postgresql: async () => (await import('./postgres/connector.ts')).postgres,
  sqlite: async () => (await import('./sqlite/connector.ts')).sqlite,
  sqlserver: async () => (await import('./sqlserver/connector.ts')).sqlserver,
  jsonl: async () => (await import('./files/connector.ts')).jsonl,
  json: async () => (await import('./files/connector.ts')).json,
  csv: async () => (await import('./files/connector.ts')).csv,
};

/** The schemes that a URL can start with. */
export const schemes: readonly string[] = Object.keys(connectors);

/**
 * Loads the connector of a URL.
 * @throws WaybillError 'configuration' when no connector has its scheme. It does not repeat what has none, because a
 *   password in it cannot be recognised.
 */
export async function connectorFor(url: string, side: 'source' | 'target' = 'source'): Promise<Connector> {
  const [, scheme, slashes] = /^([a-z][a-z\d+.-]*):(\/\/)?/i.exec(url) ?? [];
  if (scheme !== undefined && Object.hasOwn(connectors, scheme))
    return (connectors[scheme] as () => Promise<Connector>)();
  const { localFileError } = await import('./files/connector.ts');
  throw (await localFileError(url)) ?? (slashes === undefined ? withoutScheme(side) : unknownScheme(scheme as string));
}

function unknownScheme(scheme: string): WaybillError {
  return new WaybillError('configuration', `No connector reads URLs that start with "${scheme}:".`, {
    hint: `Use one of: ${schemes.join(', ')}.`,
  });
}

function withoutScheme(side: 'source' | 'target'): WaybillError {
  const example = {
    source: 'mysql://user@host:3306/database, or jsonl:directory',
    target: 'postgres://user@host:5432/database',
  };
  return new WaybillError('configuration', `The URL of the ${side} has no scheme.`, {
    hint: `Write ${example[side]}.`,
  });
}
