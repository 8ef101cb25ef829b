import type { SchemaObject, Structure } from '../../core/ports/structure.ts';
import { bareName } from '../names.ts';
import type { ProjectOptions } from '../options.ts';
import type { TargetTable } from '../tables.ts';
import { isRenamed } from './source-sql.ts';

/** Whether the target divides the table as the source does. */
export function isDivided(table: TargetTable, { partitions }: ProjectOptions): boolean {
  return partitions === 'kept' && table.source.partitionedBy !== undefined && !isRenamed(table);
}

/** The statements for the partitions that are kept, each after the one that it divides. */
export function partitionStatements(
  { objects }: Structure,
  tables: readonly TargetTable[],
  options: ProjectOptions,
): { readonly name: string; readonly create: string }[] {
  return keptPartitions(
    objects,
    tables.filter((table) => isDivided(table, options)).map(({ source }) => source.name),
  ).map(({ name, definition }) => ({ name: bareName(name), create: definition as string }));
}

/** The partitions of these tables, those of partitions among them. */
export function keptPartitions(objects: readonly SchemaObject[], parents: readonly string[]): SchemaObject[] {
  const children = new Map<string, SchemaObject[]>();
  for (const object of objects) {
    const { kind, table, definition } = object;
    if (kind !== 'partition' || table === null || definition === null) continue;
    children.set(table, [...(children.get(table) ?? []), object]);
  }
  const below = (parent: string): SchemaObject[] =>
    (children.get(parent) ?? []).flatMap((child) => [child, ...below(child.name)]);
  return parents.flatMap(below);
}
