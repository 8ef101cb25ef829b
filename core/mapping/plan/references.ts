import { groupedBy } from '../../model/grouped-by.ts';
import type { TableSchema } from '../../model/schema.ts';
import type { Reference } from '../../ports/ledger.ts';
import type { Mapping } from '../mapping.ts';
import type { Pipeline, Relation } from '../pipeline.ts';
import type { Problem } from './problem.ts';

/** A mapping that was planned. */
interface Feed {
  readonly name: string;
  readonly mapping: Mapping;
  readonly target: TableSchema;
}

type Tables = ReadonlyMap<string, TableSchema>;

/**
 * The references of the target that must hold before its foreign keys are created, in mapping order. Mappings that feed one table
 * have the same references, which are listed once.
 */
export function referencesOf(pipeline: Pipeline, feeds: readonly Feed[], targets: Tables): Reference[] {
  const feeding = groupedBy(feeds, ({ target }) => [target.name]);
  const composite = groupedBy(pipeline.relations, (relation) => {
    const side = compositeSide(relation);
    return side === undefined ? [] : [side.child];
  });
  const all = feeds.flatMap((feed) => {
    const { name } = feed.target;
    const mapping = feeding.get(name)?.length === 1 ? feed.name : null;
    const own = composite.get(name) ?? [];
    return [...ruleReferences(feed, targets), ...compositeReferences(own, feed, targets)].map((reference) => ({
      ...reference,
      mapping,
    }));
  });
  return [...new Map(all.map((reference) => [JSON.stringify(reference), reference])).values()];
}

type Unowned = Omit<Reference, 'mapping'>;

function ruleReferences({ mapping, target }: Feed, targets: Tables): Unowned[] {
  return Object.entries(mapping.columns).flatMap(([column, { reference }]): Unowned[] => {
    if (reference === undefined) return [];
    const parent = reference.entity;
    const parentColumn = reference.column ?? targets.get(parent)?.key[0] ?? 'id';
    return [{ table: target.name, column, parent, parentColumn, orphan: reference.orphan }];
  });
}

/** @param relations those of the table. */
function compositeReferences(relations: readonly Relation[], { target }: Feed, targets: Tables): Unowned[] {
  return relations.flatMap((relation): Unowned[] => {
    const side = compositeSide(relation);
    if (side === undefined || relation.orphan === undefined) return [];
    const pairs = side.columns.map((column, i) => ({ column, parentColumn: side.parentColumns[i] as string }));
    const nulled = relation.orphan === 'reject' ? side.columns.at(-1) : relation.orphan.null;
    const own = pairs.find(({ column }) => column === nulled);
    if (own === undefined) return [];
    const key = targets.get(side.parent)?.key ?? [];
    const identifying = pairs.find(({ parentColumn }) => key.join() === parentColumn)?.column ?? null;
    const orphan = relation.orphan === 'reject' ? 'reject' : 'null';
    const also = pairs.filter((pair) => pair !== own);
    return [{ table: target.name, ...own, also, parent: side.parent, identifying, orphan }];
  });
}

/** The target side of a foreign key over several columns. */
function compositeSide({ decision, target }: Relation): Relation['target'] {
  return decision === 'foreign-key' && target !== undefined && target.columns.length > 1 ? target : undefined;
}

/** Finds foreign keys over several columns that do not say what becomes of a row without a parent. */
export function compositeProblems({ relations }: Pipeline, targets: Tables): Problem[] {
  return relations.flatMap((relation) => {
    const side = compositeSide(relation);
    if (side === undefined) return [];
    const message = compositeProblem(relation, side, targets.get(side.child));
    return message === null ? [] : [{ subject: `${side.child}(${side.columns.join(', ')})`, message }];
  });
}

function compositeProblem(
  { orphan }: Relation,
  { columns, parent }: NonNullable<Relation['target']>,
  table: TableSchema | undefined,
): string | null {
  if (orphan === 'reject') return null;
  if (orphan === undefined)
    return `The foreign key to ${parent} has several columns, and its relation does not say what becomes of a row without a parent.`;
  if (!columns.includes(orphan.null)) return `The foreign key to ${parent} does not have the column ${orphan.null}.`;
  const isNullable = table?.columns.find(({ name }) => name === orphan.null)?.nullable ?? false;
  return isNullable ? null : `An orphan sets ${orphan.null} to null, but the column is NOT NULL.`;
}
