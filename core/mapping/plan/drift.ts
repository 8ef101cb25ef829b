import type { Column, TableSchema } from '../../model/schema.ts';
import type { Problem } from './problem.ts';

/**
 * Compares what a contract says with a live database; empty when nothing differs. A type `unknown` (a file without types)
 * matches anything, and a table that is left behind may be there in any shape or not at all.
 */
export function driftOf(
  contract: readonly TableSchema[],
  live: readonly TableSchema[],
  side: 'source' | 'target',
): Problem[] {
  const liveTables = new Map(live.map((t) => [t.name, t]));
  const known = new Set(contract.map((t) => t.name));
  const absent = absentSchemas(contract, live);
  const problems: Problem[] = [...absent].map(([schema, tables]) => ({
    subject: schema,
    message: `The ${side} has none of the ${tables} tables of this schema. Check its name in the URL.`,
  }));
  const differing = contract.flatMap((table) => {
    if (table.leftBehind !== undefined || absent.has(schemaOf(table))) return [];
    const found = liveTables.get(table.name);
    if (found === undefined) return [{ subject: table.name, message: `The ${side} does not have this table.` }];
    return showsNothing(found) ? [] : columnDrift(table, found, side);
  });
  problems.push(...differing);
  for (const { name } of live) {
    if (!known.has(name) && !absent.has(schemaOf({ name })))
      problems.push({ subject: name, message: `The ${side} has a table that the contract does not know.` });
  }
  return problems;
}

/** The schemas of which no table is there, and how many should be: one wrong name in a URL is one problem. */
function absentSchemas(contract: readonly TableSchema[], live: readonly TableSchema[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const expected = contract.filter(({ leftBehind }) => leftBehind === undefined);
  for (const table of expected) counts.set(schemaOf(table), (counts.get(schemaOf(table)) ?? 0) + 1);
  const found = new Set(live.map(({ name }) => name));
  for (const table of expected) if (found.has(table.name)) counts.delete(schemaOf(table));
  for (const [schema, tables] of counts) if (schema === '' || tables === 1) counts.delete(schema);
  return counts;
}

/** `c01.tbl_order` → `c01`; empty for a table of the target. */
function schemaOf({ name }: Pick<TableSchema, 'name'>): string {
  return name.includes('.') ? name.slice(0, name.indexOf('.')) : '';
}

/** Whether a table comes from a file without types and without rows, which shows no columns. */
function showsNothing(live: TableSchema): boolean {
  return live.columns.length === 0 && live.estimatedRows === 0;
}

function columnDrift(table: TableSchema, live: TableSchema, side: string): Problem[] {
  const liveColumns = new Map(live.columns.map((c) => [c.name, c]));
  const known = new Set(table.columns.map((c) => c.name));
  const problems = table.columns.flatMap((column) => differences(table, column, liveColumns.get(column.name), side));
  for (const { name } of live.columns) {
    if (known.has(name)) continue;
    problems.push({
      subject: `${table.name}.${name}`,
      message: `The ${side} has a column that the contract does not know.`,
    });
  }
  const isTyped = live.columns.every((c) => c.type.native !== 'unknown');
  if (isTyped && table.key.join() !== live.key.join()) {
    problems.push({ subject: table.name, message: `The ${side} has another primary key than the contract.` });
  }
  if (isTyped && side === 'source') problems.push(...lostKeys(table, live));
  return problems;
}

/** A key that the source lost no longer keeps its rows apart. One that it gained changes nothing. */
function lostKeys(table: TableSchema, live: TableSchema): Problem[] {
  const sorted = (key: readonly string[]): string => [...key].sort().join(', ');
  const found = new Set([live.key, ...live.unique].map(sorted));
  return table.unique
    .filter((key) => !found.has(sorted(key)))
    .map((key) => ({ subject: table.name, message: `The source does not have the unique key (${key.join(', ')}).` }));
}

function differences(table: TableSchema, column: Column, live: Column | undefined, side: string): Problem[] {
  const subject = `${table.name}.${column.name}`;
  if (live === undefined) return [{ subject, message: `The ${side} does not have this column.` }];
  if (live.type.native === 'unknown') return [];
  if (typeText(column, side) !== typeText(live, side)) {
    return [{ subject, message: `The ${side} has type ${live.type.native}, the contract ${column.type.native}.` }];
  }
  if (column.nullable === live.nullable) return [];
  return [{ subject, message: `The ${side} ${live.nullable ? 'allows' : 'forbids'} NULL, the contract does not.` }];
}

/** Two names of one type (`varchar(50)`, `character varying(50)`) are not drift. A source of files does not say how a value was stored. */
function typeText({ type }: Column, side: string): string {
  return JSON.stringify([
    type.kind,
    type.length ?? null,
    type.precision ?? null,
    type.scale ?? null,
    type.labels ?? null,
    side === 'target' ? (type.form ?? null) : null,
    type.kind === 'other' ? type.native : null,
  ]);
}
