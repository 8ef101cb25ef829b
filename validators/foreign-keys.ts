import type { Relation } from '../core/mapping/pipeline.ts';
import type { PlannedMapping } from '../core/mapping/plan/plan.ts';
import type { Constraint } from '../core/ports/target.ts';
import type { Finding } from '../core/validation/check.ts';
import { findMissingParents, type MissingParents } from '../core/validation/missing-parents.ts';
import type { ValidationContext, Validator } from '../core/validation/validator.ts';
import { type CheckResult, checkSubject, findingOf } from './check-result.ts';
import { mapConcurrent } from './map-concurrent.ts';
import { checkEnforced } from './references/enforced-relation.ts';
import { type RelationSides, relationText, sidesOf, sidesSharingColumns } from './references/relation-sides.ts';
import { checkUnenforced } from './references/unenforced-relation.ts';

/**
 * Checks every relation of the source against the decision on it, in both databases. Relations of tables that took no part
 * are left out.
 */
export const foreignKeys: Validator = {
  name: 'foreign-keys',
  proves:
    'Enforced relations have a validated foreign key and no orphans in the target, and the orphans of the source are accounted for. Lookups have as many orphans in the target as in the source, apart from missing and resolved rows.',
  cannotSee:
    'A child that points at another existing parent, which checksums sees. An unrecorded orphan in a table that also has rows rejected for other reasons, because only the numbers are compared.',
  async *run(context): AsyncIterable<Finding> {
    const facts = factsOf(context);
    let leftOut = 0;
    let unparented = 0;
    const complete: RelationSides[] = [];
    for (const relation of context.pipeline.relations) {
      if (relation.decision === 'none') continue;
      const { child, parent } = sidesOf(context, relation);
      if (child === null) leftOut++;
      else if (parent === null) unparented++;
      else complete.push({ relation, child, parent });
    }
    yield* mapConcurrent(complete, (sides) =>
      checkSubject(relationText(sides.relation), async () =>
        sides.relation.decision === 'lookup'
          ? checkUnenforced(context, sides)
          : checkEnforced(context, sides, {
              constraints: await facts.constraints(),
              missing: await facts.missing(sidesSharingColumns(context, sides)),
            }),
      ),
    );
    yield findingOf('relations', summary(context.pipeline.relations, leftOut, unparented));
  },
};

interface Facts {
  constraints(): Promise<readonly Constraint[]>;
  missing(together: readonly RelationSides[]): Promise<MissingParents>;
}

/** Facts that many relations need; each is queried once. */
function factsOf(context: ValidationContext): Facts {
  let constraints: Promise<readonly Constraint[]> | null = null;
  const missing = new Map<string, Promise<MissingParents>>();
  return {
    constraints: () => {
      constraints ??= context.target.inspector.constraints();
      return constraints;
    },
    missing: (together) => {
      const [{ relation }] = together as [RelationSides];
      const parents = together.map(({ parent }) => parent);
      const name = JSON.stringify([relation.target, parents.map((parent) => parent.name)]);
      const found = missing.get(name) ?? missingOf(context, relation, parents);
      missing.set(name, found);
      return found;
    },
  };
}

/** A relation whose columns are filled without a reference has no resolved rows. */
async function missingOf(
  context: ValidationContext,
  { target }: Relation,
  parents: readonly PlannedMapping[],
): Promise<MissingParents> {
  const wanted = target?.columns.toSorted().join();
  const reference = context.plan.references.find(({ table, parent, column, also = [] }) => {
    const columns = [...also.map((pair) => pair.column), column].sort().join();
    return table === target?.child && parent === target.parent && columns === wanted;
  });
  if (reference === undefined) return { reasonOf: () => null, unknown: 0 };
  return findMissingParents(context, [...new Set(parents)], reference);
}

/** The references of a child that was loaded without its parent's table cannot be checked. */
function summary(relations: readonly Relation[], leftOut: number, unparented: number): CheckResult {
  const count = (decision: Relation['decision']): number => relations.filter((r) => r.decision === decision).length;
  const none = count('none');
  return {
    verdict: unparented === 0 ? 'pass' : 'incomplete',
    expected: relations.length - none,
    actual: relations.length - none - leftOut - unparented,
    notes: [
      `${count('foreign-key')} foreign keys, ${count('lookup')} lookups, ${none} no relation`,
      ...(leftOut === 0 ? [] : [`${leftOut} of tables that took no part`]),
      ...(unparented === 0 ? [] : [`${unparented} to tables that took no part`]),
    ],
  };
}
