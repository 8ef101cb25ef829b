import type { CatalogEntry, SchemaDifference, Target } from '../core/ports/target.ts';
import { failpoint } from './failpoint.ts';

/**
 * Compares a live schema with its DDL. The versions applied to `live` are applied to `scratch`, an empty schema that is dropped
 * afterwards, and the two catalogs are compared.
 */
export async function schemaDrift(live: Target, scratch: Target, directory: string): Promise<SchemaDifference[]> {
  const version = (await live.versions(directory)).filter(({ isDone }) => isDone).at(-1)?.number ?? 0;
  try {
    if (version > 0) await scratch.migrate(directory, version);
    failpoint('scratch-made');
    // Without an applied version there is no scratch schema.
    return differencesOf((await scratch.inspector.catalog()) ?? [], (await live.inspector.catalog()) ?? []);
  } finally {
    await scratch.drop();
  }
}

function differencesOf(wanted: readonly CatalogEntry[], found: readonly CatalogEntry[]): SchemaDifference[] {
  const live = new Map(found.map(({ object, definition }) => [object, definition]));
  const ddl = new Map(wanted.map(({ object, definition }) => [object, definition]));
  return [...new Set([...ddl.keys(), ...live.keys()])].sort().flatMap((object): SchemaDifference[] => {
    const [expected, actual] = [ddl.get(object) ?? null, live.get(object) ?? null];
    if (expected === actual) return [];
    const how = actual === null ? 'missing' : expected === null ? 'unexpected' : 'changed';
    return [{ object, how, wanted: expected, found: actual }];
  });
}
