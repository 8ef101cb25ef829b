import type { Ignorable } from '../../../core/model/key-fold.ts';
import type { Column } from '../../../core/model/schema.ts';
import type { ColumnStructure } from '../../../core/ports/structure.ts';
import { groupRows, type LocatedTable } from '../schema.ts';
import type { TextRow } from '../session-pool.ts';
import type { Catalog } from './catalog.ts';
import { parseDefault } from './column-default.ts';

/** The name under which tools keep comments as an extended property. */
const comment = `p.class = 1 and p.name = N'MS_Description'`;

/** Reads the columns of tables, by table. */
export async function readColumns({
  ask,
  within,
}: Catalog): Promise<(located: LocatedTable) => readonly ColumnStructure[]> {
  const rows = await ask(`
    select c.object_id, c.name, d.definition, c.is_identity, k.definition, k.is_persisted, c.generated_always_type,
      c.is_column_set, c.collation_name, convert(nvarchar(4000), p.value)
    from sys.columns c
    join sys.tables t on t.object_id = c.object_id join sys.schemas s on s.schema_id = t.schema_id
    left join sys.default_constraints d on d.object_id = c.default_object_id
    left join sys.computed_columns k on k.object_id = c.object_id and k.column_id = c.column_id
    left join sys.extended_properties p on p.major_id = c.object_id and p.minor_id = c.column_id and ${comment}
    where ${within('s.name')}`);
  const groups = groupRows(rows);
  return ({ id, table }) => {
    const byName = new Map((groups.get(id) ?? []).map((row) => [row[1], row]));
    return table.columns.map((column) => columnOf(column, byName.get(column.name) ?? []));
  };
}

function columnOf(column: Column, row: TextRow): ColumnStructure {
  const [, , initial = null, isIdentity, , , , , collation = null, text = null] = row;
  return {
    ...column,
    comment: text || null,
    default: initial === null ? null : parseDefault(column.type, initial),
    // Other values need the setting identity_insert.
    identity: isIdentity === '1' ? 'always' : null,
    generated: generatedBy(row),
    collation: column.type.kind === 'text' ? collationOf(collation) : null,
    isSetOnUpdate: false,
  };
}

/** What `generated_always_type` means, as DDL writes it (`sys.columns`). */
const periods: Readonly<Record<string, string>> = {
  1: 'generated always as row start',
  2: 'generated always as row end',
  5: 'generated always as transaction_id start',
  6: 'generated always as transaction_id end',
  7: 'generated always as sequence_number start',
  8: 'generated always as sequence_number end',
};

function generatedBy(row: TextRow): ColumnStructure['generated'] {
  const [, , , , computed, isPersisted, period, isColumnSet] = row;
  if (computed) return { expression: computed, isStored: isPersisted === '1' };
  if (isColumnSet === '1') return { expression: 'column_set for all_sparse_columns', isStored: false };
  const expression = periods[period ?? ''];
  return expression === undefined ? null : { expression, isStored: true };
}

function collationOf(name: string | null): ColumnStructure['collation'] {
  return name === null ? null : { name, ignores: ignoredBy(name) };
}

/** What a collation ignores, by its name: `SQL_Latin1_General_CP1_CI_AS` case, `Latin1_General_100_BIN2` neither case nor accents. */
function ignoredBy(collation: string): readonly Ignorable[] {
  const parts = new Set(collation.toUpperCase().split('_'));
  return [
    'trailing-blanks',
    ...(parts.has('CI') ? (['case'] as const) : []),
    ...(parts.has('AI') ? (['accents'] as const) : []),
  ];
}

/** Reads the comments of tables, by their ids. */
export async function readTableComments({ ask, within }: Catalog): Promise<ReadonlyMap<string, string>> {
  const rows = await ask(`
    select t.object_id, convert(nvarchar(4000), p.value)
    from sys.extended_properties p
    join sys.tables t on t.object_id = p.major_id join sys.schemas s on s.schema_id = t.schema_id
    where ${comment} and p.minor_id = 0 and ${within('s.name')}`);
  return new Map(rows.flatMap(([id, text]) => (text ? [[id as string, text] as const] : [])));
}
