import type { CatalogEntry, DdlState, SchemaDifference, Target } from '../core/ports/target.ts';

/** What the versions of the DDL that are applied to a live schema make. */
export async function appliedDdl(live: Target, directory: string): Promise<DdlState> {
  const version = (await live.versions(directory)).filter(({ isDone }) => isDone).at(-1)?.number ?? 0;
  return version === 0 ? { objects: [], rows: {} } : live.ddlState(directory, version);
}

/** Compares a live schema with what its DDL makes. */
export async function schemaDrift(live: Target, { objects }: DdlState): Promise<SchemaDifference[]> {
  return differencesOf(objects, (await live.inspector.catalog()) ?? []);
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
