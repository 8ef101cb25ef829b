import type { Plan } from '../../core/mapping/plan/plan.ts';
import type { TableSchema } from '../../core/model/schema.ts';
import type { Inspector } from '../../core/ports/source.ts';
import { foldOfRelation, type RelationSides, relationText, sidesOf, sourceQuestion } from './relation-sides.ts';

/** A relation whose keys are carried and compared exactly, although the source finds parents in another spelling. */
export interface UnfoldedRelation {
  readonly relation: string;
  /** Number of child rows that have such a parent. */
  readonly rows: number;
}

/** Asks the source for these relations, one question for each relation of texts. */
export async function unfoldedRelations(plan: Plan, inspector: Inspector): Promise<readonly UnfoldedRelation[]> {
  const found: UnfoldedRelation[] = [];
  for (const relation of plan.pipeline.relations) {
    const { child, parent } = sidesOf({ plan }, relation);
    if (child === null || parent === null || !isUnfolded({ relation, child, parent })) continue;
    const { count } = await inspector.spellings(sourceQuestion({ relation, child, parent }), 0);
    if (count > 0) found.push({ relation: relationText(relation), rows: count });
  }
  return found;
}

/** Whether the target compares texts of the relation exactly, and a row without such a parent is an orphan. */
function isUnfolded(sides: RelationSides): boolean {
  const { relation, child, parent } = sides;
  const { decision, target } = relation;
  if (decision === 'none' || target === undefined || foldOfRelation(sides) !== undefined) return false;
  const isReference = target.columns.some((name) => child.mapping.columns[name]?.reference !== undefined);
  if (decision === 'lookup' && !isReference) return false;
  const isText = ({ columns }: TableSchema, name: string): boolean =>
    columns.find((column) => column.name === name)?.type.kind === 'text';
  return target.columns.some(
    (name, i) => isText(child.target, name) && isText(parent.target, target.parentColumns[i] as string),
  );
}
