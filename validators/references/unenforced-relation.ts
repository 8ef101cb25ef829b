import type { OrphanQuestion } from '../../core/ports/source.ts';
import type { ValidationContext } from '../../core/validation/validator.ts';
import { type Finding, plural } from '../check-result.ts';
import { incompleteNotes } from './enforced-relation.ts';
import { countFoldedOrphans, joinsTexts } from './folded-orphans.ts';
import { lostRows, type RelationSides, sidesTogether, sourceOrphans, targetQuestion } from './relation-sides.ts';

/** Looks at a relation that is checked and not enforced: both sides are to have as many orphans. */
export async function checkUnenforced(context: ValidationContext, sides: RelationSides): Promise<Finding> {
  const inSource = await sourceOrphans(context, sidesTogether(context, sides));
  const question = targetQuestion(sides);
  if (question === null) return sourceOnly(sides, inSource.count, inSource.keys);
  const inTarget = await context.target.inspector.orphans(question, context.maxKeys);
  const gaps = [...incompleteNotes(inSource), ...incompleteNotes(inTarget)];
  const count = await targetCount(context, question, inTarget.count, inSource.count);
  const { verdict, notes } = judge(context, sides, inSource.count, count);
  return {
    verdict: gaps.length > 0 && verdict === 'pass' ? 'incomplete' : verdict,
    expected: inSource.count,
    actual: count,
    sampleKeys: [...inSource.keys, ...inTarget.keys].slice(0, context.maxKeys),
    notes: [...gaps, ...notes],
  };
}

function sourceOnly({ relation }: RelationSides, count: number, sampleKeys: readonly string[]): Finding {
  const isHeld = relation.target !== undefined;
  return {
    verdict: isHeld ? 'incomplete' : 'pass',
    expected: count,
    actual: null,
    sampleKeys,
    notes: [isHeld ? 'the target does not carry the flag that chooses the parent' : 'counted in the source only'],
  };
}

/** The target compares texts exactly and the source does not, so where they differ the target is counted again, folded. */
async function targetCount(
  context: ValidationContext,
  question: OrphanQuestion,
  inTarget: number,
  inSource: number,
): Promise<number> {
  if (inTarget === inSource || !joinsTexts(question)) return inTarget;
  return (await countFoldedOrphans(context, question)) ?? inTarget;
}

function judge(
  context: ValidationContext,
  sides: RelationSides,
  inSource: number,
  inTarget: number,
): Pick<Finding, 'verdict'> & { readonly notes: readonly string[] } {
  const lost = inSource - inTarget;
  if (lost === 0) return { verdict: 'pass', notes: [] };
  const reason = lost > 0 ? whyFewer(context, sides, lost) : whyMore(context, sides);
  const words = `${plural(Math.abs(lost), 'orphan')} ${lost > 0 ? 'fewer' : 'more'} in the target`;
  return { verdict: reason === null ? 'fail' : 'pass', notes: [reason === null ? words : `${words}: ${reason}`] };
}

/** Child rows that did not arrive, and references that were made null, are no orphans any more. */
function whyFewer(context: ValidationContext, sides: RelationSides, lost: number): string | null {
  const { relation, child } = sides;
  const gone = lostRows(
    context,
    sidesTogether(context, sides).map((s) => s.child),
  );
  const nulled = nulledIn(context, child.target.name, relation.target?.columns ?? []);
  return lost <= gone + nulled ? 'their rows were rejected or their references resolved' : null;
}

/** Parents that did not arrive, or whose own columns were made null, leave orphans behind. */
function whyMore(context: ValidationContext, sides: RelationSides): string | null {
  const { relation, parent } = sides;
  const gone = lostRows(
    context,
    sidesTogether(context, sides).map((s) => s.parent),
  );
  const nulled = nulledIn(context, parent.target.name, relation.target?.parentColumns ?? []);
  return gone + nulled > 0 ? 'parents were rejected or their references resolved' : null;
}

function nulledIn({ resolved }: ValidationContext, table: string, columns: readonly string[]): number {
  return resolved.filter((s) => s.action === 'null' && s.table === table && columns.includes(s.column)).length;
}
