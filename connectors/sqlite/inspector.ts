import type { Inspector } from '../../core/ports/source.ts';
import { readAggregates } from './aggregates.ts';
import type { Catalog } from './catalog.ts';
import { findDuplicates, findOrphans, findSpellings, type InspectedDatabase } from './findings.ts';
import { tablesOf } from './schema.ts';
import { readSequences } from './sequences.ts';
import { profileTable } from './structure/profile.ts';
import { structureOf } from './structure/read-structure.ts';

/** What an inspector knows of its file. */
interface InspectedFile extends InspectedDatabase {
  catalog(): Promise<Catalog>;
  /** Whether a logical schema is the one of the file. */
  isOwn(logical: string): boolean;
}

/** Builds the inspector of a file. */
export function inspectorOf(file: InspectedFile): Inspector {
  const { database, naming, catalog, isOwn } = file;
  /** A file has one schema, which may be read under several names. */
  const each = async <T>(schemas: readonly string[], read: (found: Catalog, logical: string) => T): Promise<T[]> => {
    const own = schemas.filter(isOwn);
    return own.length === 0
      ? []
      : own.map(
          (
            (found) => (logical) =>
              read(found, logical)
          )(await catalog()),
        );
  };
  return {
    server: async () => null,
    tables: async (schemas) => (await each(schemas, tablesOf)).flat(),
    structure: async (schemas) => {
      const found = await each(schemas, structureOf);
      return { tables: found.flatMap(({ tables }) => tables), objects: found.flatMap(({ objects }) => objects) };
    },
    profile: (table) => profileTable(file, table),
    count: async (table) => {
      // An index that lacks rows must not hide them.
      const [[count] = []] = await database.rows(
        `select count(*) as c0 from ${naming(table)} not indexed`,
        `count ${table}`,
      );
      return Number(count);
    },
    aggregates: (table, columns) => readAggregates(file, table, columns),
    orphans: (question, limit) => findOrphans(file, question, limit),
    spellings: (question, limit) => findSpellings(file, question, limit),
    sequences: async (schemas) => {
      const found = await each(schemas, (all, logical) => readSequences(database, all, logical));
      return (await Promise.all(found)).flat();
    },
    duplicates: (table, columns, limit) => findDuplicates(file, { table, columns, limit }),
  };
}
