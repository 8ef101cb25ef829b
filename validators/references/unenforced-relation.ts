import { bothOf } from '../../core/parallel.ts';
import type { OrphanQuestion } from '../../core/ports/source.ts';
import type { ValidationContext } from '../../core/validation/validator.ts';
import { type CheckResult, plural } from '../check-result.ts';
import { differingKeys, MAX_COMPARED_KEYS } from './differing-keys.ts';
import { incompleteNotes } from './enforced-relation.ts';
import { countFoldedOrphans, joinsTexts } from './folded-orphans.ts';
import {
  countMissingRows,
  type RelationSides,
  sidesSharingColumns,
  sourceOrphans,
  targetQuestion,
} from './relation-sides.ts';
import { checkSpellings } from './spellings.ts';

/** Checks a relation that the target does not enforce: both sides must have the same number of orphans. */
export async function checkUnenforced(context: ValidationContext, sides: RelationSides): Promise<CheckResult> {
  const together = sidesSharingColumns(context, sides);
  const inSource = await sourceOrphans(context, together, context.maxKeys);
  const question = targetQuestion(sides);
  if (question === null) return sourceOnly(sides, inSource.count);
  const inTarget = await context.target.inspector.orphans(question, context.maxKeys);
  const count = await targetCount(context, question, inTarget.count, inSource.count);
  const spellings = await checkSpellings(context, sides);
  const judged = judge(context, sides, inSource.count, count);
  const verdict = spellings.faults.length > 0 ? 'fail' : judged.verdict;
  const notes = [...judged.notes, ...spellings.faults];
  const gaps = [...incompleteNotes(inSource), ...incompleteNotes(inTarget), ...spellings.gaps];
  return {
    verdict: gaps.length > 0 && verdict === 'pass' ? 'incomplete' : verdict,
    expected: inSource.count,
    actual: count,
    sampleKeys:
      judged.verdict === 'fail'
        ? await differing(context, together, question)
        : spellings.keys.slice(0, context.maxKeys),
    notes: [...gaps, ...notes],
  };
}

/** The orphans of one side that are none on the other. */
async function differing(
  context: ValidationContext,
  together: readonly RelationSides[],
  question: OrphanQuestion,
): Promise<readonly string[]> {
  const [inTarget, inSource] = await bothOf(
    context.target.inspector.orphans(question, MAX_COMPARED_KEYS),
    sourceOrphans(context, together, MAX_COMPARED_KEYS),
  );
  const { source, target } = differingKeys(context, together, inSource.keys, inTarget.keys);
  return [...source, ...target].slice(0, context.maxKeys);
}

function sourceOnly({ relation }: RelationSides, count: number): CheckResult {
  const isInTarget = relation.target !== undefined;
  return {
    verdict: isInTarget ? 'incomplete' : 'pass',
    expected: count,
    actual: null,
    notes: [isInTarget ? 'the target does not have the flag that chooses the parent' : 'counted in the source only'],
  };
}

/** The target compares text exactly and the source does not, so where the counts differ, counts the target again with folded text. */
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
): Pick<CheckResult, 'verdict'> & { readonly notes: readonly string[] } {
  const fewer = inSource - inTarget;
  if (fewer === 0) return { verdict: 'pass', notes: [] };
  const reason = fewer > 0 ? whyFewer(context, sides, fewer) : whyMore(context, sides);
  const words = `${plural(Math.abs(fewer), 'orphan')} ${fewer > 0 ? 'fewer' : 'more'} in the target`;
  return { verdict: reason === null ? 'fail' : 'pass', notes: [reason === null ? words : `${words}: ${reason}`] };
}

/** Child rows that are missing, and references that were set to null, are not orphans any more. */
function whyFewer(context: ValidationContext, sides: RelationSides, fewer: number): string | null {
  const { relation, child } = sides;
  const missing = countMissingRows(
    context,
    sidesSharingColumns(context, sides).map((s) => s.child),
  );
  const nulled = nulledIn(context, child.target.name, relation.target?.columns ?? []);
  return fewer <= missing + nulled ? 'their rows were rejected or their references resolved' : null;
}

/** Parents that are missing, or whose referenced columns were set to null, leave orphans behind. */
function whyMore(context: ValidationContext, sides: RelationSides): string | null {
  const { relation, parent } = sides;
  const missing = countMissingRows(
    context,
    sidesSharingColumns(context, sides).map((s) => s.parent),
  );
  const nulled = nulledIn(context, parent.target.name, relation.target?.parentColumns ?? []);
  return missing + nulled > 0 ? 'parents were rejected or their references resolved' : null;
}

function nulledIn({ resolved }: ValidationContext, table: string, columns: readonly string[]): number {
  return resolved.filter((s) => s.action === 'null' && s.table === table && columns.includes(s.column)).length;
}
