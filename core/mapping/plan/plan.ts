import { groupedBy } from '../../model/grouped-by.ts';
import { indexOf } from '../../model/row-key.ts';
import { type Column, type ColumnType, type Kind, type TableSchema, tablesOfContract } from '../../model/schema.ts';
import type { Reference } from '../../ports/ledger.ts';
import { otherRows, planJoins, type Yielding } from '../joins.ts';
import { type Mapper, mapperOf, type RuleStep, stepsOf } from '../mapper.ts';
import {
  boundFilter,
  type CompiledRule,
  columnsUsed,
  type Known,
  type Mapping,
  mappingName,
  type ReferenceRule,
  type Rule,
  type RuleContext,
  ruleSurveys,
} from '../mapping.ts';
import type { Pipeline } from '../pipeline.ts';
import { keyKinds } from '../rules.ts';
import { withSpellings } from '../spellings.ts';
import { noFacts, type Survey, type SurveyFacts } from '../survey.ts';
import { withConversion } from './conversions.ts';
import { Entities } from './entities.ts';
import { foldProblems } from './folds.ts';
import { identifierProblems } from './identifiers.ts';
import type { Problem } from './problem.ts';
import { compositeProblems, referencesOf } from './references.ts';
import { sharedTargetProblems } from './shared-targets.ts';
import { isTypeCompatible, refusalOf } from './type-compatibility.ts';

/** A mapping whose rules were compiled against the contracts. */
export interface PlannedMapping {
  /** `source > target`. */
  readonly name: string;
  readonly mapping: Mapping;
  readonly source: TableSchema;
  readonly target: TableSchema;
  /** The target columns that the mapping fills, in the order of its rules: the order of its rows. */
  readonly columns: readonly Column[];
  readonly yielding: Yielding | null;
  /** The surveys that its rules and its filter need. */
  readonly surveys: readonly Survey[];
  /** The compiled rules of `columns`; rules that count neighbours start again. */
  steps(): readonly RuleStep[];
  /** A fresh mapper for one part. @throws WaybillError 'source-missing-table' when it joins a table that was not surveyed. */
  mapper(): Mapper;
}

export interface Plan {
  readonly pipeline: Pipeline;
  readonly params: Readonly<Record<string, string>>;
  readonly mappings: readonly PlannedMapping[];
  /** References to resolve after the load, in mapping order. */
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

/**
 * Plans a pipeline against its contracts. Finds all problems at once and throws none.
 * @param facts what rules and filters may ask when rows are mapped.
 */
export function planPipeline(
  pipeline: Pipeline,
  params: Readonly<Record<string, string>>,
  types: TypeReaders,
  facts: SurveyFacts = noFacts,
): Plan {
  const planner = new Planner(pipeline, params, types, facts);
  return planner.plan();
}

class Planner {
  readonly problems: Problem[] = [];
  readonly sources: ReadonlyMap<string, TableSchema>;
  readonly targets: ReadonlyMap<string, TableSchema>;
  readonly pipeline: Pipeline;
  readonly params: Readonly<Record<string, string>>;
  private readonly entities: Entities;
  private readonly known: Known;

  constructor(pipeline: Pipeline, params: Readonly<Record<string, string>>, types: TypeReaders, facts: SurveyFacts) {
    this.pipeline = pipeline;
    this.params = params;
    this.entities = new Entities(pipeline, params);
    this.known = { params, facts: (survey) => facts.of(survey) };
    const source = Object.entries(pipeline.source.contract).flatMap(([s, c]) => tablesOfContract(s, c, types.source));
    const target = tablesOfContract('', pipeline.target.contract, types.target);
    this.sources = new Map(source.map((t) => [t.name, t]));
    this.targets = new Map(target.map((t) => [t.name, t]));
  }

  plan(): Plan {
    const mappings = this.pipeline.mappings.flatMap((m) => this.planMapping(m));
    this.problems.push(...(this.pipeline.undecided ?? []));
    this.problems.push(...sharedTargetProblems(this.pipeline.mappings));
    this.problems.push(...compositeProblems(this.pipeline, this.targets));
    this.problems.push(...foldProblems(this.pipeline, { sources: this.sources, targets: this.targets }));
    const unaccounted = this.checkSourceColumns();
    this.checkTargetTables();
    return {
      pipeline: this.pipeline,
      params: this.params,
      mappings,
      references: referencesOf(this.pipeline, mappings, this.targets),
      problems: this.problems,
      accounted: [...this.sources.values()].reduce((sum, t) => sum + t.columns.length, -unaccounted),
      unaccounted,
    };
  }

  private problem(subject: string, message: string): void {
    this.problems.push({ subject, message });
  }

  private planMapping(declared: Mapping): PlannedMapping[] {
    const bound = boundFilter(declared, this.known);
    const mapping = withSpellings(bound, this.pipeline);
    const name = mappingName(mapping);
    const source = this.sources.get(mapping.from);
    const target = this.targets.get(mapping.to);
    if (source === undefined) this.problem(name, `The source contract has no table ${mapping.from}.`);
    if (target === undefined) this.problem(name, `The target contract has no table ${mapping.to}.`);
    if (source === undefined || target === undefined) return [];
    const columns = this.targetColumns(mapping, target);
    const joins = planJoins(mapping, source, this.sources, this.pipeline.mappings);
    const seen = joins.extended;
    for (const message of joins.problems) this.problem(name, message);
    this.checkReads(mapping, seen);
    const isSound = columns.map((column) => this.checkRule(mapping, seen, column)).every(Boolean);
    if (!isSound) return [];
    const compile = (name: string) => {
      const column = columns.find((c) => c.name === name) as Column;
      return withConversion(this.compile(mapping, seen, column), column.type);
    };
    const placeOf = (column: string): number => indexOf(seen, column);
    const steps = () => stepsOf(mapping, compile, placeOf, joins);
    const mapper = () => mapperOf(steps(), mapping.filter, placeOf, otherRows(source, joins, this.known));
    const { yielding } = joins;
    return [{ name, mapping: bound, source, target, columns, yielding, surveys: ruleSurveys(mapping), steps, mapper }];
  }

  private targetColumns(mapping: Mapping, target: TableSchema): Column[] {
    const byName = new Map(target.columns.map((c) => [c.name, c]));
    for (const column of target.columns) {
      if (!column.nullable && !column.hasDefault && !Object.hasOwn(mapping.columns, column.name)) {
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
    for (const column of columnsUsed(mapping)) {
      if (!known.has(column))
        this.problem(`${mapping.from}.${column}`, 'A mapping names a column that the source does not have.');
    }
  }

  /** @returns whether the rule can be compiled; if not, a problem has been added. */
  private checkRule(mapping: Mapping, source: TableSchema, column: Column): boolean {
    const rule = mapping.columns[column.name] as Rule;
    if (!rule.reads.every((name) => source.columns.some((c) => c.name === name))) return false;
    if (!this.checkReference(mapping, rule, column)) return false;
    const subject = `${mapping.to}.${column.name}`;
    const read = source.columns.find((c) => c.name === rule.reads[0]);
    if (read !== undefined && this.accepts(rule)?.includes(read.type.kind) === false) {
      this.problem(subject, `Rule ${rule.name} cannot read ${read.type.native}.`);
      return false;
    }
    const { gives, mayBeNull } = this.compile(mapping, source, column);
    if (!isTypeCompatible(gives, column.type)) this.problem(subject, refusalOf(gives, column.type, rule.name));
    if (!column.nullable && (mayBeNull || rule.reference?.orphan === 'null')) {
      this.problem(subject, `The column is NOT NULL and rule ${rule.name} may give null.`);
    }
    return true;
  }

  private checkReference(mapping: Mapping, { reference }: Rule, column: Column): boolean {
    if (reference === undefined) return true;
    const { entity, column: parentColumn } = reference;
    const keyedBy = this.entities.keyedBy(entity);
    if (keyedBy === 'carried' || parentColumn !== undefined)
      return this.checkCarriedReference(mapping, reference, column);
    if (keyedBy === 'integer' || keyedBy === 'text') return true;
    const isFed = this.entities.mappingTo(entity) !== undefined;
    const why = isFed ? 'whose key is neither carried nor made by an id rule' : 'which no mapping feeds';
    this.problem(mappingName(mapping), `A reference points at ${entity}, ${why}.`);
    return false;
  }

  /** A carried reference and the key that it points at are compared by the target, so they must be comparable there. */
  private checkCarriedReference(mapping: Mapping, reference: ReferenceRule, { name, type }: Column): boolean {
    const { entity } = reference;
    const parent = this.targets.get(entity);
    const key = parent?.columns.find((c) => c.name === (reference.column ?? parent.key[0]))?.type;
    const isInteger = (kind: Kind | undefined): boolean => keyKinds.integer.some((k) => k === kind);
    if (type.kind === key?.kind || (isInteger(type.kind) && isInteger(key?.kind))) return true;
    this.problem(`${mapping.to}.${name}`, `The column is ${type.native}, and the key of ${entity} is ${key?.native}.`);
    return false;
  }

  /** The kinds that a rule can read; a reference must be able to be a key of its parent. */
  private accepts(rule: Rule): readonly Kind[] | undefined {
    if (rule.reference === undefined) return rule.accepts;
    const keyedBy = this.entities.keyedBy(rule.reference.entity);
    return keyedBy === 'integer' || keyedBy === 'text' ? keyKinds[keyedBy] : undefined;
  }

  private compile(mapping: Mapping, source: TableSchema, target: Column): CompiledRule {
    const context: RuleContext = {
      source: (name) => source.columns.find((c) => c.name === name) as Column,
      target,
      ...this.known,
      entity: (name) => ({
        ids: this.entities.idsOf(name),
        keyedBy: this.entities.keyedBy(name) as 'integer' | 'text' | 'carried',
      }),
      own: this.entities.ownIds(mapping),
    };
    return (mapping.columns[target.name] as Rule).compile(context);
  }

  private checkSourceColumns(): number {
    let unaccounted = 0;
    const reading = groupedBy(this.pipeline.mappings, ({ from }) => [from]);
    for (const table of this.sources.values()) {
      const mappings = reading.get(table.name) ?? [];
      if (table.leftBehind !== undefined) {
        if (mappings.length > 0) this.problem(table.name, 'A mapping reads this source table, which is left behind.');
        continue;
      }
      if (mappings.length === 0) this.problem(table.name, 'No mapping reads this source table.');
      const used = new Set(mappings.flatMap((m) => columnsUsed(m)));
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
    for (const table of this.targets.values()) {
      if (
        this.entities.mappingTo(table.name) === undefined &&
        !Object.hasOwn(this.pipeline.target.unmapped, table.name)
      ) {
        this.problem(table.name, 'No mapping feeds this target table and the pipeline does not say why.');
      }
    }
    this.problems.push(...identifierProblems([...this.targets.values()]));
  }
}
