import type { Relation } from '../core/mapping/pipeline.ts';
import type { InventoryEntry } from '../core/model/inventory.ts';
import type { Ignorable } from '../core/model/key-fold.ts';
import type { SchemaContract } from '../core/model/schema.ts';
import type { GeneratedRuleName } from '../core/ports/target-type.ts';
import type { Sides } from './target-from/sides.ts';

/** How a generated mapping fills one target column. */
export interface GeneratedRule {
  readonly rule: GeneratedRuleName;
  /** The source column. */
  readonly column: string;
  /** The parent in the target, where a foreign key of this one column refers to it. */
  readonly reference?: {
    readonly parent: string;
    readonly column: string;
    readonly orphan: 'null' | 'reject';
    readonly fold?: readonly Ignorable[];
  };
}

/** A mapping as data. */
export interface GeneratedMapping {
  readonly from: string;
  readonly to: string;
  readonly columns: Readonly<Record<string, GeneratedRule>>;
  readonly drops: Readonly<Record<string, string>>;
  /** Key columns, joined by commas → why the target does not enforce the source's key. */
  readonly unenforcedKeys?: Readonly<Record<string, string>>;
}

/** A decision that was made from the data or by default, as people read it. */
export interface Decision {
  /** Table or column of the source. */
  readonly subject: string;
  readonly text: string;
}

/** The generated part of a project: everything that is made again from the source. */
export interface Project {
  readonly waybill: string;
  readonly name: string;
  /** The live schema of the target. */
  readonly schema: string;
  readonly dialect: string;
  /** Logical schema of the source → its live name; absent where there is one, which the source's URL names. */
  readonly schemas?: Readonly<Record<string, string>>;
  /** Logical schema → contract of the source. */
  readonly contract: Readonly<Record<string, SchemaContract>>;
  readonly target: SchemaContract;
  /** Tables of the target that no mapping fills, with the reason. */
  readonly unmapped?: Readonly<Record<string, string>>;
  readonly mappings: readonly GeneratedMapping[];
  readonly relations: readonly Relation[];
  readonly decisions: readonly Decision[];
  /** Every object of the source, which its pipeline declares. */
  readonly inventory: readonly InventoryEntry[];
  /** Objects that the DDL makes where the target can, as the inventory has them. */
  readonly attempts?: readonly Pick<InventoryEntry, 'kind' | 'name'>[];
  /** Present where another tool made the target: the matches of both sides make the mappings. */
  readonly sides?: Sides;
}

/** Generated files: path inside the generated folder → text. */
export type GeneratedFiles = Readonly<Record<string, string>>;

/** The file with a project, and the folders with the DDL and with the source's definitions of what stays behind. */
export const projectFile = 'project.json';
export const schemaFolder = 'schema';
export const leftBehindFolder = 'left-behind';

/** The version that rows are loaded into, the last one, and the last one of a project with objects that are tried. */
export const versions = { load: 1, final: 4, attempts: 5 } as const;
