import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { connectorFor, schemes } from '../../connectors/registry.ts';
import type { Conforming, Harness } from '../../testing/harness.ts';

/**
 * Every registered connector once, with its harness.
 * @throws if a connector has no harness, because nothing proves that it conforms.
 */
export async function conforming(): Promise<readonly Conforming[]> {
  const connectors = await Promise.all(schemes.map((scheme) => connectorFor(`${scheme}:`)));
  const byName = new Map(connectors.map((connector) => [connector.name, connector]));
  return Promise.all(
    [...byName].map(async ([name, connector]) => ({ name, connector, harness: await harnessOf(name) })),
  );
}

async function harnessOf(name: string): Promise<Harness> {
  const file = new URL(`./${name}.ts`, import.meta.url);
  if (!existsSync(fileURLToPath(file)))
    throw new Error(`connector ${name} has no harness: write test/conformance/${name}.ts`);
  const { harness } = (await import(/* @vite-ignore */ file.href)) as { readonly harness: Harness };
  return harness;
}
