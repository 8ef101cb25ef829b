import type { SchemaObject, Structure } from '../../core/ports/structure.ts';
import type { NeededObject } from '../declared-type.ts';
import { bareName, renameAll } from '../names.ts';
import { quoteName } from './sql.ts';

/** The objects that columns and defaults name, types that others are made of first. */
const carriedKinds = ['collation', 'enum', 'type', 'sequence'] as const;

/**
 * The types, collations and sequences of a PostgreSQL source, which the tables of the target need.
 * @throws WaybillError 'configuration' when two schemas have one of the same name.
 */
export function carriedTypes({ objects }: Structure): NeededObject[] {
  const made = carriedKinds.flatMap((wanted) => objects.filter(({ kind }) => kind === wanted));
  refuseSameNames(made);
  return made.flatMap(({ kind, name, definition }) => {
    if (definition === null) return [];
    const bare = bareName(name);
    return [{ create: definition, drop: `drop ${kind === 'enum' ? 'type' : kind} ${quoteName(bare)}`, name: bare }];
  });
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
