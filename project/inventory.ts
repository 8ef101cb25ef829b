import type { SchemaObject, Structure, TableStructure } from '../core/ports/structure.ts';
import type { LeftBehind } from './ddl/left-behind.ts';
import type { InventoryEntry } from './project.ts';
import type { TargetTable, TargetTables } from './tables.ts';

/** Lists every object of the source and what becomes of it, by kind and name. */
export function inventoryOf(
  { tables, objects }: Structure,
  target: TargetTables,
  leftBehind: LeftBehind,
  isTargetEngine: boolean,
): InventoryEntry[] {
  const behind = new Map(target.leftBehind.map(({ table, why }) => [table.name, why]));
  const entries = tables.flatMap((table) => {
    const why = behind.get(table.name);
    if (why !== undefined) return [entry('table', table.name, 'left behind', why)];
    const made = target.tables.find(({ source }) => source === table);
    return made === undefined ? [] : tableEntries(table, made, leftBehind);
  });
  const all = [...entries, ...objects.map((object) => objectEntry(object, isTargetEngine))];
  return all.sort((a, b) => (`${a.kind}\0${a.name}` < `${b.kind}\0${b.name}` ? -1 : 1));
}

function entry(kind: string, name: string, outcome: InventoryEntry['outcome'], why = ''): InventoryEntry {
  return { kind, name, outcome, why };
}

function tableEntries(table: TableStructure, made: TargetTable, leftBehind: LeftBehind): InventoryEntry[] {
  const { name, columns, indexes, checks, comment } = table;
  const own = (kind: string, object: string): InventoryEntry => {
    const why = leftBehind.get(`${kind} ${object}`);
    if (why === undefined) return entry(kind, object, 'carried');
    return entry(kind, object, why.startsWith('replaced') ? 'replaced' : 'left behind', why);
  };
  const lost = new Map(made.lostForeignKeys.map(({ source, why }) => [source.name, why]));
  return [
    entry('table', name, 'carried'),
    ...columns.flatMap((column) => columnEntries(name, column, made, own)),
    ...indexes.map((index) => own(index.kind === 'primary' ? 'primary key' : 'index', `${name}.${index.name}`)),
    ...table.foreignKeys.map((key) => {
      const why = lost.get(key.name);
      return entry('foreign key', `${name}.${key.name}`, why === undefined ? 'carried' : 'left behind', why);
    }),
    ...checks.map((check) => own('check', `${name}.${check.name}`)),
    ...(comment === null ? [] : [entry('comment', name, 'carried')]),
  ];
}

function columnEntries(
  table: string,
  column: TableStructure['columns'][number],
  made: TargetTable,
  own: (kind: string, object: string) => InventoryEntry,
): InventoryEntry[] {
  const name = `${table}.${column.name}`;
  const isComputed = made.columns.find(({ source }) => source === column)?.isComputed === true;
  const plain = 'its values are carried into an ordinary column';
  return [
    ...(column.identity === null ? [] : [entry('identity', name, 'carried')]),
    ...(column.default === null ? [] : [own('default', name)]),
    ...(column.generated === null
      ? []
      : [entry('generated column', name, isComputed ? 'carried' : 'replaced', isComputed ? '' : plain)]),
    ...(column.isSetOnUpdate ? [own('on update', name)] : []),
    ...(column.comment === null ? [] : [entry('comment', name, 'carried')]),
  ];
}

const outcomes: Partial<Record<SchemaObject['kind'], readonly [InventoryEntry['outcome'], string]>> = {
  collation: ['carried', ''],
  enum: ['carried', ''],
  type: ['carried', ''],
  sequence: ['carried', ''],
  domain: ['replaced', 'its columns have the base type'],
  partition: ['replaced', 'its rows are in the table itself'],
  grant: ['left behind', 'roles belong to the target'],
  extension: ['left behind', 'create it in the target where it is needed'],
};

function objectEntry({ kind, name, table, definition }: SchemaObject, isTargetEngine: boolean): InventoryEntry {
  const full = table === null ? name : `${table}.${name}`;
  const [outcome, why] = (isTargetEngine ? outcomes[kind] : undefined) ?? ['left behind', `a ${kind} of the source`];
  return definition === null
    ? entry(kind, full, 'left behind', 'this user may not read it')
    : entry(kind, full, outcome, why);
}
