import type { Hook } from '../model/hook.ts';
import type { ObjectKind, Outcome } from '../model/inventory.ts';
import type { KeyFold } from '../model/key-fold.ts';
import type { SchemaContract } from '../model/schema.ts';
import type { Mapping } from './mapping.ts';
import type { Survey } from './survey.ts';

/** One migration: from named source schemas to one target schema. Data only; nothing runs until it is planned. */
export interface Pipeline {
  readonly name: string;
  /** One line for people. */
  readonly title: string;
  readonly source: {
    /** Connector whose type names the contract is written in. */
    readonly dialect: string;
    /** Logical schema → its expected tables. */
    readonly contract: Readonly<Record<string, SchemaContract>>;
    /** The schema whose live name says which company is read; `--source c01=mysql://host/c02`. */
    readonly tenantSchema?: string;
  };
  readonly target: {
    /** Default name of the target schema. */
    readonly schema: string;
    readonly contract: SchemaContract;
    /** Directory of the versioned DDL, from the package's root. */
    readonly migrations: string;
    /** The version that rows are loaded into; the later ones build indexes, foreign keys and policies. */
    readonly loadVersion: number;
    readonly finalVersion: number;
    /** Objects of the source that the DDL makes where the target can; the run's inventory names those that it could not. */
    readonly attempts?: readonly Pick<ObjectDecision, 'kind' | 'name'>[];
    /** Tables of the target that no mapping feeds, with the reason. */
    readonly unmapped: Readonly<Record<string, string>>;
    /**
     * Present where another tool made the live schema: the DDL is a blueprint of it, which inserts the rows of the kept tables. A run
     * and a cutover refuse a live schema that has changed since.
     */
    readonly blueprint?: { readonly kept: readonly string[] };
  };
  /** What a person has not decided yet; the plan lists it among its problems. */
  readonly undecided?: readonly { readonly subject: string; readonly message: string }[];
  readonly mappings: readonly Mapping[];
  readonly relations: readonly Relation[];
  /**
   * What becomes of the objects of the source that the mappings and relations do not answer for: views, routines, triggers, indexes,
   * defaults and their like. An object that nothing answers for is undeclared, which a run warns of and `--strict` refuses.
   */
  readonly objects?: readonly ObjectDecision[];
  /** What the policies of its own rules mean, for people who read the report. */
  readonly policies?: Readonly<Record<string, string>>;
  /** Rows that the source must have. The plan refuses a source without them. */
  readonly requirements?: readonly Requirement[];
  /** Parameters of `--param name=value` with their defaults. */
  readonly params: Readonly<Record<string, { readonly default: string; readonly describe: string }>>;
  /** The parameter that names the tenant; null when the target has no tenants. */
  readonly tenantParam: string | null;
  /** Rows that the pipeline brings itself. */
  seed(params: Readonly<Record<string, string>>): Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>;
  /** SQL that a run executes at named points, in this order at each of them. */
  readonly hooks?: readonly Hook[];
  /** Absent when the target has no row-level security. */
  readonly rowSecurity?: {
    readonly role: string;
    /** The session setting that names the tenant. */
    readonly setting: string;
    readonly tenantColumn: string;
    /** The table whose keys are the tenants, where a run moves several. Absent: the run's one tenant. */
    readonly tenants?: string;
    /** Whether the owner of the tables is bound as well. Default: true. */
    readonly isForced?: boolean;
    /** Tables that differ: the column that names their tenant; `closed`: the role sees no row; `open`: it sees all. */
    readonly tables?: Readonly<Record<string, { readonly column: string } | 'closed' | 'open'>>;
  };
}

/** What becomes of the objects of one kind with this name. A whole name counts first, then the mappings, then the first pattern. */
export interface ObjectDecision {
  readonly kind: ObjectKind;
  /** As the inventory has it: `schema.name`, of a part of a table `schema.table.name`. `*` stands for any characters. */
  readonly name: string;
  readonly outcome: Exclude<Outcome, 'undeclared'>;
  readonly why: string;
}

/** A row that the source must have if other rows need it. */
export interface Requirement {
  /** Whether the source has it. */
  readonly met: Survey<boolean>;
  /** Whether a table has rows that need it, the smallest table first. Read only when it is missing. */
  readonly neededBy: readonly Survey<boolean>[];
  /** Table or column, and one sentence with what to do. */
  problem(params: Readonly<Record<string, string>>): { readonly subject: string; readonly message: string };
}

/**
 * The decision about one relation of the source, declared or implicit. `foreign-key`: the target enforces it. `lookup`: it
 * is checked on both sides but not enforced. `none`: it is not a relation, or cannot be recognised as one; `why` says so.
 */
export interface Relation {
  /** `schema.table` of the source. */
  readonly child: string;
  readonly columns: readonly string[];
  readonly parent: string;
  readonly parentColumns: readonly string[];
  readonly decision: 'foreign-key' | 'lookup' | 'none';
  /** Child values that mean "none", per column alike. */
  readonly none: readonly string[];
  readonly when?: { readonly column: string; readonly equals: readonly string[] };
  /** The same relation between target columns; absent when the target does not hold it. */
  readonly target?: {
    readonly child: string;
    readonly columns: readonly string[];
    readonly parent: string;
    readonly parentColumns: readonly string[];
  };
  /**
   * What becomes of a row without a parent, where a foreign key has several columns: the row is rejected, or one of its target
   * columns becomes null. A rule says it for a single column.
   */
  readonly orphan?: 'reject' | { readonly null: string };
  /**
   * The differences that do not count when the keys of several columns are compared. The columns are then written in the parent's
   * spelling. A rule says it for a single column.
   */
  readonly fold?: KeyFold;
  readonly why: string;
}
