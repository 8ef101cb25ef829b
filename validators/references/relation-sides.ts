import type { Relation } from '../../core/mapping/pipeline.ts';
import type { PlannedMapping } from '../../core/mapping/plan/plan.ts';
import type { KeyFold } from '../../core/model/key-fold.ts';
import type { Findings, OrphanQuestion } from '../../core/ports/source.ts';
import { mappingsTo, resolvedOf, type Tally, tallyOf } from '../../core/validation/tally.ts';
import type { ValidationContext } from '../../core/validation/validator.ts';

/** A relation whose tables took part in the run, with the mappings of both. */
export interface RelationSides {
  readonly relation: Relation;
  readonly child: PlannedMapping;
  readonly parent: PlannedMapping;
}

/** Writes a relation as `c01.order(CustomerID) > c01.customer(ID)`, with the flag if one chooses between parents. */
export function relationText({ child, columns, parent, parentColumns, when }: Relation): string {
  const text = `${child}(${columns.join(', ')}) > ${parent}(${parentColumns.join(', ')})`;
  return when === undefined ? text : `${text} when ${when.column} is ${when.equals.join(' or ')}`;
}

/** Finds the mappings of child and parent; null for one whose table took no part. */
export function sidesOf(
  { plan }: Pick<ValidationContext, 'plan'>,
  relation: Relation,
): { readonly child: PlannedMapping | null; readonly parent: PlannedMapping | null } {
  const find = (source: string, target: string | undefined): PlannedMapping | null =>
    plan.mappings.find((m) => m.source.name === source && (target === undefined || m.target.name === target)) ?? null;
  return {
    child: find(relation.child, relation.target?.child),
    parent: find(relation.parent, relation.target?.parent),
  };
}

/**
 * Lists all relations with the same decision between the same target columns. There are several where mappings share a
 * table, and what is found in the target does not show which relation it belongs to.
 */
export function sidesSharingColumns(context: ValidationContext, sides: RelationSides): readonly RelationSides[] {
  const textOf = ({ decision, target }: Relation): string => JSON.stringify([decision, target]);
  const isAlone = mappingsTo(sides.child.target.name, context.plan.mappings).length === 1;
  if (isAlone || sides.relation.target === undefined) return [sides];
  return context.pipeline.relations.flatMap((relation) => {
    if (textOf(relation) !== textOf(sides.relation)) return [];
    const { child, parent } = sidesOf(context, relation);
    return child === null || parent === null ? [] : [{ relation, child, parent }];
  });
}

/** Finds the orphans of all these relations in the source. @param limit how many keys are returned at most. */
export async function sourceOrphans(
  context: ValidationContext,
  together: readonly RelationSides[],
  limit: number,
): Promise<Findings> {
  const found: Findings[] = [];
  for (const sides of together) {
    found.push(await context.source.inspector.orphans(sourceQuestion(sides), limit));
  }
  const note = found.find((one) => !one.isComplete)?.note;
  return {
    count: found.reduce((sum, { count }) => sum + count, 0),
    keys: found.flatMap(({ keys }) => keys).slice(0, limit),
    isComplete: found.every(({ isComplete }) => isComplete),
    ...(note === undefined ? {} : { note }),
  };
}

/** The orphan question for the source. */
export function sourceQuestion(sides: RelationSides): OrphanQuestion {
  const { relation, child, parent } = sides;
  const { columns, parentColumns, none, when } = relation;
  const fold = foldOfRelation(sides);
  return {
    ...{ child: child.source, columns, parent: parent.source, parentColumns, none },
    ...(when === undefined ? {} : { when }),
    ...(fold === undefined ? {} : { fold }),
  };
}

/** The declared fold of a relation: its own, or that of the rule of its only column. */
export function foldOfRelation({ relation, child }: Pick<RelationSides, 'relation' | 'child'>): KeyFold | undefined {
  const [column = '', ...others] = relation.target?.columns ?? [];
  return relation.fold ?? (others.length === 0 ? child.mapping.columns[column]?.reference?.fold : undefined);
}

/**
 * The orphan question for the target; null when the target does not have the relation or the flag. References of the target
 * were already chosen by the flag, so only a column that both parents share still needs it.
 */
export function targetQuestion({ relation, child, parent }: RelationSides): OrphanQuestion | null {
  const { target, none, when, decision } = relation;
  if (target === undefined) return null;
  const { columns, parentColumns } = target;
  const question = { child: child.target, columns, parent: parent.target, parentColumns, none };
  if (when === undefined || decision === 'foreign-key') return question;
  const flag = child.columns.find(({ name }) => child.mapping.columns[name]?.reads.join('\n') === when.column);
  return flag === undefined ? null : { ...question, when: { column: flag.name, equals: when.equals } };
}

/** Counts the rows of a mapping, resolved rows included. */
function tallyOfMapping({ ledger, resolved }: ValidationContext, planned: PlannedMapping): Tally {
  const entries = ledger.filter((e) => e.mapping === planned.name);
  return tallyOf(entries, resolvedOf(planned, resolved));
}

/** Counts the rows of these mappings that were rejected, filtered or removed; a mapping listed twice counts once. */
export function countMissingRows(context: ValidationContext, mappings: readonly PlannedMapping[]): number {
  return [...new Set(mappings)].reduce((sum, planned) => {
    const { rejected, filtered } = tallyOfMapping(context, planned);
    return sum + rejected + filtered;
  }, 0);
}
