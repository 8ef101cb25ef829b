/** The kinds of object that are a part of one table's definition. */
const tablePartKinds = [
  'table',
  'primary key',
  'index',
  'foreign key',
  'check',
  'identity',
  'default',
  'generated column',
  'on update',
  'comment',
] as const;

/** The kinds of object that are not a part of one table's definition. */
export const schemaObjectKinds = [
  'view',
  'synonym',
  'materialized view',
  'procedure',
  'function',
  'trigger',
  'event',
  'sequence',
  'collation',
  'enum',
  'domain',
  'type',
  'extension',
  'policy',
  'rule',
  'exclusion constraint',
  'partition',
  'foreign table',
  'virtual table',
  'grant',
] as const;

/** The kinds of object of a source. Columns are not among them: the plan accounts for each. */
export const objectKinds = [...tablePartKinds, ...schemaObjectKinds] as const;

export type ObjectKind = (typeof objectKinds)[number];

/** What can become of an object, in the order in which people must see it. */
export const outcomes = ['undeclared', 'left behind', 'replaced', 'carried'] as const;

export type Outcome = (typeof outcomes)[number];

/** One object of the source, and what became of it. */
export interface InventoryEntry {
  readonly kind: ObjectKind;
  /** `schema.name`; of a part of a table `schema.table.name`. */
  readonly name: string;
  readonly outcome: Outcome;
  /** Empty for an object that is carried as it is. */
  readonly why: string;
}

/** Counts the objects with each outcome. */
export function outcomeCounts(inventory: readonly InventoryEntry[]): Record<Outcome, number> {
  const counts = { undeclared: 0, 'left behind': 0, replaced: 0, carried: 0 };
  for (const { outcome } of inventory) counts[outcome]++;
  return counts;
}
