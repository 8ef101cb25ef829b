import { matcherOf } from '../core/inventory/name-pattern.ts';
import type { Relation } from '../core/mapping/pipeline.ts';
import { WaybillError } from '../core/model/errors.ts';
import type { Ignorable } from '../core/model/key-fold.ts';
import type {
  ColumnFacts,
  ColumnStructure,
  ForeignKeyStructure,
  Structure,
  TableStructure,
} from '../core/ports/structure.ts';
import type { ColumnPlace, TargetType } from '../core/ports/target-type.ts';
import { certainlyUnique } from './ddl/long-indexes.ts';
import { mentions } from './ddl/names-in-sql.ts';
import { missingNames } from './ddl/source-sql.ts';
import { carriedDomains } from './ddl/types.ts';
import { type DeclaredType, declaredType } from './declared-type.ts';
import { beyondBigint, keyColumns } from './key-columns.ts';
import { bareName, renameColumns, renamer, renameTables, UniqueNames } from './names.ts';
import type { ProjectOptions } from './options.ts';
import type { Decision } from './project.ts';

/** A column of a target table and where it comes from. */
export interface TargetColumn {
  readonly source: ColumnStructure;
  readonly name: string;
  readonly held: TargetType;
  readonly declared: DeclaredType;
  readonly isRequired: boolean;
  /** Whether the database computes it, so that no rule fills it. */
  readonly isComputed: boolean;
}

/** Whether the target counts the values of a column as the source does. */
export function isIdentity({ source, held }: TargetColumn): boolean {
  return source.identity !== null && /^(?:smallint|integer|bigint)$/.test(held.type);
}

/** A foreign key of the target. */
export interface TargetForeignKey {
  readonly source: ForeignKeyStructure;
  readonly columns: readonly string[];
  readonly parent: string;
  readonly parentColumns: readonly string[];
  readonly orphan: 'null' | 'reject';
  /** What does not count when keys are compared; null where every child has the spelling of its parent. */
  readonly fold: readonly Ignorable[] | null;
}

/** A table of the target and where it comes from. */
export interface TargetTable {
  readonly source: TableStructure;
  readonly name: string;
  readonly columns: readonly TargetColumn[];
  readonly foreignKeys: readonly TargetForeignKey[];
  /** Foreign keys that stay behind, with the reason. */
  readonly lostForeignKeys: readonly { readonly source: ForeignKeyStructure; readonly why: string }[];
}

/** The tables that are carried, and those that stay behind. */
export interface TargetTables {
  readonly tables: readonly TargetTable[];
  readonly leftBehind: readonly { readonly table: TableStructure; readonly why: string }[];
  readonly decisions: readonly Decision[];
}

/** What a project needs to know of the kind of its source. */
export interface SourceEngine {
  /** Whether the source is of the target's kind, so that its types and SQL mean the same there. */
  readonly isTargetEngine: boolean;
  targetType(place: ColumnPlace): TargetType | null;
}

/** The facts of a column without rows to look at. */
export const noFacts: ColumnFacts = {
  ...{ notBoolean: 0, zeroDates: 0, unknownLabels: 0, notTimeOfDay: 0, beyondBigint: 0 },
  ...{ unreadable: 0, tooLong: 0 },
};

/** What the data of a source show. */
export interface Facts {
  /** By `table.column`. */
  readonly columns: ReadonlyMap<string, ColumnFacts>;
  /** Foreign keys, as `table.name`, of which a child has another spelling than its parent → the number of such rows. */
  readonly spellings: ReadonlyMap<string, number>;
}

/** Decides what the target's tables are. @throws WaybillError 'configuration' when names collide or a type is unknown. */
export function targetTables(
  { tables, objects }: Structure,
  engine: SourceEngine,
  facts: Facts,
  options: ProjectOptions,
): TargetTables {
  const { carried, leftBehind } = partition(tables, options);
  const rename = renamer(options.names);
  const names = renameTables(carried, rename);
  const columnNames = new Map(carried.map((table) => [table.name, renameColumns(table, rename)]));
  const keys = keyColumns(carried);
  const beyond = beyondBigint(carried, facts.columns);
  const typeNames = new UniqueNames(names.values());
  const missing = missingNames({ tables, objects });
  const domains = carriedDomains({ tables, objects });
  const { isTargetEngine } = engine;
  const decisions: Decision[] = [];
  const made = carried.map((table): TargetTable => {
    const columns = table.columns.map((source): TargetColumn => {
      const subject = `${table.name}.${source.name}`;
      const own = { ...(facts.columns.get(subject) ?? noFacts), beyondBigint: beyond(subject) };
      const [isKey, isPrimary] = [keys.has(subject), table.key.includes(source.name)];
      const place = { column: source, facts: own, isKey, isPrimary };
      const held = heldAs({ ...place, isJson: saysJson(table, source) }, table, engine, options);
      if (held.why !== undefined) decisions.push({ subject, text: `${held.type}: ${held.why}` });
      const isComputed = isTargetEngine && isRunnable(source.generated?.expression, options, missing);
      const isRequired = !source.nullable && held.mayBeNull !== true;
      const name = nameIn(columnNames, table.name, source.name);
      const typeName = () => typeNames.take(`${names.get(table.name)}_${name}`, table.name);
      const declared = declaredType({ source, name, held, isTargetEngine, domains, typeName }, options);
      return { source, name, held, declared, isRequired, isComputed };
    });
    return { source: table, name: names.get(table.name) as string, columns, ...noKeys };
  });
  return { tables: made.map((table) => withForeignKeys(table, made, facts, options)), leftBehind, decisions };
}

const noKeys = { foreignKeys: [], lostForeignKeys: [] };

type ColumnNames = ReadonlyMap<string, ReadonlyMap<string, string>>;

function nameIn(names: ColumnNames, table: string, column: string): string {
  return names.get(table)?.get(column) as string;
}

function partition(tables: readonly TableStructure[], { leftBehind = {} }: ProjectOptions) {
  const patterns = Object.entries(leftBehind).map(([pattern, why]) => ({ matches: matcherOf(pattern), why }));
  const behind = tables.flatMap((table) => {
    const given = patterns.find(({ matches }) => matches(bareName(table.name)) || matches(table.name))?.why;
    const why = given ?? (table.columns.length === 0 ? 'it has no columns, so its rows hold nothing' : undefined);
    return why === undefined ? [] : [{ table, why }];
  });
  const names = new Set(behind.map(({ table }) => table.name));
  return { carried: tables.filter(({ name }) => !names.has(name)), leftBehind: behind };
}

/** Whether the target can compute a generated column as the source does. */
function isRunnable(sql: string | undefined, { names = 'same' }: ProjectOptions, missing: readonly string[]): boolean {
  return sql !== undefined && names === 'same' && !missing.some((name) => mentions(sql, name));
}

/** MariaDB keeps JSON as text with a check. */
function saysJson({ checks }: TableStructure, { name }: ColumnStructure): boolean {
  return checks.some(
    ({ expression }) => expression.replace(/[`\s()]/g, '').toLowerCase() === `json_valid${name.toLowerCase()}`,
  );
}

function heldAs(
  place: ColumnPlace,
  table: TableStructure,
  { targetType }: SourceEngine,
  { types = {} }: ProjectOptions,
): TargetType {
  const { column } = place;
  const wanted =
    types[`${table.name}.${column.name}`] ??
    types[`${bareName(table.name)}.${column.name}`] ??
    types[column.type.native];
  const held = targetType(place);
  if (wanted !== undefined) return { ...ruleFor(wanted, held), type: wanted, why: 'declared' };
  if (held !== null) return held;
  throw new WaybillError(
    'configuration',
    `waybill does not know the type ${column.type.native} of ${table.name}.${column.name}.`,
    {
      hint: `Declare what holds it, as in types: { '${bareName(table.name)}.${column.name}': 'text' }.`,
    },
  );
}

/** The rule of a declared type: the plan says whether it can hold what the rule gives. */
function ruleFor(wanted: string, held: TargetType | null): Pick<TargetType, 'rule' | 'mayBeNull' | 'labels'> {
  if (/^bool/.test(wanted)) return { rule: 'bool' };
  if (held === null || held.rule === 'bool') return { rule: 'carry' };
  const { rule, mayBeNull, labels } = held;
  return { rule, ...(mayBeNull === undefined ? {} : { mayBeNull }), ...(labels === undefined ? {} : { labels }) };
}

function withForeignKeys(
  table: TargetTable,
  all: readonly TargetTable[],
  facts: Facts,
  options: ProjectOptions,
): TargetTable {
  const foreignKeys: TargetForeignKey[] = [];
  const lostForeignKeys: { source: ForeignKeyStructure; why: string }[] = [];
  for (const source of table.source.foreignKeys) {
    const parent = all.find(({ source: { name } }) => name === source.parent);
    const why = parent === undefined ? `${source.parent} is not carried` : obstacleTo(source, table, parent);
    if (parent === undefined || why !== null) lostForeignKeys.push({ source, why: why as string });
    else {
      const differ = facts.spellings.has(`${table.source.name}.${source.name}`);
      foreignKeys.push({
        ...foreignKeyOf(table, parent, source, options),
        fold: differ ? foldOf(table, parent, source) : null,
      });
    }
  }
  return { ...table, foreignKeys, lostForeignKeys };
}

/** MySQL and SQLite let a foreign key refer to columns that are not unique, and SQLite to columns of another type. */
function obstacleTo(
  { columns, parentColumns }: ForeignKeyStructure,
  child: TargetTable,
  parent: TargetTable,
): string | null {
  const { source } = parent;
  const wanted = parentColumns.toSorted().join();
  const isUnique = [source.key, ...certainlyUnique(source)].some((unique) => unique.toSorted().join() === wanted);
  if (!isUnique) return `(${parentColumns.join(', ')}) of ${source.name} is not unique`;
  const other = columns.findIndex((name, i) => !areComparable(child, name, parent, parentColumns[i] as string));
  return other < 0 ? null : `${columns[other]} has not the type of ${parentColumns[other]} of ${source.name}`;
}

const comparable: readonly RegExp[] = [
  /^(?:smallint|integer|bigint)/,
  /^numeric/,
  /^(?:real|double)/,
  /^(?:text|char|varchar)/,
  /^(?:date|timestamp)/,
];

/** Whether the target can compare two columns for a foreign key. Whole numbers are found among decimals too. */
function areComparable(child: TargetTable, own: string, parent: TargetTable, theirs: string): boolean {
  const [ofChild, ofParent] = [columnOf(child, own).held.type, columnOf(parent, theirs).held.type];
  const group = (type: string) => comparable.findIndex((each) => each.test(type));
  const [from, to] = [group(ofChild), group(ofParent)];
  return ofChild === ofParent || (from >= 0 && (from === to || (from === 0 && to === 1)));
}

function foreignKeyOf(
  table: TargetTable,
  parent: TargetTable,
  source: ForeignKeyStructure,
  { orphans = {} }: ProjectOptions,
): Omit<TargetForeignKey, 'fold'> {
  const columns = source.columns.map((name) => columnOf(table, name));
  const last = source.columns.at(-1) as string;
  const declared = orphans[`${table.source.name}.${last}`] ?? orphans[`${bareName(table.source.name)}.${last}`];
  return {
    source,
    columns: columns.map(({ name }) => name),
    parent: parent.name,
    parentColumns: source.parentColumns.map((name) => columnOf(parent, name).name),
    orphan: declared ?? (columns.at(-1)?.isRequired === false ? 'null' : 'reject'),
  };
}

/** The target column that comes from a source column. */
export function columnOf({ columns }: TargetTable, name: string): TargetColumn {
  return columns.find(({ source }) => source.name === name) as TargetColumn;
}

/** What the collations of either side ignore: MySQL has one for both, and SQLite compares by that of the parent. */
function foldOf(
  child: TargetTable,
  parent: TargetTable,
  { columns, parentColumns }: ForeignKeyStructure,
): readonly Ignorable[] {
  const both = [
    ...columns.map((name) => columnOf(child, name)),
    ...parentColumns.map((name) => columnOf(parent, name)),
  ];
  return [...new Set(both.flatMap(({ source }) => source.collation?.ignores ?? []))];
}

/** The relation of a foreign key, which is resolved after the load and checked on both sides. */
export function relationOf(table: TargetTable, key: TargetForeignKey): Relation {
  const { source, columns, parent, parentColumns, orphan, fold } = key;
  const single = columns.length === 1;
  return {
    ...{
      child: table.source.name,
      columns: source.columns,
      parent: source.parent,
      parentColumns: source.parentColumns,
    },
    ...{ decision: 'foreign-key', none: [], why: `declared by the source as ${source.name}` },
    target: { child: table.name, columns, parent, parentColumns },
    ...(single
      ? {}
      : {
          orphan: orphan === 'reject' ? 'reject' : { null: columns.at(-1) as string },
          ...(fold === null ? {} : { fold }),
        }),
  };
}
