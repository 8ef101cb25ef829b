import { type EntityIds, entityIds } from '../ids/entity-ids.ts';
import type { Mapping } from '../mapping.ts';
import type { Pipeline } from '../pipeline.ts';

/** The entities of a pipeline, its target tables: which mapping feeds each, how its ids are made and keyed. */
export class Entities {
  private readonly pipeline: Pipeline;
  private readonly params: Readonly<Record<string, string>>;
  private readonly ids = new Map<string, EntityIds>();

  constructor(pipeline: Pipeline, params: Readonly<Record<string, string>>) {
    this.pipeline = pipeline;
    this.params = params;
  }

  /** The first mapping that feeds the entity. */
  mappingTo(entity: string): Mapping | undefined {
    return this.pipeline.mappings.find((m) => m.to === entity);
  }

  /**
   * What an entity's ids are made from. An entity whose key is itself a reference is keyed as its parent is. `carried`: its key is
   * the source's own, carried. null when no mapping feeds it, or another rule makes its key.
   */
  keyedBy(entity: string, seen: readonly string[] = []): 'integer' | 'text' | 'row' | 'carried' | null {
    const key = this.pipeline.target.contract[entity]?.key ?? [];
    if (key.length !== 1 || seen.includes(entity)) return null;
    const rule = this.mappingTo(entity)?.columns[key[0] as string];
    if (rule?.reference !== undefined) return this.keyedBy(rule.reference.entity, [...seen, entity]);
    return rule?.makesId ?? (rule?.preserves === 'value' || rule?.preserves === 'identity' ? 'carried' : null);
  }

  /** The id maker that an entity's rows have: that of the parent at the end of its keys when these are references. */
  idsOf(entity: string): EntityIds {
    const mapping = this.mappingTo(entity) as Mapping;
    const key = this.pipeline.target.contract[entity]?.key[0];
    const parent = key === undefined ? undefined : mapping.columns[key]?.reference?.entity;
    return parent === undefined ? this.ownIds(mapping) : this.idsOf(parent);
  }

  /** The id maker of a mapping's own target table. */
  ownIds(mapping: Mapping): EntityIds {
    let made = this.ids.get(mapping.to);
    if (made === undefined) {
      const { tenantParam } = this.pipeline;
      const tenant = mapping.scope === 'tenant' && tenantParam !== null ? (this.params[tenantParam] ?? null) : null;
      made = entityIds(tenant, mapping.to);
      this.ids.set(mapping.to, made);
    }
    return made;
  }
}
