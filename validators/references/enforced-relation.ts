import { bothOf } from '../../core/parallel.ts';
import type { ResolvedRow } from '../../core/ports/ledger.ts';
import type { Findings } from '../../core/ports/source.ts';
import type { Constraint } from '../../core/ports/target.ts';
import { mappingsTo } from '../../core/validation/tally.ts';
import type { ValidationContext } from '../../core/validation/validator.ts';
import { type Finding, plural } from '../check-result.ts';
import type { LostParents } from './lost-parents.ts';
import { lostRows, type RelationSides, sidesTogether, sourceOrphans, targetQuestion } from './relation-sides.ts';

/** What is known before a relation is looked at. */
export interface Enforcement {
  readonly constraints: readonly Constraint[];
  readonly lost: LostParents;
}

/**
 * Looks at a relation that the target enforces: the constraint is there and validated, the target itself finds no orphan,
 * and the orphans of the source are those that were resolved, or stand in rows that did not arrive.
 */
export async function checkEnforced(
  context: ValidationContext,
  sides: RelationSides,
  { constraints, lost }: Enforcement,
): Promise<Finding> {
  const question = targetQuestion(sides);
  if (question === null)
    return { verdict: 'fail', expected: null, actual: null, notes: ['it names no target columns'] };
  const together = sidesTogether(context, sides);
  const [inTarget, inSource] = await bothOf(
    context.target.inspector.orphans(question, context.maxKeys),
    sourceOrphans(context, together),
  );
  const reckoning = reckon(context, together, inSource.count, lost);
  const faults = [
    ...constraintFaults(constraints, context, sides),
    ...(inTarget.count === 0 ? [] : [`${plural(inTarget.count, 'row')} of the target without a parent`]),
    ...reckoning.faults,
  ];
  const gaps = [
    ...partialNotes(context),
    ...incompleteNotes(inTarget),
    ...incompleteNotes(inSource),
    ...reckoning.gaps,
  ];
  return {
    verdict: faults.length > 0 ? 'fail' : gaps.length > 0 ? 'incomplete' : 'pass',
    expected: inSource.count,
    actual: reckoning.accounted,
    sampleKeys: [...inTarget.keys, ...inSource.keys].slice(0, context.maxKeys),
    notes: [...faults, ...gaps, ...reckoning.notes],
  };
}

/** Why a count of orphans is not the whole count. */
export function incompleteNotes({ isComplete, note }: Findings): string[] {
  return isComplete ? [] : [note ?? 'the orphans could not all be counted'];
}

const noConstraint = 'the target has no such foreign key';

/** A run of only some tables makes no foreign keys, so whether the target would enforce one cannot be looked at. */
function isPartial({ pipeline, plan }: ValidationContext): boolean {
  return plan.mappings.length < pipeline.mappings.length;
}

function partialNotes(context: ValidationContext): string[] {
  return isPartial(context) ? ['only some tables took part, and no foreign keys were made'] : [];
}

function constraintFaults(
  constraints: readonly Constraint[],
  context: ValidationContext,
  sides: RelationSides,
): string[] {
  const { pipeline } = context;
  const { target } = sides.relation;
  if (target === undefined) return [];
  const tenantPair = `${pipeline.rowSecurity?.tenantColumn}>${pipeline.rowSecurity?.tenantColumn}`;
  const wanted = pairsOf(target.columns, target.parentColumns);
  const found = constraints.find((c) => {
    if (c.kind !== 'foreign' || c.table !== target.child || c.parent !== target.parent) return false;
    const pairs = pairsOf(c.columns, c.parentColumns);
    return wanted.every((p) => pairs.includes(p)) && pairs.every((p) => wanted.includes(p) || p === tenantPair);
  });
  if (found === undefined) return isPartial(context) ? [] : [noConstraint];
  return found.isValidated ? [] : [`the foreign key ${found.name} is not validated`];
}

function pairsOf(columns: readonly string[], parentColumns: readonly string[]): string[] {
  return columns.map((column, i) => `${column}>${parentColumns[i]}`);
}

interface Reckoning {
  /** Source orphans whose fate is known. */
  readonly accounted: number;
  readonly faults: readonly string[];
  readonly gaps: readonly string[];
  readonly notes: readonly string[];
}

/** Holds the orphans of the source against what was resolved. */
function reckon(
  context: ValidationContext,
  together: readonly RelationSides[],
  orphans: number,
  lost: LostParents,
): Reckoning {
  const resolved = resolvedFor(context, together[0] as RelationSides);
  const own = resolved.filter((s) => !lost.has(s.value)).length;
  const ofLost = resolved.length - own;
  const takenOut = resolved.filter((s) => s.action === 'reject').length;
  // Resolving counts for the first mapping of a table, whichever has the relation.
  const children = mappingsTo(together[0]?.child.target.name ?? '', context.plan.mappings);
  const gone = lostRows(context, children) - takenOut;
  const elsewhere = Math.min(Math.max(orphans - own, 0), Math.max(gone, 0));
  const unrecorded = orphans - own - elsewhere;
  const surplus = own - orphans;
  return {
    accounted: own + elsewhere,
    faults: [
      ...(unrecorded > 0 ? [`${plural(unrecorded, 'orphan')} of the source not recorded`] : []),
      ...(surplus > 0 && lost.unknown === 0
        ? [`${plural(surplus, 'reference')} resolved although the parent is in the source`]
        : []),
    ],
    gaps:
      surplus > 0 && lost.unknown > 0
        ? [`${plural(surplus, 'reference')} resolved, perhaps to parents that were rejected`]
        : [],
    notes: [
      ...(elsewhere > 0
        ? [`${plural(elsewhere, 'orphan')} in rows that were rejected or filtered for another reason`]
        : []),
      ...(ofLost > 0
        ? [`${plural(ofLost, 'more reference')} resolved, to parents that were rejected or filtered`]
        : []),
    ],
  };
}

function resolvedFor({ resolved }: ValidationContext, { relation }: RelationSides): readonly ResolvedRow[] {
  const { target } = relation;
  if (target === undefined) return [];
  return resolved.filter(
    (s) => s.table === target.child && s.parent === target.parent && target.columns.includes(s.column),
  );
}
