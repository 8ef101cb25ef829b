import type { Column, SchemaContract, TableSchema } from '../model/schema.ts';
import type { Row, Value } from '../model/value.ts';
import type { OtherRows } from './mapper.ts';
import { columnsUsed, type Known, type Mapping } from './mapping.ts';
import type { Survey } from './survey.ts';

/** The rows of a table by one key: its text → the requested columns. All of it is in memory. */
type RowsByKey = ReadonlyMap<string, Row>;

/** The joins of one mapping, checked against the contract. */
export interface PlannedJoins {
  /** The source table with the joined columns (`name.column`, nullable) behind its own. */
  readonly extended: TableSchema;
  readonly joins: readonly PlannedJoin[];
  /** Finds whether the winner's table has a row of a key; null where the mapping yields to no table. */
  readonly winner: Survey<RowsByKey> | null;
  /** Problems, one sentence each. */
  readonly problems: readonly string[];
}

interface PlannedJoin {
  readonly survey: Survey<RowsByKey>;
  /** Index of the key in the row, counting the columns of earlier joins. */
  readonly by: number;
  /** The values joined where no row is found. */
  readonly none: Row;
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
  for (const [name, { table: tableName, by, on }] of Object.entries(mapping.joins ?? {})) {
    const table = tables.get(tableName);
    const key = table?.columns.find((c) => c.name === (on ?? (table.key.length === 1 ? table.key[0] : undefined)));
    const place = columns.findIndex((c) => c.name === by);
    if (table === undefined || key === undefined) {
      problems.push(`The join ${name} finds no one column to look ${tableName} up by.`);
    } else if (columns[place]?.type.kind !== key.type.kind) {
      problems.push(`The join ${name} compares ${by} with ${key.name} of ${tableName}, which is not of its type.`);
    } else {
      const names = joinedColumns(mapping, name);
      const survey = rowsByKey(tableName, [key.name], names);
      joins.push({ survey, by: place, none: names.map(() => null) });
      // A column that the table does not have is left out, so that the plan reports the rule that reads it.
      const joined = names.flatMap((c) => table.columns.find(({ name: own }) => own === c) ?? []);
      columns.push(...joined.map((c) => ({ ...c, name: `${name}.${c.name}`, nullable: true })));
    }
  }
  const { winner, problem } = winnerOf(mapping, source, tables);
  return { extended: { ...source, columns }, joins, winner, problems: [...problems, ...problem] };
}

/** The surveys that the joins and the winner of a mapping need. */
export function joinSurveys(
  mapping: Mapping,
  contract: Readonly<Record<string, SchemaContract>>,
): readonly Survey<RowsByKey>[] {
  const keyOf = (table: string): readonly string[] => {
    const [schema, name] = table.split('.') as [string, string];
    return contract[schema]?.[name]?.key ?? [];
  };
  const { joins = {}, yieldsTo } = mapping;
  return [
    ...Object.entries(joins).map(([name, { table, on }]) =>
      rowsByKey(table, on === undefined ? keyOf(table) : [on], joinedColumns(mapping, name)),
    ),
    ...(yieldsTo === undefined ? [] : [rowsByKey(yieldsTo, keyOf(yieldsTo), [])]),
  ];
}

/** The columns of a join that rules, the filter or other joins read, each once. */
function joinedColumns(mapping: Mapping, name: string): readonly string[] {
  const own = columnsUsed(mapping).filter((c) => c.startsWith(`${name}.`));
  return [...new Set(own.map((c) => c.slice(name.length + 1)))].sort();
}

function rowsByKey(from: string, on: readonly string[], columns: readonly string[]): Survey<RowsByKey> {
  return {
    name: `${from} by ${on.join(', ')}: ${columns.join(', ')}`,
    from,
    reads: [...on, ...columns],
    detail: '',
    isJoined: true,
    begin: () => {
      const rows = new Map<string, Row>();
      return {
        add(values) {
          const key = keyText(on.map((name) => values[name] as Value));
          if (key !== null)
            rows.set(
              key,
              columns.map((name) => values[name] as Value),
            );
        },
        facts: () => rows,
      };
    },
  };
}

function winnerOf(
  { yieldsTo }: Mapping,
  source: TableSchema,
  tables: ReadonlyMap<string, TableSchema>,
): { winner: Survey<RowsByKey> | null; problem: readonly string[] } {
  const table = yieldsTo === undefined ? undefined : tables.get(yieldsTo);
  if (yieldsTo === undefined || table === undefined) return { winner: null, problem: [] };
  const kindsOf = ({ columns, key }: TableSchema): string =>
    key.map((name) => columns.find((c) => c.name === name)?.type.kind).join();
  if (source.key.length > 0 && kindsOf(source) === kindsOf(table))
    return { winner: rowsByKey(yieldsTo, table.key, []), problem: [] };
  return { winner: null, problem: [`It yields to ${yieldsTo}, whose key is not of the same types.`] };
}

/** The text by which keys are compared; null when any part is null, since such a key matches no row. */
function keyText(values: Row): string | null {
  return values.includes(null) ? null : values.map(String).join('\u0000');
}

/**
 * Answers from the joined tables and the winner's table about a row of `source`.
 * @throws WaybillError 'source-missing-table' when a table was not surveyed.
 */
export function otherRows(source: TableSchema, planned: PlannedJoins, known: Known): OtherRows {
  const places = planned.winner === null ? [] : placesOfKey(source);
  const reads = [...planned.joins.map(({ by }) => by), ...places];
  return { reads, lostTo: loserTest(source, planned, known), extend: rowExtender(planned, known) };
}

/** Appends the joined columns to a row; all null where no row was found. */
function rowExtender({ joins }: PlannedJoins, known: Known): (row: Row) => Row {
  if (joins.length === 0) return (row) => row;
  const steps = joins.map(({ survey, by, none }) => ({ by, none, rows: known.facts(survey) }));
  return (row) => {
    const extended: Value[] = [...row];
    for (const { by, rows, none } of steps) {
      const key = keyText([extended[by] as Value]);
      extended.push(...((key === null ? undefined : rows.get(key)) ?? none));
    }
    return extended;
  };
}

/** Names the filter of a row whose key the winner's table has too. */
function loserTest(source: TableSchema, { winner }: PlannedJoins, known: Known): OtherRows['lostTo'] {
  if (winner === null) return () => null;
  const rows = known.facts(winner);
  const places = placesOfKey(source);
  return (row) => {
    const key = keyText(places.map((i) => row[i] as Value));
    return key !== null && rows.has(key) ? `loses to ${winner.from}` : null;
  };
}

function placesOfKey({ key, columns }: TableSchema): number[] {
  return key.map((name) => columns.findIndex((c) => c.name === name));
}
