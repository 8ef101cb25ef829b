import type { TableName } from '../../../core/model/schema.ts';
import type { Inspector } from '../../../core/ports/source.ts';
import { aggregateColumns } from './aggregates.ts';
import { findDuplicates } from './duplicates.ts';
import { findOrphans } from './orphans.ts';
import { findSpellings } from './spellings.ts';
import type { TableFiles } from './table-files.ts';

/** About 1.5 GB of keys at worst. */
const MAX_KEYS = 20_000_000;

/**
 * Makes an inspector that reads the files. Keys are compared as their database does (`foldOf`). Orphans and duplicates hold
 * up to 20 million keys in memory and are incomplete when that is not enough.
 */
export function fileInspector(files: TableFiles, maxKeys = MAX_KEYS): Inspector {
  return {
    server: async () => null,
    tables: async (schemas) => {
      const all = await files.tables(schemas);
      const own = all.filter((table) => schemas.includes(schemaOf(table.name)));
      return own.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    },
    structure: async () => null,
    count: (table) => files.count(table),
    aggregates: (table, columns) => aggregateColumns(files, table, columns),
    orphans: (question, limit) => findOrphans(files, question, limit, maxKeys),
    spellings: (question, limit) => findSpellings(files, question, limit, maxKeys),
    sequences: async () => files.sequences ?? null,
    duplicates: (table, columns, limit) => findDuplicates(files, { table, columns }, limit, maxKeys),
  };
}

/** The part before the first dot; `''` for a name without one. */
function schemaOf(name: TableName): string {
  return name.slice(0, Math.max(0, name.indexOf('.')));
}
