import { WaybillError } from '../../model/errors.ts';
import type { Plan, PlannedMapping } from './plan.ts';

/** Whether a table name selects a mapping: its source, with or without the schema, or its target. */
export function isCalled({ source, target }: Pick<PlannedMapping, 'source' | 'target'>, name: string): boolean {
  return source.name === name || source.name.endsWith(`.${name}`) || target.name === name;
}

/** Selects the mappings that the table names match; all when none is given. @throws WaybillError 'usage' when a name matches no table. */
export function selectMappings(plan: Plan, tables: readonly string[]): readonly PlannedMapping[] {
  for (const name of tables) {
    if (plan.mappings.some((m) => isCalled(m, name))) continue;
    throw new WaybillError('usage', `No mapping reads or fills a table called ${name}.`, {
      hint: `See the tables with: waybill plan ${plan.pipeline.name}`,
    });
  }
  return tables.length === 0 ? plan.mappings : plan.mappings.filter((m) => tables.some((name) => isCalled(m, name)));
}
