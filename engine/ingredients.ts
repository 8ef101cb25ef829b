import { createHash } from 'node:crypto';
import { mappingName } from '../core/mapping.ts';
import type { Pipeline } from '../core/pipeline.ts';
import { mappingMaterial } from './fingerprint.ts';

/** What decides a run's result, each with a hash, by a name that a message can say. */
export type Ingredients = Readonly<Record<string, string>>;

/** The ingredients of a run; `mapping …` alone may change before rejects are replayed. */
export function ingredientsOf(
  pipeline: Pipeline,
  params: Readonly<Record<string, string>>,
  version: string,
): Record<string, string> {
  const material: Record<string, unknown> = {
    'version of waybill': version,
    'tenant parameter': pipeline.tenantParam,
    'source contract': pipeline.source.contract,
    'target contract': pipeline.target.contract,
  };
  for (const [name, value] of Object.entries(params)) material[`parameter ${name}`] = value;
  for (const mapping of pipeline.mappings) {
    const name = mappingName(mapping);
    const described = mappingMaterial(mapping);
    const key = pipeline.target.contract[mapping.to]?.key ?? [];
    material[`mapping ${name}`] = described;
    material[`id rules of ${name}`] = [
      mapping.scope,
      described.rules.filter(([column, , , , , id]) => key.includes(column) || id),
    ];
    material[`columns left behind by ${name}`] = Object.keys(mapping.drops).sort();
  }
  return Object.fromEntries(Object.entries(material).map(([name, of]) => [name, hash(of)]));
}

/** The names of what differs. */
export function changedIngredients(before: Ingredients, now: Ingredients): readonly string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(now)]);
  return [...names].filter((name) => before[name] !== now[name]);
}

/** Rows that are loaded keep their ids and their place; only how a row is mapped may be corrected. */
export function isCorrection(name: string): boolean {
  return name.startsWith('mapping ');
}

function hash(material: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(material) ?? '')
    .digest('hex')
    .slice(0, 16);
}
