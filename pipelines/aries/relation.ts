import type { Relation } from '../../public/index.ts';

interface Side {
  readonly child: string;
  readonly columns: readonly string[];
  readonly parent: string;
  readonly parentColumns: readonly string[];
}

/** A relation that is a foreign key of the target. Both sides read `child(columns) > parent(columns)`. */
export function enforced(
  source: string,
  target: string,
  none: readonly string[],
  why: string,
  when?: NonNullable<Relation['when']>,
): Relation {
  const relation = { ...sideOf(source), decision: 'foreign-key', none, target: sideOf(target), why } as const;
  return when === undefined ? relation : { ...relation, when };
}

/** A foreign key over several columns of which 0 means "none". @param orphan what becomes of a row without a parent. */
export function composite(
  source: string,
  target: string,
  orphan: NonNullable<Relation['orphan']>,
  why: string,
): Relation {
  return { ...enforced(source, target, ['0'], why), orphan };
}

/** A relation that is checked on both sides and not enforced. */
export function checked(source: string, target: string, none: readonly string[], why: string): Relation {
  return { ...sideOf(source), decision: 'lookup', none, target: sideOf(target), why };
}

/** A column that looks like a relation but is not one, or whose parent cannot be determined. */
export function unrelated(source: string, why: string): Relation {
  return { ...sideOf(source), decision: 'none', none: ['0'], why };
}

/** Reads `c01.tbl_order(CustomerID) > c01.tbl_customer(ID)`. */
function sideOf(text: string): Side {
  const match = /^(\S+)\((.+)\) > (\S+)\((.+)\)$/.exec(text);
  if (match === null) throw new Error(`not a relation: ${text}`);
  const [, child, columns, parent, parentColumns] = match as unknown as [string, string, string, string, string];
  return { child, columns: columns.split(', '), parent, parentColumns: parentColumns.split(', ') };
}
