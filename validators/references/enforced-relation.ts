import { bothOf } from '../../core/parallel.ts';
import type { ResolvedRow } from '../../core/ports/ledger.ts';
import type { Findings } from '../../core/ports/source.ts';
import type { Constraint } from '../../core/ports/target.ts';
import type { MissingParents } from '../../core/validation/missing-parents.ts';
import { mappingsTo } from '../../core/validation/tally.ts';
import type { ValidationContext } from '../../core/validation/validator.ts';
import { type CheckResult, plural } from '../check-result.ts';
import { differingKeys, MAX_COMPARED_KEYS } from './differing-keys.ts';
import {
  countMissingRows,
  type RelationSides,
  sidesSharingColumns,
  sourceOrphans,
  targetQuestion,
} from './relation-sides.ts';
import { checkSpellings } from './spellings.ts';

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
    sourceOrphans(context, together, context.maxKeys),
  );
  const tally = tallyOrphans(context, together, inSource.count, missing);
  const spellings = await checkSpellings(context, sides);
  const faults = [
    ...constraintFaults(constraints, context, sides),
    ...(inTarget.count === 0 ? [] : [`${plural(inTarget.count, 'row')} of the target without a parent`]),
    ...tally.faults,
    ...spellings.faults,
  ];
  const incomplete = [...incompleteNotes(inTarget), ...incompleteNotes(inSource)];
  const gaps = [...partialNotes(context), ...incomplete, ...tally.gaps, ...spellings.gaps];
  const differing = tally.faults.length === 0 ? [] : await misjudgedKeys(context, together, missing);
  return {
    verdict: faults.length > 0 ? 'fail' : gaps.length > 0 ? 'incomplete' : 'pass',
    expected: inSource.count,
    actual: tally.accounted,
    sampleKeys: [...inTarget.keys, ...differing, ...spellings.keys].slice(0, context.maxKeys),
    notes: [...faults, ...gaps, ...tally.notes],
  };
}

/** The orphans of the source that no record accounts for, and the rows that were resolved although the source has their parent. */
async function misjudgedKeys(
  context: ValidationContext,
  together: readonly RelationSides[],
  missing: MissingParents,
): Promise<readonly string[]> {
  const [{ child }] = together as [RelationSides];
  const orphans = await sourceOrphans(context, together, MAX_COMPARED_KEYS);
  const keyOf = ({ key }: ResolvedRow): string => key.map((value, i) => `${child.target.key[i]}=${value}`).join(', ');
  const resolved = resolvedFor(context, together[0] as RelationSides);
  const own = resolved.filter((row) => missing.reasonOf(row) === null).map(keyOf);
  const { source, target } = differingKeys(context, together, orphans.keys, own);
  const others = context.resolved.filter(({ table }) => table === child.target.name).map(keyOf);
  const recorded = new Set<string>();
  for (const side of together) for await (const { key } of context.records(side.child.name)) recorded.add(key);
  const unrecorded = differingKeys(context, together, source, others).source.filter((key) => !recorded.has(key));
  return [...unrecorded, ...target];
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
  const ofOrphans = resolved.filter((row) => missing.reasonOf(row) === null).length;
  const ofMissing = resolved.length - ofOrphans;
  const elsewhere = Math.min(Math.max(orphans - ofOrphans, 0), accountedElsewhere(context, together, resolved));
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
        ? [`${plural(elsewhere, 'orphan')} in rows that were rejected, filtered or resolved for another reason`]
        : []),
      ...(ofMissing > 0
        ? [`${plural(ofMissing, 'more reference')} resolved, to parents that were rejected or filtered`]
        : []),
    ],
  };
}

/** How many orphans can be in rows that are missing for another reason, or whose columns another reference set to null. */
function accountedElsewhere(
  context: ValidationContext,
  together: readonly RelationSides[],
  own: readonly ResolvedRow[],
): number {
  const [{ child, relation }] = together as [RelationSides];
  const removed = own.filter(({ action }) => action === 'reject').length;
  const missingRows = countMissingRows(context, mappingsTo(child.target.name, context.plan.mappings)) - removed;
  const nulled = context.resolved.filter(
    (row) =>
      row.action === 'null' &&
      row.table === child.target.name &&
      relation.target?.columns.includes(row.column) === true &&
      !own.includes(row),
  );
  return Math.max(missingRows, 0) + nulled.length;
}

/** The rows that were resolved for this relation, which has these columns and no other. */
function resolvedFor({ resolved }: ValidationContext, { relation }: RelationSides): readonly ResolvedRow[] {
  const { target } = relation;
  if (target === undefined) return [];
  const wanted = target.columns.toSorted().join('\n');
  return resolved.filter(
    (s) => s.table === target.child && s.parent === target.parent && s.columns.toSorted().join('\n') === wanted,
  );
}
