import type { Relation } from '../core/mapping/pipeline.ts';
import type { Constraint } from '../core/ports/target.ts';
import type { Check } from '../core/validation/check.ts';
import type { ValidationContext, Validator } from '../core/validation/validator.ts';
import { checkOf, checkSafely, type Finding } from './check-result.ts';
import { mapConcurrent } from './map-concurrent.ts';
import { checkEnforced } from './references/enforced-relation.ts';
import { type LostParents, lostParents } from './references/lost-parents.ts';
import { type RelationSides, relationText, sidesOf, sidesTogether } from './references/relation-sides.ts';
import { checkUnenforced } from './references/unenforced-relation.ts';

const check = 'foreign-keys';

/**
 * Whether every relation of the source is what its decision says, asked of both databases: enforced ones hold and their
 * orphans were recorded, looked-up ones have as many orphans as before. Relations of tables that took no part are left out.
 */
export const foreignKeys: Validator = {
  name: check,
  async *run(context): AsyncIterable<Check> {
    const known = factsOf(context);
    let leftOut = 0;
    let unparented = 0;
    const taking: RelationSides[] = [];
    for (const relation of context.pipeline.relations) {
      if (relation.decision === 'none') continue;
      const { child, parent } = sidesOf(context, relation);
      if (child === null) leftOut++;
      else if (parent === null) unparented++;
      else taking.push({ relation, child, parent });
    }
    yield* mapConcurrent(taking, (sides) =>
      checkSafely({ check, subject: relationText(sides.relation) }, async () =>
        sides.relation.decision === 'lookup'
          ? checkUnenforced(context, sides)
          : checkEnforced(context, sides, {
              constraints: await known.constraints(),
              lost: await known.lost(sidesTogether(context, sides)),
            }),
      ),
    );
    yield checkOf({ check, subject: 'relations' }, summary(context.pipeline.relations, leftOut, unparented));
  },
};

interface Facts {
  constraints(): Promise<readonly Constraint[]>;
  lost(together: readonly RelationSides[]): Promise<LostParents>;
}

/** Facts that many relations need, asked for once. */
function factsOf(context: ValidationContext): Facts {
  let constraints: Promise<readonly Constraint[]> | null = null;
  const lost = new Map<string, Promise<LostParents>>();
  return {
    constraints: () => {
      constraints ??= context.target.inspector.constraints();
      return constraints;
    },
    lost: async (together) => {
      const all: LostParents[] = [];
      for (const { relation, parent } of together) {
        const columns = relation.target?.parentColumns ?? [];
        const column = (columns.length === 1 ? columns : parent.target.key).join();
        const name = `${parent.name} ${column}`;
        const found = lost.get(name) ?? lostParents(context, parent, column);
        lost.set(name, found);
        all.push(await found);
      }
      return { has: (id) => all.some((l) => l.has(id)), unknown: all.reduce((sum, l) => sum + l.unknown, 0) };
    },
  };
}

/** A child that was loaded without its parent's table has references that nothing can be said of. */
function summary(relations: readonly Relation[], leftOut: number, unparented: number): Finding {
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
