import { declaredObjects, type Fate } from '../core/inventory/declared-objects.ts';
import { entryOf } from '../core/inventory/inventory.ts';
import { type SourceObject, sourceObjects } from '../core/inventory/source-objects.ts';
import type { InventoryEntry } from '../core/model/inventory.ts';
import type { SchemaObject, Structure, TableStructure } from '../core/ports/structure.ts';
import type { LeftBehind } from './ddl/left-behind.ts';
import type { ProjectOptions } from './options.ts';
import type { TargetTable, TargetTables } from './tables.ts';

/** What is known of the target when the objects of the source are looked at. */
interface MadeTarget {
  readonly target: TargetTables;
  readonly leftBehind: LeftBehind;
  readonly isTargetEngine: boolean;
}

/** Lists every object of the source and what becomes of it, by kind and name: what a person declared, else what the DDL does. */
export function declaredInventory(
  structure: Structure,
  made: MadeTarget,
  { objects = [] }: Pick<ProjectOptions, 'objects'>,
): InventoryEntry[] {
  const declared = declaredObjects(objects);
  const targets = new Map(made.target.tables.map((table) => [table.source.name, table]));
  const all = sourceObjects(structure, ({ name }) => targets.has(name));
  return all.map((object) => {
    const { kind, name } = object;
    const fate = declared.byName(kind, name) ?? declared.byPattern(kind, name) ?? fateOf(object, made, targets);
    return entryOf(object, fate);
  });
}

const carried: Fate = { outcome: 'carried', why: '' };

function leftFor(why: string | undefined): Fate {
  return why === undefined ? carried : { outcome: 'left behind', why };
}

function fateOf(object: SourceObject, made: MadeTarget, targets: ReadonlyMap<string, TargetTable>): Fate {
  if ('object' in object) return objectFate(object.object, made.isTargetEngine);
  const { table } = object;
  const target = targets.get(table.name);
  switch (object.kind) {
    case 'foreign key': {
      const lost = target?.lostForeignKeys.find(({ source }) => source.name === object.foreignKey.name);
      return leftFor(lost?.why);
    }
    case 'table':
      return leftFor(made.target.leftBehind.find(({ table: { name } }) => name === table.name)?.why);
    case 'generated column':
      return generatedFate(object.column, target);
    case 'identity':
    case 'comment':
      return carried;
    default:
      return ddlFate(made.leftBehind.get(`${object.kind} ${object.name}`));
  }
}

function generatedFate(column: TableStructure['columns'][number], target: TargetTable | undefined): Fate {
  const isComputed = target?.columns.find(({ source }) => source === column)?.isComputed === true;
  return isComputed ? carried : { outcome: 'replaced', why: 'its values are carried into an ordinary column' };
}

/** What the DDL does with an index, a check, a default or its like, from the reason that it gives. */
function ddlFate(why: string | undefined): Fate {
  return why?.startsWith('replaced') ? { outcome: 'replaced', why } : leftFor(why);
}

const fates: Partial<Record<SchemaObject['kind'], Fate>> = {
  collation: carried,
  enum: carried,
  type: carried,
  sequence: carried,
  domain: { outcome: 'replaced', why: 'its columns have the base type' },
  partition: { outcome: 'replaced', why: 'its rows are in the table itself' },
  grant: leftFor('roles belong to the target'),
  extension: leftFor('create it in the target where it is needed'),
};

function objectFate({ kind, definition }: SchemaObject, isTargetEngine: boolean): Fate {
  // What nobody may read cannot be made in the target.
  if (definition === null) return leftFor(`a ${kind} of the source`);
  return (isTargetEngine ? fates[kind] : undefined) ?? leftFor(`a ${kind} of the source`);
}
