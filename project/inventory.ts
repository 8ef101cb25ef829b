import { declaredObjects, type Fate } from '../core/inventory/declared-objects.ts';
import { entryOf } from '../core/inventory/inventory.ts';
import { type SourceObject, sourceObjects } from '../core/inventory/source-objects.ts';
import type { InventoryEntry } from '../core/model/inventory.ts';
import type { SchemaObject, Structure, TableStructure } from '../core/ports/structure.ts';
import type { Attempt } from './ddl/attempts.ts';
import { withoutForce } from './ddl/later-objects.ts';
import type { LeftBehind } from './ddl/left-behind.ts';
import { isDivided, keptPartitions } from './ddl/partitions.ts';
import { carriedDomains } from './ddl/types.ts';
import type { ProjectOptions } from './options.ts';
import type { TargetTable, TargetTables } from './tables.ts';

/** What is known of the target when the objects of the source are looked at. */
interface MadeTarget {
  readonly target: TargetTables;
  readonly leftBehind: LeftBehind;
  readonly attempts: readonly Attempt[];
  readonly isTargetEngine: boolean;
}

/** Lists every object of the source and what becomes of it, by kind and name: what a person declared, else what the DDL does. */
export function declaredInventory(structure: Structure, made: MadeTarget, options: ProjectOptions): InventoryEntry[] {
  const declared = declaredObjects(options.objects ?? []);
  const tried = new Set(made.attempts.map(({ kind, name }) => `${kind} ${name}`));
  const parents = made.target.tables.filter((table) => isDivided(table, options)).map(({ source }) => source.name);
  const known = {
    ...{ made, tried, domains: carriedDomains(structure) },
    partitions: new Set(keptPartitions(structure.objects, parents)),
  };
  const targets = new Map(made.target.tables.map((table) => [table.source.name, table]));
  const all = sourceObjects(structure, ({ name }) => targets.has(name));
  return all.map((object) => {
    const { kind, name } = object;
    const fate = declared.byName(kind, name) ?? declared.byPattern(kind, name) ?? fateOf(object, known, targets);
    return entryOf(object, fate);
  });
}

const carried: Fate = { outcome: 'carried', why: '' };

function leftFor(why: string | undefined): Fate {
  return why === undefined ? carried : { outcome: 'left behind', why };
}

/** Whether the target is of the source's kind decides about the objects of the schema, and what the DDL does with them. */
interface Known {
  readonly made: MadeTarget;
  /** `view shop.v` and their like. */
  readonly tried: ReadonlySet<string>;
  readonly domains: ReadonlySet<string>;
  readonly partitions: ReadonlySet<SchemaObject>;
}

function fateOf(object: SourceObject, known: Known, targets: ReadonlyMap<string, TargetTable>): Fate {
  const { made, tried } = known;
  if (tried.has(`${object.kind} ${object.name}`)) return triedFate(object);
  if ('object' in object) return objectFate(object, known);
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
  partition: { outcome: 'replaced', why: "its rows are in the table itself: partitions: 'kept' keeps it" },
};

/** The reason of an object that is tried, until the run knows more. */
const tryingWhy = 'made where the target can';

function triedFate(object: SourceObject): Fate {
  const isForced = 'object' in object && / FORCE ROW LEVEL SECURITY/.test(object.object.definition ?? '');
  return isForced ? { outcome: 'replaced', why: withoutForce } : { outcome: 'carried', why: tryingWhy };
}

function objectFate(
  { kind, name, object }: Extract<SourceObject, { readonly object: SchemaObject }>,
  { made: { isTargetEngine, leftBehind }, domains, partitions }: Known,
): Fate {
  // What nobody may read cannot be made in the target.
  const own = leftFor(`a ${kind} of the source`);
  if (object.definition === null || !isTargetEngine) return own;
  if (domains.has(name) || partitions.has(object)) return carried;
  return fates[kind] ?? leftFor(leftBehind.get(`${kind} ${name}`) ?? own.why);
}
