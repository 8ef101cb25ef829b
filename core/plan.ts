import { fits } from './fits.ts';
import { type EntityIds, entityIds } from './ids/uuid.ts';
import { type Mapper, mapperOf } from './mapper.ts';
import { type CompiledRule, type Mapping, mappingName, type Rule, type RuleContext } from './mapping.ts';
import type { Pipeline } from './pipeline.ts';
import type { Reference } from './ports.ts';
import { type Column, type ColumnType, type TableSchema, tablesOfContract } from './schema.ts';

/** One thing that must be put right before a row moves. */
export interface Problem {
  /** Table or column. */
  readonly subject: string;
  /** A sentence: what was found and what is wanted. */
  readonly message: string;
}

/** A mapping whose rules were compiled against the contracts. */
export interface PlannedMapping {
  /** `source > target`. */
  readonly name: string;
  readonly mapping: Mapping;
  readonly source: TableSchema;
  readonly target: TableSchema;
  /** The target columns that the mapping fills, in the order of its rules: the order of its rows. */
  readonly columns: readonly Column[];
  /** A fresh mapper for one part; rules that count neighbours start anew. */
  mapper(): Mapper;
}

export interface Plan {
  readonly pipeline: Pipeline;
  readonly params: Readonly<Record<string, string>>;
  readonly mappings: readonly PlannedMapping[];
  /** References to settle after the load, in mapping order. */
  readonly references: readonly Reference[];
  /** Empty when the plan holds; the plan of a pipeline with problems must not be run. */
  readonly problems: readonly Problem[];
  /** Source columns that are read or dropped with a reason, and those that are neither. */
  readonly accounted: number;
  readonly unaccounted: number;
}

/** How contracts are read: the source's type names by its connector, the target's by PostgreSQL's. */
export interface TypeReaders {
  readonly source: (native: string) => ColumnType;
  readonly target: (native: string) => ColumnType;
}

/** Plans a pipeline against its contracts; finds all problems at once and throws none. */
export function planPipeline(pipeline: Pipeline, params: Readonly<Record<string, string>>, types: TypeReaders): Plan {
  const planner = new Planner(pipeline, params, types);
  return planner.plan();
}

/** PostgreSQL cuts longer names silently (NAMEDATALEN - 1). */
const MAX_IDENTIFIER_BYTES = 63;

class Planner {
  readonly problems: Problem[] = [];
  readonly sources: ReadonlyMap<string, TableSchema>;
  readonly targets: ReadonlyMap<string, TableSchema>;
  readonly pipeline: Pipeline;
  readonly params: Readonly<Record<string, string>>;
  private readonly ids = new Map<string, EntityIds>();

  constructor(pipeline: Pipeline, params: Readonly<Record<string, string>>, types: TypeReaders) {
    this.pipeline = pipeline;
    this.params = params;
    const source = Object.entries(pipeline.source.contract).flatMap(([s, c]) => tablesOfContract(s, c, types.source));
    const target = tablesOfContract('', pipeline.target.contract, types.target);
    this.sources = new Map(source.map((t) => [t.name, t]));
    this.targets = new Map(target.map((t) => [t.name, t]));
  }

  plan(): Plan {
    const mappings = this.pipeline.mappings.flatMap((m) => this.planMapping(m));
    const unaccounted = this.checkSourceColumns();
    this.checkTargetTables();
    const columns = [...this.sources.values()].reduce((sum, t) => sum + t.columns.length, 0);
    return {
      pipeline: this.pipeline,
      params: this.params,
      mappings,
      references: mappings.flatMap((m) => this.referencesOf(m)),
      problems: this.problems,
      accounted: columns - unaccounted,
      unaccounted,
    };
  }

  private problem(subject: string, message: string): void {
    this.problems.push({ subject, message });
  }

  private planMapping(mapping: Mapping): PlannedMapping[] {
    const name = mappingName(mapping);
    const source = this.sources.get(mapping.from);
    const target = this.targets.get(mapping.to);
    if (source === undefined) this.problem(name, `The source contract has no table ${mapping.from}.`);
    if (target === undefined) this.problem(name, `The target contract has no table ${mapping.to}.`);
    if (source === undefined || target === undefined) return [];
    const before = this.problems.length;
    const columns = this.targetColumns(mapping, target);
    this.checkReads(mapping, source);
    if (this.problems.length > before) return [];
    for (const column of columns) this.checkRule(mapping, source, column);
    const indexes = new Map(source.columns.map((c, i) => [c.name, i]));
    const byName = new Map(columns.map((c) => [c.name, c]));
    const mapper = (): Mapper =>
      mapperOf(
        mapping,
        (column) => this.compile(mapping, source, byName.get(column) as Column),
        (column) => indexes.get(column) as number,
      );
    return [{ name, mapping, source, target, columns, mapper }];
  }

  private targetColumns(mapping: Mapping, target: TableSchema): Column[] {
    const byName = new Map(target.columns.map((c) => [c.name, c]));
    for (const column of target.columns) {
      if (!column.nullable && !column.hasDefault && !(column.name in mapping.columns)) {
        this.problem(`${mapping.to}.${column.name}`, 'The column is NOT NULL and has no rule.');
      }
    }
    return Object.keys(mapping.columns).flatMap((name) => {
      const column = byName.get(name);
      if (column === undefined)
        this.problem(`${mapping.to}.${name}`, 'A rule fills a column that the target does not have.');
      return column === undefined ? [] : [column];
    });
  }

  private checkReads(mapping: Mapping, source: TableSchema): void {
    const known = new Set(source.columns.map((c) => c.name));
    const named = [...Object.values(mapping.columns).flatMap((r) => r.reads), ...Object.keys(mapping.drops)];
    for (const column of [...named, ...(mapping.filter?.reads ?? [])]) {
      if (!known.has(column))
        this.problem(`${mapping.from}.${column}`, 'A mapping names a column that the source does not have.');
    }
    for (const rule of Object.values(mapping.columns)) {
      const entity = rule.reference?.entity;
      if (entity !== undefined && this.mappingTo(entity) === undefined) {
        this.problem(mappingName(mapping), `A reference points at ${entity}, which no mapping feeds.`);
      }
    }
  }

  private checkRule(mapping: Mapping, source: TableSchema, column: Column): void {
    const { gives, mayBeNull } = this.compile(mapping, source, column);
    const rule = mapping.columns[column.name] as Rule;
    const subject = `${mapping.to}.${column.name}`;
    if (!fits(gives, column.type)) {
      this.problem(subject, `${column.type.native} cannot hold every ${gives.native} that rule ${rule.name} gives.`);
    }
    if (!column.nullable && (mayBeNull || rule.reference?.orphan === 'null')) {
      this.problem(subject, `The column is NOT NULL and rule ${rule.name} may give null.`);
    }
  }

  private compile(mapping: Mapping, source: TableSchema, target: Column): CompiledRule {
    const context: RuleContext = {
      source: (name) => source.columns.find((c) => c.name === name) as Column,
      target,
      params: this.params,
      entity: (name) => this.entity(name),
      own: this.idsOf(mapping),
    };
    return (mapping.columns[target.name] as Rule).compile(context);
  }

  private mappingTo(entity: string): Mapping | undefined {
    return this.pipeline.mappings.find((m) => m.to === entity);
  }

  /** How ids of an entity are made; an entity whose key is itself a reference is keyed as its parent is. */
  private entity(name: string): { ids: EntityIds; keyedBy: 'integer' | 'text' | 'row' } {
    const mapping = this.mappingTo(name) as Mapping;
    const key = this.targets.get(name)?.key ?? [];
    const rule = key.length === 1 ? mapping.columns[key[0] as string] : undefined;
    if (rule?.reference !== undefined) return this.entity(rule.reference.entity);
    return { ids: this.idsOf(mapping), keyedBy: rule?.makesId ?? 'text' };
  }

  private idsOf(mapping: Mapping): EntityIds {
    let made = this.ids.get(mapping.to);
    if (made === undefined) {
      const { tenantParam } = this.pipeline;
      const tenant = mapping.scope === 'tenant' && tenantParam !== null ? (this.params[tenantParam] ?? null) : null;
      made = entityIds(tenant, mapping.to);
      this.ids.set(mapping.to, made);
    }
    return made;
  }

  private checkSourceColumns(): number {
    let unaccounted = 0;
    for (const table of this.sources.values()) {
      const mappings = this.pipeline.mappings.filter((m) => m.from === table.name);
      if (mappings.length === 0) this.problem(table.name, 'No mapping reads this source table.');
      const used = new Set(mappings.flatMap((m) => usedColumns(m)));
      for (const { name } of table.columns) {
        if (used.has(name)) continue;
        unaccounted++;
        if (mappings.length > 0)
          this.problem(`${table.name}.${name}`, 'The source column is neither read nor dropped with a reason.');
      }
    }
    return unaccounted;
  }

  private checkTargetTables(): void {
    const seen = new Map<string, string>();
    for (const table of this.targets.values()) {
      if (this.mappingTo(table.name) === undefined && !(table.name in this.pipeline.target.unmapped)) {
        this.problem(table.name, 'No mapping feeds this target table and the pipeline does not say why.');
      }
      for (const name of [table.name, ...table.columns.map((c) => c.name)]) this.checkIdentifier(table.name, name);
      const folded = table.name.toLowerCase();
      if (seen.has(folded)) this.problem(table.name, `Its name collides with ${seen.get(folded)}.`);
      seen.set(folded, table.name);
      this.checkColumnCollisions(table);
    }
  }

  private checkColumnCollisions(table: TableSchema): void {
    const folded = new Set<string>();
    for (const { name } of table.columns) {
      if (folded.has(name.toLowerCase())) this.problem(`${table.name}.${name}`, 'Two columns have this name.');
      folded.add(name.toLowerCase());
    }
  }

  private checkIdentifier(table: string, name: string): void {
    if (new TextEncoder().encode(name).length <= MAX_IDENTIFIER_BYTES) return;
    this.problem(`${table}.${name}`, `The identifier is longer than ${MAX_IDENTIFIER_BYTES} bytes.`);
  }

  private referencesOf({ mapping, target }: PlannedMapping): Reference[] {
    return Object.entries(mapping.columns).flatMap(([column, rule]): Reference[] => {
      const reference = rule.reference;
      if (reference === undefined) return [];
      const parent = reference.entity;
      const parentColumn = this.targets.get(parent)?.key[0] ?? 'id';
      return [{ table: target.name, column, parent, parentColumn, orphan: reference.orphan }];
    });
  }
}

function usedColumns(mapping: Mapping): string[] {
  const rules = Object.values(mapping.columns).flatMap((r) => r.reads as readonly string[]);
  return [...rules, ...(mapping.filter?.reads ?? []), ...Object.keys(mapping.drops)];
}
