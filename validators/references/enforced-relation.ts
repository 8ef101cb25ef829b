import { bothOf } from '../../core/parallel.ts';
import type { ResolvedRow } from '../../core/ports/ledger.ts';
import type { Findings } from '../../core/ports/source.ts';
import type { Constraint } from '../../core/ports/target.ts';
import { mappingsTo } from '../../core/validation/tally.ts';
import type { ValidationContext } from '../../core/validation/validator.ts';
import { type CheckResult, plural } from '../check-result.ts';
import type { MissingParents } from './missing-parents.ts';
import {
  countMissingRows,
  type RelationSides,
  sidesSharingColumns,
  sourceOrphans,
  targetQuestion,
} from './relation-sides.ts';

/** Facts that the checks of several relations share. */
export interface Enforcement {
  readonly constraints: readonly Constraint[];
  readonly missing: MissingParents;
}

/**
 * Checks a relation that the target enforces: the constraint exists and is validated, the target finds no orphan, and every
 * orphan of the source was resolved or is in a row that is missing from the target.
 */
export async function checkEnforced(
  context: ValidationContext,
  sides: RelationSides,
  { constraints, missing }: Enforcement,
): Promise<CheckResult> {
  const question = targetQuestion(sides);
  if (question === null)
    return { verdict: 'fail', expected: null, actual: null, notes: ['the relation names no target columns'] };
  const together = sidesSharingColumns(context, sides);
  const [inTarget, inSource] = await bothOf(
    context.target.inspector.orphans(question, context.maxKeys),
    sourceOrphans(context, together),
  );
  const tally = tallyOrphans(context, together, inSource.count, missing);
  const faults = [
    ...constraintFaults(constraints, context, sides),
    ...(inTarget.count === 0 ? [] : [`${plural(inTarget.count, 'row')} of the target without a parent`]),
    ...tally.faults,
  ];
  const gaps = [...partialNotes(context), ...incompleteNotes(inTarget), ...incompleteNotes(inSource), ...tally.gaps];
  return {
    verdict: faults.length > 0 ? 'fail' : gaps.length > 0 ? 'incomplete' : 'pass',
    expected: inSource.count,
    actual: tally.accounted,
    sampleKeys: [...inTarget.keys, ...inSource.keys].slice(0, context.maxKeys),
    notes: [...faults, ...gaps, ...tally.notes],
  };
}

/** Explains why orphans were not all counted. */
export function incompleteNotes({ isComplete, note }: Findings): string[] {
  return isComplete ? [] : [note ?? 'the orphans could not all be counted'];
}

const noConstraint = 'the target has no such foreign key';

/** A run of only some tables builds no foreign keys, so their enforcement cannot be checked. */
function isPartial({ pipeline, plan }: ValidationContext): boolean {
  return plan.mappings.length < pipeline.mappings.length;
}

function partialNotes(context: ValidationContext): string[] {
  return isPartial(context) ? ['only some tables took part, and no foreign keys were built'] : [];
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

interface OrphanTally {
  /** Source orphans that were resolved or are in missing rows. */
  readonly accounted: number;
  readonly faults: readonly string[];
  readonly gaps: readonly string[];
  readonly notes: readonly string[];
}

/** Compares the orphans of the source with the resolved rows. */
function tallyOrphans(
  context: ValidationContext,
  together: readonly RelationSides[],
  orphans: number,
  missing: MissingParents,
): OrphanTally {
  const resolved = resolvedFor(context, together[0] as RelationSides);
  const ofOrphans = resolved.filter((s) => !missing.has(s.value)).length;
  const ofMissing = resolved.length - ofOrphans;
  const removed = resolved.filter((s) => s.action === 'reject').length;
  // Resolved rows count for the first mapping of a table, even if another mapping has the relation.
  const children = mappingsTo(together[0]?.child.target.name ?? '', context.plan.mappings);
  const missingRows = countMissingRows(context, children) - removed;
  const elsewhere = Math.min(Math.max(orphans - ofOrphans, 0), Math.max(missingRows, 0));
  const unrecorded = orphans - ofOrphans - elsewhere;
  const surplus = ofOrphans - orphans;
  return {
    accounted: ofOrphans + elsewhere,
    faults: [
      ...(unrecorded > 0 ? [`${plural(unrecorded, 'orphan')} of the source not recorded`] : []),
      ...(surplus > 0 && missing.unknown === 0
        ? [`${plural(surplus, 'reference')} resolved although the parent is in the source`]
        : []),
    ],
    gaps:
      surplus > 0 && missing.unknown > 0
        ? [`${plural(surplus, 'reference')} resolved, perhaps to parents that were rejected`]
        : [],
    notes: [
      ...(elsewhere > 0
        ? [`${plural(elsewhere, 'orphan')} in rows that were rejected or filtered for another reason`]
        : []),
      ...(ofMissing > 0
        ? [`${plural(ofMissing, 'more reference')} resolved, to parents that were rejected or filtered`]
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
