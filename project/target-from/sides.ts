import type { Blueprint, KeptTable } from '../../core/ports/blueprint.ts';
import type { GeneratedRuleName } from '../../core/ports/target-type.ts';

/** What a source and a target that another tool made hold, as far as their names are matched. */
export interface Sides {
  readonly sources: readonly SourceSide[];
  readonly targets: readonly TargetSide[];
  readonly kept: readonly KeptTable[];
  /** Objects of the target that its DDL cannot make. */
  readonly refused: Blueprint['refused'];
}

/** A source table. */
export interface SourceSide {
  /** `schema.table`. */
  readonly table: string;
  readonly columns: readonly {
    readonly name: string;
    /** The rule that a target of the source's own type would use. */
    readonly rule: GeneratedRuleName;
    readonly mayBeNull: boolean;
  }[];
}

/** A target table. */
export interface TargetSide {
  readonly table: string;
  readonly columns: readonly {
    readonly name: string;
    readonly kind: string;
    readonly isRequired: boolean;
    readonly isComputed: boolean;
  }[];
  readonly foreignKeys: readonly {
    readonly name: string;
    readonly columns: readonly string[];
    readonly parent: string;
    readonly parentColumns: readonly string[];
  }[];
}
