import { WaybillError } from '../model/errors.ts';
import type { KeyFold } from '../model/key-fold.ts';
import type { Column, ColumnType, Kind, SchemaContract } from '../model/schema.ts';
import type { Converted, Converter, Row, Value } from '../model/value.ts';
import type { EntityIds } from './ids/entity-ids.ts';
import { mappingProblem } from './rule-arguments.ts';
import type { Survey } from './survey.ts';

/**
 * How much of a source value the target value preserves, apart from recorded adjustments.
 *
 * - `value`: all of it, so that either side gives the value
 * - `quantity`: the number or the moment, so that counts, sums and extremes of both sides agree
 * - `identity`: the same key, perhaps in another spelling
 * - `nothing`: nothing that a check may rely on
 */
export type Preserves = 'value' | 'quantity' | 'identity' | 'nothing';

/**
 * How one target column gets its value. Rules are data until the plan compiles them against the real columns; `C` is the
 * union of the source columns that may be named, so that the compiler refuses a misspelt one.
 */
export interface Rule<C extends string = string> {
  /** Its name in lineage and reports: `text`, `date`, `ref`. */
  readonly name: string;
  readonly preserves: Preserves;
  readonly reads: readonly C[];
  /** The kinds that the column may have, the first when it reads several; any when absent. A reference: its parent's key. */
  readonly accepts?: readonly Kind[];
  /** Everything else that decides its result: options, or the text of a function. Part of the fingerprint and of lineage. */
  readonly detail?: string;
  /** Set when the rule points at another entity. */
  readonly reference?: ReferenceRule;
  /** Set on the rule that makes the entity's own id: how children must compute it. */
  readonly makesId?: 'integer' | 'text' | 'row';
  /** Surveys of whole source tables that it needs, made before the first row is mapped. */
  readonly surveys?: readonly Survey[];
  compile(context: RuleContext): CompiledRule;
}

export interface ReferenceRule {
  readonly entity: string;
  /** The unique column of the entity that it points at. Default: its key. */
  readonly column?: string;
  /** Source values that mean "none". */
  readonly none: readonly string[];
  readonly orphan: 'null' | 'reject';
  /**
   * The differences that do not count when keys are compared, as the source's collation ignores them. The value is then written in the
   * parent's spelling. Absent: keys are compared exactly.
   */
  readonly fold?: KeyFold;
  /** The flag that says whether this reference or another one is meant. */
  readonly when?: { readonly column: string; readonly equals: readonly string[] };
}

/** What `ref` may be told about a reference. */
export interface ReferenceOptions<C extends string> extends Pick<ReferenceRule, 'orphan' | 'fold'> {
  readonly none?: readonly string[];
  readonly when?: { readonly column: C; readonly equals: readonly string[] };
}

/** What rules and filters may know in addition to the row. */
export interface Known {
  readonly params: Readonly<Record<string, string>>;
  /** The facts of a survey. Call it only when a row is mapped: the source may not be open yet when a rule is compiled. */
  facts<F>(survey: Survey<F>): F;
}

/** What a rule may know when it is compiled. */
export interface RuleContext extends Known {
  /** A column of the source table by name. */
  source(name: string): Column;
  readonly target: Column;
  /** The entity ids of a target table, this run's tenant included, and what they are made of; `carried`: it has none. */
  entity(name: string): { readonly ids: EntityIds; readonly keyedBy: 'integer' | 'text' | 'carried' };
  /** The id maker of the mapping's own target table. */
  readonly own: EntityIds;
}

export interface CompiledRule {
  /** The type of what it gives, for the check against the target column. */
  readonly gives: ColumnType;
  readonly mayBeNull: boolean;
  /** What `how` does, where it is one of the known operations, for code that can do the same faster. */
  readonly operation?: Operation;
  /**
   * `converter`: one column in, null passes by it. `row`: the values of `reads`, in that order; may keep state from row
   * to row of one part (`idOfRow` counts equal neighbours). `constant`: the same for all rows.
   */
  readonly how:
    | { readonly kind: 'converter'; readonly convert: Converter }
    | { readonly kind: 'row'; readonly convert: (values: Row) => Converted; readonly isStateful?: boolean }
    | { readonly kind: 'constant'; readonly value: string | boolean | null };
}

/** The operations of `core/convert`, as data; each but `reference` reads one column, and null passes by all of them. */
export type Operation =
  | {
      readonly name: 'carry' /** Of `decimalOfScale`; null where the text stays as it is. */;
      readonly scale: number | null;
      /** The value is converted to the form of the target's type, unless the source is a database of that very type. */
      readonly isConverted?: boolean;
    }
  | { readonly name: 'text'; readonly emptyIsNull: boolean }
  | { readonly name: 'boolean' }
  | { readonly name: 'amount'; readonly scale: number; readonly precision: number }
  | { readonly name: 'date'; readonly sentinels: readonly string[] }
  | { readonly name: 'label'; readonly labels: readonly string[] }
  | { readonly name: 'members'; readonly labels: readonly string[] }
  | { readonly name: 'id'; readonly ids: EntityIds; readonly keyedBy: 'integer' | 'text' }
  | {
      readonly name: 'reference';
      readonly ids: EntityIds;
      readonly keyedBy: 'integer' | 'text';
      readonly none: readonly string[];
      /** The second column that is read must have one of these values, else the reference is null. */
      readonly whenEquals: readonly string[] | null;
    };

/** A named rule that leaves rows out; each row it takes is recorded with this name. */
export interface Filter<C extends string = string> {
  readonly name: string;
  readonly reads: readonly C[];
  /** True when the row is taken out; sees the values of `reads` in that order. The plan supplies `known`. */
  readonly drops: (values: Row, known?: Known) => boolean;
  readonly surveys?: readonly Survey[];
}

/** A row of another source table that a row refers to, or none. */
export interface Join<T extends string = string> {
  /** `schema.table` of the source contract. */
  readonly table: T;
  /** The column that holds the key: of the mapping's own table, or `name.column` of a join before this one. */
  readonly by: string;
  /** The unique column that the key is compared with. Default: the table's key, of one column. */
  readonly on?: string;
}

/** How one source table becomes the rows of one target table. Several mappings may read one table. */
export interface Mapping<C extends string = string> {
  /** `schema.table` of the source contract. */
  readonly from: string;
  /** Target table, which is also the entity's name in ids. */
  readonly to: string;
  /** `tenant`: rows and ids belong to the run's tenant. `shared`: all tenants share them. */
  readonly scope: 'tenant' | 'shared';
  /** Target column → rule. */
  readonly columns: Readonly<Record<string, Rule<C>>>;
  /** Source column → the reason why it is left behind. */
  readonly drops: Readonly<Partial<Record<C, string>>>;
  readonly filter?: Filter<C>;
  /**
   * Name → a row of another source table; rules and the filter read its columns as `name.column`, null where there is no
   * such row. The table is read into memory before the first row is mapped: its key and the columns that are used.
   */
  readonly joins?: Readonly<Record<string, Join>>;
  /**
   * The source table that wins where keys meet: a row whose key that table has too is taken out by the filter
   * `loses to <table>`, unless the winner's row is rejected by its rules, or for a required parent that does not arrive.
   */
  readonly yieldsTo?: string;
  /**
   * Keys of the source, columns joined by `, `, that the target does not enforce, with the reason: a partitioned table enforces only
   * keys that include the partition column. The rows are searched for duplicates all the same.
   */
  readonly unenforcedKeys?: Readonly<Record<string, string>>;
}

type Tables<S> = { [A in keyof S & string]: `${A}.${keyof S[A] & string}` }[keyof S & string];
type ColumnsOf<S, T extends string> = T extends `${infer A}.${infer B}`
  ? A extends keyof S
    ? B extends keyof S[A]
      ? S[A][B] extends { columns: infer C }
        ? keyof C & string
        : never
      : never
    : never
  : never;

type Joins<S> = Readonly<Record<string, Join<Tables<S>>>>;
type JoinedColumns<S, J> = {
  [N in keyof J & string]: J[N] extends { table: infer T extends string } ? `${N}.${ColumnsOf<S, T>}` : never;
}[keyof J & string];

type MappingSpec<S, T extends Tables<S>, J extends Joins<S>> = Omit<
  Mapping<ColumnsOf<S, T> | JoinedColumns<S, J>>,
  'from' | 'drops' | 'scope' | 'joins' | 'yieldsTo'
> & {
  readonly from: T;
  readonly scope?: 'tenant' | 'shared';
  readonly drops?: Readonly<Partial<Record<ColumnsOf<S, T>, string>>>;
  readonly joins?: J;
  readonly yieldsTo?: Tables<S>;
};

/**
 * The `mapping` function of one pipeline, which checks table and column names against its source contract at compile
 * time. Scope is `tenant` unless said.
 */
export function mappingsOf<S extends Readonly<Record<string, SchemaContract>>>() {
  return <T extends Tables<S>, const J extends Joins<S> = Record<never, never>>(
    spec: MappingSpec<S, T, J>,
  ): Mapping => {
    const problem = mappingProblem(spec);
    if (problem === null) return { scope: 'tenant', drops: {}, ...spec } as unknown as Mapping;
    throw new WaybillError('configuration', `A mapping is wrong: ${problem}.`, {
      hint: `Write it like this: mapping({ from: 'public.a', to: 'b', columns: { id: carry('id') } })`,
    });
  };
}

type SurveySpec<S, T extends Tables<S>, C extends ColumnsOf<S, T>, F> = {
  readonly name: string;
  readonly from: T;
  readonly reads: readonly C[];
  readonly detail?: string;
  begin(params: Readonly<Record<string, string>>): {
    add(values: Readonly<Record<C, Value>>): void;
    facts(): F;
  };
};

/** The `survey` function of one pipeline, checked against its source contract as its mappings are. */
export function surveysOver<S extends Readonly<Record<string, SchemaContract>>>() {
  return <T extends Tables<S>, C extends ColumnsOf<S, T>, F>(spec: SurveySpec<S, T, C, F>): Survey<F> =>
    ({ detail: spec.begin.toString(), ...spec }) as unknown as Survey<F>;
}

/** `source > target`, the name of a mapping in ledger, records and reports. */
export function mappingName(mapping: Mapping): string {
  return `${mapping.from} > ${mapping.to}`;
}

/** The source columns that a mapping reads or drops; joined ones, `name.column`, among them. */
export function columnsUsed({ columns, filter, joins = {}, drops }: Mapping): readonly string[] {
  const rules = Object.values(columns).flatMap((r) => r.reads as readonly string[]);
  return [...rules, ...(filter?.reads ?? []), ...Object.values(joins).map((join) => join.by), ...Object.keys(drops)];
}

/** The surveys that a mapping's rules and its filter name. */
export function ruleSurveys({ columns, filter }: Mapping): readonly Survey[] {
  return [...Object.values(columns), ...(filter === undefined ? [] : [filter])].flatMap(({ surveys = [] }) => surveys);
}

/** Binds a mapping's filter to the facts and parameters that it may use. */
export function boundFilter(mapping: Mapping, known: Known): Mapping {
  const { filter } = mapping;
  return filter === undefined
    ? mapping
    : { ...mapping, filter: { ...filter, drops: (values) => filter.drops(values, known) } };
}
