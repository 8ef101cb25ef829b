import { createHash } from 'node:crypto';
import { foldText } from '../core/mapping/key-folds.ts';
import { type Mapping, mappingName } from '../core/mapping/mapping.ts';
import type { Pipeline } from '../core/mapping/pipeline.ts';

/** Hashes of everything that decides what a run loads, each by a name that a message can show. */
export type FingerprintComponents = Readonly<Record<string, string>>;

/** One hash over all components. Two runs with the same fingerprint load the same rows from the same source. */
export function fingerprintOf(pipeline: Pipeline, params: Readonly<Record<string, string>>, version: string): string {
  return sha256([pipeline.name, Object.entries(fingerprintComponents(pipeline, params, version))]);
}

/** The components of a run. Only `mapping …` may change before rejects are replayed. */
export function fingerprintComponents(
  pipeline: Pipeline,
  params: Readonly<Record<string, string>>,
  version: string,
): Record<string, string> {
  const components: Record<string, unknown> = {
    'version of waybill': version,
    'tenant parameter': pipeline.tenantParam,
    'source contract': pipeline.source.contract,
    'target contract': pipeline.target.contract,
  };
  for (const [name, value] of Object.entries(params).sort()) components[`parameter ${name}`] = value;
  for (const { point, name, sql } of pipeline.hooks ?? []) components[hookComponent(name)] = [point, sql];
  for (const mapping of pipeline.mappings) {
    const name = mappingName(mapping);
    const described = describeMapping(mapping, foldsOf(pipeline, mapping));
    const key = pipeline.target.contract[mapping.to]?.key ?? [];
    components[`mapping ${name}`] = described;
    components[`id rules of ${name}`] = [
      mapping.scope,
      described.rules.filter(([column, , , , , id]) => key.includes(column) || id),
    ];
    components[`columns left behind by ${name}`] = Object.keys(mapping.drops).sort();
  }
  return Object.fromEntries(Object.entries(components).map(([name, of]) => [name, sha256(of).slice(0, 32)]));
}

/** The component of a hook. */
export function hookComponent(name: string): string {
  return `hook ${name}`;
}

/** The names of the components that differ. */
export function changedComponents(before: FingerprintComponents, now: FingerprintComponents): readonly string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(now)]);
  return [...names].filter((name) => before[name] !== now[name]);
}

/** Loaded rows keep their ids and their place, so only how a row is mapped may be corrected. */
export function isCorrection(name: string): boolean {
  return name.startsWith('mapping ');
}

/** How relations of several columns fold the keys of a mapping; undefined where none does, which leaves the hash as it is. */
function foldsOf({ relations }: Pipeline, { from, to }: Mapping): readonly unknown[] | undefined {
  const own = relations.flatMap(({ child, parent, columns, target, fold }) =>
    fold === undefined || child !== from || target?.child !== to ? [] : [[parent, columns, target, foldText(fold)]],
  );
  return own.length === 0 ? undefined : own;
}

type RuleDescription = readonly [string, string, readonly string[], unknown, unknown, string | undefined];

/** Everything that decides what a mapping makes of a row. */
function describeMapping(
  { from, to, scope, columns, drops, filter, joins, yieldsTo }: Mapping,
  folds: readonly unknown[] | undefined,
): { readonly rules: readonly RuleDescription[] } {
  const rules = Object.entries(columns).map(
    ([column, r]): RuleDescription => [column, r.name, r.reads, r.detail, r.reference, r.makesId],
  );
  const filtered = filter && [filter.name, filter.reads, filter.drops.toString(), filter.surveys];
  const description = { from, to, scope, rules, drops, filter: filtered, joins, yieldsTo, folds };
  return description;
}

function sha256(described: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(described) ?? '')
    .digest('hex');
}
