import type { Column, SchemaContract, TableSchema } from '../model/schema.ts';
import type { Row, Value } from '../model/value.ts';
import type { OtherRows } from './mapper.ts';
import { columnsUsed, type Known, type Mapping } from './mapping.ts';
import type { Survey } from './survey.ts';
import { type Winners, winnersOver } from './winners.ts';

/** The rows of a table by one key: its text → the requested columns. All of it is in memory. */
export type RowsByKey = ReadonlyMap<string, Row>;

/** The joins of one mapping, checked against the contract. */
export interface PlannedJoins {
  /** The source table with the joined columns (`name.column`, nullable) behind its own. */
  readonly extended: TableSchema;
  readonly joins: readonly PlannedJoin[];
  /** Null where the mapping yields to no table. */
  readonly yielding: Yielding | null;
  /** The winners over the tables that yield to the mapping's own. */
  readonly won: readonly Survey<Winners>[];
  /** Whether another mapping of the target table has rows of the same keys. */
  readonly hasTwins: boolean;
  /** Problems, one sentence each. */
  readonly problems: readonly string[];
}

/** A mapping that yields to another table of keys of the same types. */
export interface Yielding {
  /** The source table that wins. */
  readonly to: string;
  /** The keys of the mapping's own rows. */
  readonly keys: Survey<RowsByKey>;
  readonly winners: Survey<Winners>;
}

interface PlannedJoin {
  readonly survey: Survey<RowsByKey>;
  /** Index of the key in the row, counting the columns of earlier joins. */
  readonly by: number;
  /** The values joined where no row is found. */
  readonly none: Row;
}

/** Plans the joins of a mapping; `tables` are those of the source contract, `mappings` those of the pipeline. */
export function planJoins(
  mapping: Mapping,
  source: TableSchema,
  tables: ReadonlyMap<string, TableSchema>,
  mappings: readonly Mapping[],
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
  const { yielding, problem } = yieldingOf(mapping, source, tables);
  const losers = mappings.filter(({ to, yieldsTo }) => to === mapping.to && yieldsTo === mapping.from);
  const won = losers.map(({ from }) => winnersOver(from));
  const hasTwins = yielding !== null || won.length > 0;
  return { extended: { ...source, columns }, joins, yielding, won, hasTwins, problems: [...problems, ...problem] };
}

/** The surveys of other tables that the joins of a mapping need, and of its own keys if it yields. */
export function joinSurveys(
  mapping: Mapping,
  contract: Readonly<Record<string, SchemaContract>>,
): readonly Survey<RowsByKey>[] {
  const keyOf = (table: string): readonly string[] => {
    const [schema, name] = table.split('.') as [string, string];
    return contract[schema]?.[name]?.key ?? [];
  };
  const { from, joins = {}, yieldsTo } = mapping;
  return [
    ...Object.entries(joins).map(([name, { table, on }]) =>
      rowsByKey(table, on === undefined ? keyOf(table) : [on], joinedColumns(mapping, name)),
    ),
    ...(yieldsTo === undefined ? [] : [rowsByKey(from, keyOf(from), [])]),
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

function yieldingOf(
  { from, yieldsTo: to }: Mapping,
  source: TableSchema,
  tables: ReadonlyMap<string, TableSchema>,
): { yielding: Yielding | null; problem: readonly string[] } {
  const table = to === undefined ? undefined : tables.get(to);
  if (to === undefined || table === undefined) return { yielding: null, problem: [] };
  const kindsOf = ({ columns, key }: TableSchema): string =>
    key.map((name) => columns.find((c) => c.name === name)?.type.kind).join();
  if (source.key.length > 0 && kindsOf(source) === kindsOf(table))
    return { yielding: { to, keys: rowsByKey(from, source.key, []), winners: winnersOver(from) }, problem: [] };
  return { yielding: null, problem: [`It yields to ${to}, whose key is not of the same types.`] };
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
  const hasKey = planned.hasTwins ? placesOfKey(source) : [];
  return {
    reads: [...planned.joins.map(({ by }) => by), ...hasKey],
    orphanOf: orphanSearch(source, planned, known),
    winnerOver: winnerSearch(source, planned, known),
    extend: rowExtender(planned, known),
  };
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

/** Finds the row that wins the key of a row. */
function winnerSearch(source: TableSchema, { yielding }: PlannedJoins, known: Known): OtherRows['winnerOver'] {
  if (yielding === null) return () => null;
  const winners = known.facts(yielding.winners);
  const filter = `loses to ${yielding.to}`;
  const keyOf = keyReader(source);
  return (row) => {
    const winner = winners.get(keyOf(row) ?? '');
    return winner === undefined ? null : { filter, winner };
  };
}

function orphanSearch(source: TableSchema, { won }: PlannedJoins, known: Known): OtherRows['orphanOf'] {
  if (won.length === 0) return () => null;
  const keyOf = keyReader(source);
  const all = won.map((survey) => known.facts(survey));
  return (row) => {
    const key = keyOf(row) ?? '';
    return all.map((winners) => winners.get(key)?.orphan ?? null).find((orphan) => orphan !== null) ?? null;
  };
}

/** Reads the key of a row by which it meets rows of other tables; null when any part is null. */
export function keyReader(table: TableSchema): (row: Row) => string | null {
  const places = placesOfKey(table);
  return (row) => keyText(places.map((place) => row[place] as Value));
}

function placesOfKey({ key, columns }: TableSchema): number[] {
  return key.map((name) => columns.findIndex((c) => c.name === name));
}
