import type { Mapping } from './mapping.ts';
import type { Column, TableSchema } from './schema.ts';
import type { Row, Value } from './value.ts';

/** Rows of another source table that must be known before a row can be mapped. */
export interface Lookup {
  readonly table: TableSchema;
  /** The columns that make the key they are asked by. */
  readonly on: readonly string[];
  /** The columns that are asked for; none when it only matters whether the row is there. */
  readonly columns: readonly string[];
}

/** What was read for the lookups: `keyText` of a row → the values of the lookup's columns. */
export type Found = ReadonlyMap<Lookup, ReadonlyMap<string, Row>>;

/** The joins of one mapping, checked against the contract. */
export interface PlannedJoins {
  /** The source table with the joined columns (`name.column`, nullable) behind its own. */
  readonly extended: TableSchema;
  readonly joins: readonly PlannedJoin[];
  /** Asks whether the winner's table has a row of the same key; null where the mapping yields to none. */
  readonly winner: Lookup | null;
  /** Sentences about what does not hold. */
  readonly problems: readonly string[];
}

interface PlannedJoin {
  readonly lookup: Lookup;
  /** Where the key stands in the row, the joined columns before this join's included. */
  readonly by: number;
}

/** Plans the joins of a mapping; `tables` are those of the source contract. */
export function planJoins(
  mapping: Mapping,
  source: TableSchema,
  tables: ReadonlyMap<string, TableSchema>,
): PlannedJoins {
  const columns: Column[] = [...source.columns];
  const joins: PlannedJoin[] = [];
  const problems: string[] = [];
  const used = usedNames(mapping);
  for (const [name, join] of Object.entries(mapping.joins ?? {})) {
    const table = tables.get(join.table);
    const on = join.on ?? table?.key[0];
    const by = columns.findIndex((c) => c.name === join.by);
    const key = table?.columns.find((c) => c.name === on);
    if (table === undefined || key === undefined || (join.on === undefined && table.key.length !== 1)) {
      problems.push(`The join ${name} finds no one column to look ${join.table} up by.`);
      continue;
    }
    if (columns[by]?.type.kind !== key.type.kind) {
      problems.push(`The join ${name} compares ${join.by} with ${key.name} of ${join.table}, which differ in type.`);
      continue;
    }
    const joined = table.columns.filter((c) => used.has(`${name}.${c.name}`));
    joins.push({ lookup: { table, on: [key.name], columns: joined.map((c) => c.name) }, by });
    columns.push(...joined.map((c) => ({ ...c, name: `${name}.${c.name}`, nullable: true })));
  }
  const { winner, problem } = winnerOf(mapping, source, tables);
  if (problem !== null) problems.push(problem);
  return { extended: { ...source, columns }, joins, winner, problems };
}

function usedNames({ columns, filter, joins }: Mapping): ReadonlySet<string> {
  const read = Object.values(columns).flatMap((rule) => rule.reads as readonly string[]);
  return new Set([...read, ...(filter?.reads ?? []), ...Object.values(joins ?? {}).map((join) => join.by)]);
}

function winnerOf(
  { yieldsTo }: Mapping,
  source: TableSchema,
  tables: ReadonlyMap<string, TableSchema>,
): { winner: Lookup | null; problem: string | null } {
  if (yieldsTo === undefined) return { winner: null, problem: null };
  const table = tables.get(yieldsTo);
  if (table === undefined)
    return { winner: null, problem: `It yields to ${yieldsTo}, which the contract does not have.` };
  const kindsOf = ({ columns, key }: TableSchema): string =>
    key.map((name) => columns.find((c) => c.name === name)?.type.kind).join();
  if (source.key.length > 0 && kindsOf(source) === kindsOf(table)) {
    return { winner: { table, on: table.key, columns: [] }, problem: null };
  }
  return { winner: null, problem: `It yields to ${yieldsTo}, whose key is not of the same types.` };
}

/** A key as lookups compare it; null when a part of it is, for then it is nobody's. */
export function keyText(values: Row): string | null {
  return values.includes(null) ? null : values.map(String).join('\u0000');
}

/** All lookups of a mapping. */
export function lookupsOf({ joins, winner }: PlannedJoins): readonly Lookup[] {
  return [...joins.map((join) => join.lookup), ...(winner === null ? [] : [winner])];
}

/** Puts the joined columns behind a row's own; all null where no row was found. */
export function rowExtender({ joins }: PlannedJoins, found: Found): (row: Row) => Row {
  if (joins.length === 0) return (row) => row;
  const steps = joins.map(({ lookup, by }) => ({
    by,
    rows: rowsOf(found, lookup),
    none: lookup.columns.map(() => null),
  }));
  return (row) => {
    const extended: Value[] = [...row];
    for (const { by, rows, none } of steps) {
      const key = keyText([extended[by] as Value]);
      extended.push(...((key === null ? undefined : rows.get(key)) ?? none));
    }
    return extended;
  };
}

/** Whether the winner's table has a row of this row's key. */
export function loserTest(source: TableSchema, { winner }: PlannedJoins, found: Found): (row: Row) => boolean {
  if (winner === null) return () => false;
  const rows = rowsOf(found, winner);
  const places = source.key.map((name) => source.columns.findIndex((c) => c.name === name));
  return (row) => {
    const key = keyText(places.map((i) => row[i] as Value));
    return key !== null && rows.has(key);
  };
}

/** Taking a row for unknown because nobody looked would change it silently. */
function rowsOf(found: Found, lookup: Lookup): ReadonlyMap<string, Row> {
  const rows = found.get(lookup);
  if (rows === undefined) throw new RangeError(`${lookup.table.name} was not looked up before mapping`);
  return rows;
}
