import { candidateIds } from '../../core/mapping/plan/candidate-ids.ts';
import type { Plan, PlannedMapping } from '../../core/mapping/plan/plan.ts';
import type { RejectRecord } from '../../core/model/records.ts';
import { readPlaced } from '../journal/row-records.ts';

/** A reject that was not replayed. */
export interface Reject {
  /** Place of its record in the run folder. */
  readonly place: string;
  readonly planned: PlannedMapping;
  readonly record: RejectRecord;
}

/** A cause and its rejects. */
export interface NumberedCause {
  /** Position in the list, from 1. A replay changes it. */
  readonly number: number;
  /** Number of the cause whose rejects are the parents of these; null when no rejected parent caused them. */
  readonly parent: number | null;
  /** Number of causes above it; 0 when it has no parent. */
  readonly depth: number;
  readonly rejects: readonly Reject[];
}

/** Reads the rejects of a run that were not replayed, in mapping and part order. They fit in memory because of the limits. */
export async function readRejects(
  recordsPath: string,
  mappings: readonly PlannedMapping[],
): Promise<readonly Reject[]> {
  const rejects: Reject[] = [];
  for (const planned of mappings) {
    for await (const { place, record, isVoid } of readPlaced(recordsPath, planned.name)) {
      if (record.kind === 'reject' && !isVoid) rejects.push({ place, planned, record });
    }
  }
  return rejects;
}

interface Group {
  readonly parent: Group | null;
  readonly rejects: Reject[];
}

/** Groups rejects by cause. Rows that were rejected because their parent was rejected come under the parent's cause. */
export function numberedCauses(rejects: readonly Reject[], plan: Plan): readonly NumberedCause[] {
  const groups = groupsOf(rejects, plan);
  const causes: NumberedCause[] = [];
  const list = (parent: Group | null, number: number | null, depth: number): void => {
    for (const group of groups.filter((each) => each.parent === parent)) {
      const cause = { number: causes.length + 1, parent: number, depth, rejects: group.rejects };
      causes.push(cause);
      list(group, cause.number, depth + 1);
    }
  };
  list(null, null, 0);
  return causes;
}

function groupsOf(rejects: readonly Reject[], plan: Plan): readonly Group[] {
  const parents = parentsOf(rejects, plan);
  const known = new Map<Reject, Group>();
  const groups = new Map<string, Group>();
  const numbers = new Map<Group, number>();
  const groupOf = (reject: Reject): Group => {
    const found = known.get(reject);
    if (found !== undefined) return found;
    const above = parents(reject);
    const parent = above === null ? null : groupOf(above);
    const { stage, rule, column, sqlstate, constraint } = reject.record;
    const id = JSON.stringify([
      parent && numbers.get(parent),
      reject.planned.name,
      stage,
      rule,
      column,
      sqlstate,
      constraint,
    ]);
    const group = groups.get(id) ?? { parent, rejects: [] };
    groups.set(id, group);
    if (!numbers.has(group)) numbers.set(group, numbers.size);
    known.set(reject, group);
    group.rejects.push(reject);
    return group;
  };
  for (const reject of rejects) groupOf(reject);
  return [...groups.values()];
}

/**
 * Finds the rejected parent of a row that was rejected when references were resolved. Parents are rejected before their
 * children, so no reject is its own ancestor.
 */
function parentsOf(rejects: readonly Reject[], plan: Plan): (reject: Reject) => Reject | null {
  const byId = new Map<string, Reject>();
  for (const reject of rejects) {
    for (const id of candidateIds(plan, reject.planned, reject.record.key)) {
      byId.set(`${reject.planned.target.name} ${id}`, reject);
    }
  }
  return ({ record }) =>
    record.parent === undefined ? null : (byId.get(`${record.parent.table} ${record.parent.value}`) ?? null);
}
