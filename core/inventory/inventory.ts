import type { Mapping } from '../mapping/mapping.ts';
import type { Pipeline, Relation } from '../mapping/pipeline.ts';
import type { Plan, PlannedMapping } from '../mapping/plan/plan.ts';
import type { Problem } from '../mapping/plan/problem.ts';
import type { InventoryEntry } from '../model/inventory.ts';
import type { ColumnStructure, IndexStructure, SchemaObject, Structure, TableStructure } from '../ports/structure.ts';
import { isSameSet, keyCounterparts } from '../validation/key-counterparts.ts';
import { declaredObjects, type Fate } from './declared-objects.ts';
import { type SourceObject, sourceObjects } from './source-objects.ts';

type Planned = Pick<Plan, 'pipeline' | 'mappings'>;

const carried: Fate = { outcome: 'carried', why: '' };

/**
 * Lists every object of the source and what becomes of it, by kind and name. A declaration of its whole name decides, else what
 * the mappings and relations do with it, else the first pattern that matches; without any of them it is undeclared.
 */
export function inventoryOf(plan: Planned, structure: Structure): InventoryEntry[] {
  const declared = declaredObjects(plan.pipeline.objects ?? []);
  const left = tablesLeftBehind(plan.pipeline);
  const perTable = groupBySource(plan.mappings);
  const fateOf = (object: SourceObject): Fate =>
    declared.byName(object.kind, object.name) ??
    derivedFate(object, { plan, left, mappings: perTable }) ??
    declared.byPattern(object.kind, object.name) ??
    undeclared;
  // The parts of a table that no mapping reads go where the table goes.
  return sourceObjects(structure, ({ name }) => perTable.has(name)).map((object) => entryOf(object, fateOf(object)));
}

const undeclared: Fate = { outcome: 'undeclared', why: 'the pipeline does not say what becomes of it' };

const hidden = 'this user may not read its definition';

/** An object whose definition this user may not read says so, once: the declarations of a project say it already. */
export function entryOf(object: SourceObject, { outcome, why }: Fate): InventoryEntry {
  const { kind, name } = object;
  const isHidden = 'object' in object && object.object.definition === null;
  const reasons = [why, ...(isHidden && !why.includes(hidden) ? [hidden] : [])].filter((text) => text !== '');
  return { kind, name, outcome, why: reasons.join('; ') };
}

/** The undeclared objects as problems of a plan. */
export function undeclaredProblems(inventory: readonly InventoryEntry[]): Problem[] {
  return inventory
    .filter(({ outcome }) => outcome === 'undeclared')
    .map(({ kind, name }) => ({
      subject: `${kind} ${name}`,
      message: 'The pipeline does not say what becomes of this object of the source.',
    }));
}

type MappingsByTable = ReadonlyMap<string, readonly PlannedMapping[]>;

function groupBySource(mappings: readonly PlannedMapping[]): MappingsByTable {
  const groups = new Map<string, PlannedMapping[]>();
  for (const planned of mappings) {
    const group = groups.get(planned.source.name);
    if (group === undefined) groups.set(planned.source.name, [planned]);
    else group.push(planned);
  }
  return groups;
}

/** The tables that the contract leaves behind → why. */
function tablesLeftBehind({ source }: Pipeline): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(source.contract).flatMap(([schema, contract]) =>
      Object.entries(contract).flatMap(([table, { leftBehind }]): [string, string][] =>
        leftBehind === undefined ? [] : [[`${schema}.${table}`, leftBehind]],
      ),
    ),
  );
}

interface Known {
  readonly plan: Planned;
  readonly left: ReadonlyMap<string, string>;
  readonly mappings: MappingsByTable;
}

/** What the mappings and relations do with an object; null where they do not answer for it. */
function derivedFate(object: SourceObject, known: Known): Fate | null {
  switch (object.kind) {
    case 'table':
      return tableFate(object.name, known);
    case 'primary key':
    case 'index':
      return keyFate(object.table, object.index, known);
    case 'foreign key':
      return relationFate(object.table, object.foreignKey, known.plan.pipeline.relations);
    case 'identity':
      return isFilledByTarget(object.column, known.mappings.get(object.table.name) ?? []) ? carried : null;
    case 'check':
    case 'default':
    case 'generated column':
    case 'on update':
    case 'comment':
      return null;
    default:
      return ownedFate(object.object, known);
  }
}

function tableFate(name: string, { left, mappings }: Known): Fate | null {
  const why = left.get(name);
  if (why !== undefined) return { outcome: 'left behind', why };
  return mappings.has(name) ? carried : null;
}

/** A key is carried where the contract of the target has a key that is made of the same columns. */
function keyFate(table: TableStructure, { kind, parts, predicate }: IndexStructure, known: Known): Fate | null {
  const isKey =
    kind !== 'plain' && predicate === null && parts.every(({ column, prefix }) => column !== null && prefix === null);
  if (!isKey) return null;
  const { plan, mappings } = known;
  const key = parts.map(({ column }) => column as string);
  const all = mappings.get(table.name) ?? [];
  const isEnforced = all.some(({ mapping, target }) => {
    const keys = [target.key, ...target.unique].filter((columns) => columns.length > 0);
    return keyCounterparts(plan.pipeline, mapping, keys, key).length > 0;
  });
  if (isEnforced) return carried;
  const why = all.flatMap(({ mapping }) => mapping.unenforcedKeys?.[key.join(', ')] ?? [])[0];
  return why === undefined ? null : { outcome: 'left behind', why };
}

function relationFate(
  { name }: TableStructure,
  { columns, parent, parentColumns }: TableStructure['foreignKeys'][number],
  relations: readonly Relation[],
): Fate | null {
  const all = relations.filter(
    (relation) =>
      relation.child === name &&
      relation.parent === parent &&
      isSameSet(relation.columns, columns) &&
      isSameSet(relation.parentColumns, parentColumns),
  );
  const found = all.find(({ decision }) => decision === 'foreign-key') ?? all[0];
  if (found === undefined) return null;
  if (found.decision === 'foreign-key') return carried;
  return found.decision === 'lookup'
    ? { outcome: 'replaced', why: `checked by waybill, not enforced by the target: ${found.why}` }
    : { outcome: 'left behind', why: found.why };
}

/** Whether a target column that holds the values of an identity fills itself too. */
function isFilledByTarget({ name }: ColumnStructure, mappings: readonly PlannedMapping[]): boolean {
  const preserves = ({ columns }: Mapping, column: string): boolean => {
    const rule = columns[column];
    return rule !== undefined && rule.preserves !== 'nothing' && rule.reads.join('\n') === name;
  };
  return mappings.some(({ mapping, target }) =>
    target.columns.some((column) => column.hasDefault === true && preserves(mapping, column.name)),
  );
}

/** What belongs to a table that stays behind stays with it; the rows of a partition are read with its table. */
function ownedFate({ kind, table }: SchemaObject, { left, mappings }: Known): Fate | null {
  if (table === null) return null;
  const why = left.get(table);
  if (why !== undefined) return { outcome: 'left behind', why: `its table is left behind: ${why}` };
  return kind === 'partition' && mappings.has(table)
    ? { outcome: 'replaced', why: 'its rows are read with its table' }
    : null;
}
