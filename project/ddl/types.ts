import type { SchemaObject, Structure } from '../../core/ports/structure.ts';
import type { NeededObject } from '../declared-type.ts';
import { bareName, renameAll } from '../names.ts';
import { inUseOrder, mentions, routineName } from './names-in-sql.ts';
import { quoteName } from './sql.ts';

/** The objects that columns and defaults name. The first three do not name each other. */
const carriedKinds: readonly SchemaObject['kind'][] = ['collation', 'enum', 'sequence', 'domain', 'type'];

/**
 * The types, domains, collations and sequences of a PostgreSQL source, which the tables of the target need; those that others are
 * made of first.
 * @throws WaybillError 'configuration' when two schemas have one of the same name.
 */
export function carriedTypes(structure: Structure): NeededObject[] {
  const domains = carriedDomains(structure);
  const made = structure.objects.filter(
    ({ kind, name }) => carriedKinds.includes(kind) && (kind !== 'domain' || domains.has(name)),
  );
  refuseSameNames(made);
  const sorted = made.toSorted((a, b) => carriedKinds.indexOf(a.kind) - carriedKinds.indexOf(b.kind));
  return inUseOrder(sorted).flatMap(({ kind, name, definition }) => {
    if (definition === null) return [];
    const bare = bareName(name);
    return [{ create: definition, drop: `drop ${kind === 'enum' ? 'type' : kind} ${quoteName(bare)}`, name: bare }];
  });
}

/**
 * The domains that columns keep, by full name. Routines are made after the rows are loaded, so a domain whose checks call one is
 * replaced by its base type, and with it each domain that is made of it.
 */
export function carriedDomains({ objects }: Structure): ReadonlySet<string> {
  const missing = objects.filter(({ kind }) => kind === 'function').map(({ name }) => routineName(name));
  let domains = objects.filter(({ kind, obstacle }) => kind === 'domain' && obstacle === undefined);
  for (let before = -1; before !== domains.length; ) {
    before = domains.length;
    const lost = domains.filter(({ definition }) => definition === null || isUsing(definition, missing));
    missing.push(...lost.map(({ name }) => bareName(name)));
    domains = domains.filter((domain) => !lost.includes(domain));
  }
  return new Set(domains.map(({ name }) => name));
}

/** The name that the definition itself gives does not count. */
function isUsing(definition: string, names: readonly string[]): boolean {
  const body = definition.slice(definition.indexOf(' AS '));
  return names.some((name) => mentions(body, name));
}

/** A collation may be called as a type is. */
function refuseSameNames(objects: readonly SchemaObject[]): void {
  const collations = objects.filter(({ kind }) => kind === 'collation');
  const others = objects.filter(({ kind }) => kind !== 'collation');
  for (const named of [collations, others]) {
    const names = named.map(({ name }) => name);
    renameAll(names, bareName, 'Types and sequences');
  }
}
