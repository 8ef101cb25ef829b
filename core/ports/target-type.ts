import type { ColumnFacts, ColumnStructure } from './structure.ts';

/** The rules that a generated mapping uses. */
export type GeneratedRuleName = 'carry' | 'bool' | 'date' | 'label' | 'members' | 'narrow';

/** How a source column is held by the target. */
export interface TargetType {
  /** The type in DDL. */
  readonly type: string;
  readonly rule: GeneratedRuleName;
  /** Why, where it was not the only choice. */
  readonly why?: string;
  /** Whether the rule makes NULL of some values, so that the column cannot be NOT NULL. */
  readonly mayBeNull?: boolean;
  /** Labels that a check allows. */
  readonly labels?: readonly string[];
}

/** A column and where it stands. */
export interface ColumnPlace {
  readonly column: ColumnStructure;
  readonly facts: ColumnFacts;
  /** Whether it is part of a key or of a foreign key, on either side: then its type must be that of the other columns. */
  readonly isKey: boolean;
  /** Whether it is part of the primary key, which holds no NULL. */
  readonly isPrimary: boolean;
  /** Whether a check says that it holds JSON (MariaDB). */
  readonly isJson: boolean;
}
