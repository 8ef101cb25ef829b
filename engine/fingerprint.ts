import { createHash } from 'node:crypto';
import type { Mapping } from '../core/mapping.ts';
import type { Pipeline } from '../core/pipeline.ts';

/** SHA-256 over everything that decides what a run loads: version, parameters, contracts, mappings. */
export function fingerprintOf(pipeline: Pipeline, params: Readonly<Record<string, string>>, version: string): string {
  const material = {
    version,
    name: pipeline.name,
    tenantParam: pipeline.tenantParam,
    params: Object.entries(params).sort(),
    source: pipeline.source.contract,
    target: pipeline.target.contract,
    mappings: pipeline.mappings.map(mappingMaterial),
  };
  return createHash('sha256').update(JSON.stringify(material)).digest('hex');
}

type RuleMaterial = readonly [string, string, readonly string[], unknown, unknown, string | undefined];

/** All that decides what a mapping makes of a row. */
export function mappingMaterial({ from, to, scope, columns, drops, filter, joins, yieldsTo }: Mapping): {
  readonly rules: readonly RuleMaterial[];
} {
  const rules = Object.entries(columns).map(
    ([column, r]): RuleMaterial => [column, r.name, r.reads, r.detail, r.reference, r.makesId],
  );
  const filtered = filter && [filter.name, filter.reads, filter.drops.toString(), filter.surveys];
  const material = { from, to, scope, rules, drops, filter: filtered, joins, yieldsTo };
  return material;
}
