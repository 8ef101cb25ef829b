import type { CatalogEntry, SchemaDifference, Target } from '../core/ports/target.ts';

/** Compares a live schema with what the versions of the DDL that are applied to it make. */
export async function schemaDrift(live: Target, directory: string): Promise<SchemaDifference[]> {
  const version = (await live.versions(directory)).filter(({ isDone }) => isDone).at(-1)?.number ?? 0;
  const wanted = version === 0 ? [] : await live.ddlCatalog(directory, version);
  return differencesOf(wanted, (await live.inspector.catalog()) ?? []);
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
