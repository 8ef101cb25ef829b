import type { CatalogEntry, Target } from '../../core/ports/target.ts';
import { failpoint } from '../failpoint.ts';

/** An object of a live schema that is not what its DDL makes. */
export interface SchemaDifference {
  readonly object: string;
  readonly how: 'missing' | 'unexpected' | 'changed';
  /** What the DDL makes; null when it makes no such object. */
  readonly wanted: string | null;
  readonly found: string | null;
}

/**
 * Makes the versions that stand in `live` once more in `scratch`, an empty schema that is dropped again, and compares the
 * two catalogs.
 */
export async function schemaDrift(live: Target, scratch: Target, directory: string): Promise<SchemaDifference[]> {
  const version = (await live.versions(directory)).filter(({ isDone }) => isDone).at(-1)?.number ?? 0;
  try {
    if (version > 0) await scratch.migrate(directory, version);
    failpoint('scratch-made');
    return differencesOf(await scratch.inspector.catalog(), await live.inspector.catalog());
  } finally {
    await scratch.drop();
  }
}

function differencesOf(wanted: readonly CatalogEntry[], found: readonly CatalogEntry[]): SchemaDifference[] {
  const live = new Map(found.map(({ object, definition }) => [object, definition]));
  const made = new Map(wanted.map(({ object, definition }) => [object, definition]));
  return [...new Set([...made.keys(), ...live.keys()])].sort().flatMap((object): SchemaDifference[] => {
    const [want, is] = [made.get(object) ?? null, live.get(object) ?? null];
    if (want === is) return [];
    const how = is === null ? 'missing' : want === null ? 'unexpected' : 'changed';
    return [{ object, how, wanted: want, found: is }];
  });
}
