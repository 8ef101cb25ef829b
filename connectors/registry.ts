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

/** Loads the connector of a URL. @throws WaybillError 'configuration' when no connector has its scheme. */
export async function connectorFor(url: string): Promise<Connector> {
  const scheme = url.slice(0, Math.max(0, url.indexOf(':')));
  const load = connectors[scheme];
  if (load === undefined) {
    throw new WaybillError('configuration', `No connector reads URLs that start with "${scheme}:".`, {
      hint: `Use one of: ${schemes.join(', ')}.`,
    });
  }
  return load();
}
