import type { Ignorable } from '../../../core/model/key-fold.ts';
import type { Column } from '../../../core/model/schema.ts';
import type { ColumnDefault, ColumnStructure } from '../../../core/ports/structure.ts';
import { quoteName } from '../names.ts';
import type { LocatedTable, Place, TextRow } from '../schema.ts';
import { decoderOf, selected } from '../wire/decode.ts';
import { type CatalogServer, expressionOf, groupByTable, ifReadable } from './catalog-server.ts';
import { canonicalText, parseDefault } from './column-default.ts';

/** Reads the columns of tables, by table. */
export async function readColumns(
  server: CatalogServer,
  tables: readonly LocatedTable[],
): Promise<ReadonlyMap<LocatedTable, readonly ColumnStructure[]>> {
  const generation = server.has('COLUMNS', 'GENERATION_EXPRESSION') ? 'generation_expression' : 'null';
  const rows = await server.ask(`
    select table_schema, table_name, column_name, column_default, extra, column_comment, collation_name, ${generation}
    from information_schema.columns where ${server.within('table_schema')}`);
  const groups = groupByTable(server, rows);
  const read = new Map<LocatedTable, readonly ColumnStructure[]>();
  for (const located of tables) {
    const { schema, table } = located.live;
    read.set(located, await columnsOf(server, located, groups.get(server.idOf(schema, table)) ?? []));
  }
  return read;
}

async function columnsOf(
  server: CatalogServer,
  { table, live }: LocatedTable,
  rows: readonly TextRow[],
): Promise<readonly ColumnStructure[]> {
  const byName = new Map(rows.map((row) => [row[2], row]));
  const lossy: Column[] = [];
  const columns = table.columns.map((column) => {
    const { isLossy, ...found } = columnOf(server, column, byName.get(column.name) ?? []);
    if (isLossy) lossy.push(column);
    return found;
  });
  if (lossy.length === 0) return columns;
  const exact = await readDefaults(server, live, lossy);
  return columns.map((column) => ({ ...column, default: exact.get(column.name) ?? column.default }));
}

function columnOf(
  { dialect }: CatalogServer,
  column: Column,
  [, , , text = null, extra, comment, collation = null, expression]: TextRow,
): ColumnStructure & { readonly isLossy: boolean } {
  const attributes = extra ?? '';
  const isGenerated = Boolean(expression);
  const isCounter = /\bauto_increment\b/i.test(attributes);
  const hasDefault = !isGenerated && !isCounter;
  const parsed = hasDefault ? parseDefault({ type: column.type, text, extra: attributes }, dialect) : null;
  return {
    ...column,
    comment: comment || null,
    default: parsed?.value ?? null,
    identity: isCounter ? 'by-default' : null,
    generated: isGenerated
      ? { expression: expressionOf(dialect, expression as string), isStored: /stored|persistent/i.test(attributes) }
      : null,
    collation: column.type.kind === 'text' ? collationOf(collation) : null,
    isSetOnUpdate: /\bon update current_timestamp/i.test(attributes),
    isLossy: parsed?.isLossy ?? false,
  };
}

function collationOf(name: string | null): ColumnStructure['collation'] {
  return name === null ? null : { name, ignores: ignoredBy(name) };
}

/** What a collation ignores, by its name: `latin1_swedish_ci` and `utf8mb4_0900_ai_ci` case, `utf8mb4_bin` and `utf8mb4_0900_as_cs` not. */
function ignoredBy(collation: string): readonly Ignorable[] {
  const blanks: Ignorable[] = /nopad|_0900_|^binary$/.test(collation) ? [] : ['trailing-blanks'];
  if (!/_ci(?:_|$)/.test(collation)) return blanks;
  const keepsAccents = /_as_ci|^latin1_general_ci$/.test(collation);
  return [...blanks, 'case', ...(keepsAccents ? [] : (['accents'] as const))];
}

/**
 * Reads defaults as values of their columns, since the text of the catalog loses bytes and characters. A default that this
 * user may not read is the expression that gives it.
 */
async function readDefaults(
  { pool }: CatalogServer,
  { schema, table }: Place,
  columns: readonly Column[],
): Promise<ReadonlyMap<string, ColumnDefault>> {
  const list = columns.map(({ name, type }) => selected(`default(t.${quoteName(name)})`, type)).join(', ');
  const sql = `select ${list} from (select 1) one left join ${quoteName(schema)}.${quoteName(table)} t on false`;
  const decoders = columns.map(({ type }) => decoderOf(type));
  const rows = await ifReadable(pool.rows(sql, 'read the defaults of its columns', decoders));
  const row = rows?.[0] ?? [];
  return new Map(
    columns.map(({ name, type }, i) => {
      const text = canonicalText(type, row[i] ?? null);
      const unread: ColumnDefault = { kind: 'expression', sql: `default(${quoteName(name)})` };
      return [name, text === null ? unread : { kind: 'literal', text }];
    }),
  );
}
