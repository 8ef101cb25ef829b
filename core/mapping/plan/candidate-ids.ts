import { canonicalUuid } from '../../model/canonical-form.ts';
import { WaybillError } from '../../model/errors.ts';
import { Adjusted } from '../../model/value.ts';
import { resultOf } from '../column-rule.ts';
import { foldKey } from '../convert/fold.ts';
import { type EntityIds, entityIds } from '../ids/entity-ids.ts';
import type { Plan, PlannedMapping } from './plan.ts';

/**
 * The target ids that the row behind a record may have. A record names the source key (`ID=42`) or the target key (`id=…`);
 * a key of several columns has no id.
 */
export function candidateIds(plan: Plan, parent: PlannedMapping, key: string): readonly string[] {
  const { source, target } = parent;
  const value = key.slice(key.indexOf('=') + 1);
  if (target.key.length === 1 && key.startsWith(`${target.key[0]}=`) && canonicalUuid.test(value)) return [value];
  if (source.key.length !== 1 || !key.startsWith(`${source.key[0]}=`)) return [];
  const ids = idsOfEntity(plan, parent);
  const made = [ids.ofText(foldKey(value)), value, ...spelledKey(parent, value)];
  return /^-?\d+$/.test(value) ? [ids.ofInteger(value), ...made] : made;
}

/** A key that is itself a folded reference is written in the spelling of its own parent. */
function spelledKey({ mapping, target, steps }: PlannedMapping, value: string): readonly string[] {
  const rule = mapping.columns[target.key[0] as string];
  if (rule?.reference?.fold === undefined || rule.reads.length !== 1) return [];
  const step = steps().find(({ column }) => column === target.key[0]);
  try {
    const made = step === undefined ? null : resultOf(step.rule.how, [value]);
    return made instanceof Adjusted && typeof made.value === 'string' ? [made.value] : [];
  } catch (error) {
    // A transform directory does not have the keys of the source.
    if (error instanceof WaybillError && error.code === 'source-missing-table') return [];
    throw error;
  }
}

/** An entity whose key is itself a reference is keyed as its parent is. */
function idsOfEntity(plan: Plan, planned: PlannedMapping): EntityIds {
  const { mapping, target } = planned;
  const entity = target.key.length === 1 ? mapping.columns[target.key[0] as string]?.reference?.entity : undefined;
  const parent = plan.mappings.find((m) => m.target.name === entity);
  if (parent !== undefined) return idsOfEntity(plan, parent);
  const { tenantParam } = plan.pipeline;
  const tenant = mapping.scope === 'tenant' && tenantParam !== null ? plan.params[tenantParam] : undefined;
  return entityIds(tenant ?? null, target.name);
}
