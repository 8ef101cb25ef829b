import { fullName } from '../core/inventory/source-objects.ts';
import { WaybillError } from '../core/model/errors.ts';
import type { SchemaContract, TableContract } from '../core/model/schema.ts';
import type { Structure, TableStructure } from '../core/ports/structure.ts';
import type { Attempt } from './ddl/attempts.ts';
import { ddlFiles } from './ddl/ddl-files.ts';
import type { LeftBehind } from './ddl/left-behind.ts';
import { certainlyUnique } from './ddl/long-indexes.ts';
import { type StampedTable, stampedTable } from './ddl/stamp.ts';
import { contractType } from './declared-type.ts';
import { declaredInventory } from './inventory.ts';
import { bareName, schemaName, schemaNameFrom, UniqueNames } from './names.ts';
import type { ProjectOptions } from './options.ts';
import {
  type GeneratedFiles,
  type GeneratedMapping,
  type GeneratedRule,
  leftBehindFolder,
  type Project,
  projectFile,
} from './project.ts';
import {
  columnOf,
  type Facts,
  isIdentity,
  relationOf,
  type SourceEngine,
  type TargetTable,
  targetTables,
} from './tables.ts';

/** What a project is made from. */
export interface ProjectSource {
  readonly waybill: string;
  readonly name: string;
  readonly dialect: string;
  readonly engine: SourceEngine;
  /** Logical schema of the source → its live name. */
  readonly schemas: Readonly<Record<string, string>>;
  readonly structure: Structure;
  readonly facts: Facts;
  readonly options: ProjectOptions;
}

/** A project and its files. */
export interface Generated {
  readonly project: Project;
  readonly files: GeneratedFiles;
}

/** Makes the generated part of a project: contracts, mappings and DDL. The same source gives the same text. */
export function generateProject(from: ProjectSource): Generated {
  const { waybill, name, dialect, engine, schemas, structure, facts, options } = from;
  const target = targetTables(structure, engine, facts, options);
  const stamped = stampFor(target.tables, options);
  const leftBehind: LeftBehind = new Map();
  const { files: ddl, attempts } = ddlFiles(
    { structure, isTargetEngine: engine.isTargetEngine, options, stamped },
    target.tables,
    leftBehind,
  );
  const project: Project = {
    ...{ waybill, name, dialect, schema: options.schema ?? schemaNameFrom(Object.values(schemas).join('_')) },
    ...(Object.keys(schemas).length > 1 ? { schemas } : {}),
    contract: sourceContracts(from, new Map(target.leftBehind.map(({ table, why }) => [table.name, why]))),
    target: Object.fromEntries([
      ...target.tables.map((table): [string, TableContract] => [table.name, targetContract(table)]),
      ...(stamped === null ? [] : [[stamped.name, stamped.contract] as const]),
    ]),
    unmapped: stamped === null ? {} : { [stamped.name]: `the version table of ${options.stamp?.tool}, stamped` },
    mappings: target.tables.map(mappingOf),
    relations: target.tables.flatMap((table) => table.foreignKeys.map((key) => relationOf(table, key))),
    decisions: target.decisions,
    inventory: declaredInventory(
      structure,
      { target, leftBehind, attempts, isTargetEngine: engine.isTargetEngine },
      options,
    ),
    ...(attempts.length === 0 ? {} : { attempts: distinctOf(attempts) }),
  };
  const text = `${JSON.stringify(project, null, 2)}\n`;
  return { project, files: { [projectFile]: text, ...ddl, ...definitionFiles(structure, project) } };
}

/** A materialized view is made and filled. */
function distinctOf(attempts: readonly Attempt[]): NonNullable<Project['attempts']> {
  return [...new Map(attempts.map(({ kind, name }) => [`${kind} ${name}`, { kind, name }])).values()];
}

/** @throws WaybillError 'configuration' when the source brings the version table itself. */
function stampFor(tables: readonly TargetTable[], { stamp }: ProjectOptions): StampedTable | null {
  if (stamp === undefined) return null;
  const stamped = stampedTable(stamp);
  if (tables.every(({ name }) => name !== stamped.name)) return stamped;
  throw new WaybillError('configuration', `The source has a table ${stamped.name} itself, so it cannot be stamped.`, {
    hint: `Leave the stamp away, or leave the table behind: leftBehind: { '${stamped.name}': 'stamped' }.`,
  });
}

/** The source's own definitions of what stays behind, for somebody to port. Nothing of them is run. */
export function definitionFiles({ objects }: Structure, { inventory }: Pick<Project, 'inventory'>): GeneratedFiles {
  const behind = new Set(
    inventory.filter(({ outcome }) => outcome === 'left behind').map(({ kind, name }) => `${kind} ${name}`),
  );
  const names = new UniqueNames([]);
  return Object.fromEntries(
    objects.flatMap((object) => {
      const { kind, definition } = object;
      const full = fullName(object);
      if (definition === null || !behind.has(`${kind} ${full}`)) return [];
      const file = names.take(full.replace(/[^\p{L}\p{N}_.-]+/gu, '_').slice(0, 50), kind.replace(' ', '-'));
      return [[`${leftBehindFolder}/${kind.replace(' ', '-')}/${file}.sql`, `${definition}\n`]];
    }),
  );
}

/**
 * The contract of each schema of a source.
 * @param leftBehind tables by full name → why they stay behind.
 */
export function sourceContracts(
  { schemas, structure: { tables } }: Pick<ProjectSource, 'schemas' | 'structure'>,
  leftBehind: ReadonlyMap<string, string>,
): Project['contract'] {
  const own = (schema: string) => tables.filter(({ name }) => schemaName(name) === schema);
  return Object.fromEntries(Object.keys(schemas).map((schema) => [schema, sourceContract(own(schema), leftBehind)]));
}

function sourceContract(tables: readonly TableStructure[], leftBehind: ReadonlyMap<string, string>): SchemaContract {
  return Object.fromEntries(
    tables.map((table) => {
      const why = leftBehind.get(table.name);
      const columns = table.columns.map((column): [string, string] => {
        const required = column.nullable ? '' : ' not null';
        return [column.name, `${contractType(column.type)}${required}${column.hasDefault ? ' default' : ''}`];
      });
      const { key, unique } = table;
      return [
        bareName(table.name),
        { key, unique, columns: Object.fromEntries(columns), ...(why === undefined ? {} : { leftBehind: why }) },
      ];
    }),
  );
}

function targetContract(table: TargetTable): TableContract {
  const columns = table.columns.map((column): [string, string] => {
    const { name, source, declared, isRequired, isComputed } = column;
    const fills = isComputed || isIdentity(column) || source.default !== null;
    return [name, `${declared.contract}${isRequired ? ' not null' : ''}${fills ? ' default' : ''}`];
  });
  const named = (names: readonly string[]) => names.map((name) => columnOf(table, name).name);
  return {
    key: named(table.source.key),
    unique: certainlyUnique(table.source).map(named),
    columns: Object.fromEntries(columns),
  };
}

function mappingOf(table: TargetTable): GeneratedMapping {
  const written = table.columns.filter(({ isComputed }) => !isComputed);
  const columns = written.map(({ name, source, held }): [string, GeneratedRule] => {
    const key = table.foreignKeys.find(({ columns: own }) => own.length === 1 && own[0] === name);
    const rule = { rule: held.rule, column: source.name };
    if (key === undefined) return [name, rule];
    const { parent, parentColumns, orphan, fold } = key;
    const folded = fold === null ? {} : { fold };
    return [name, { ...rule, reference: { parent, column: parentColumns[0] as string, orphan, ...folded } }];
  });
  const computed = table.columns.filter(({ isComputed }) => isComputed);
  return {
    from: table.source.name,
    to: table.name,
    columns: Object.fromEntries(columns),
    drops: Object.fromEntries(computed.map(({ source }) => [source.name, 'computed by the target'])),
  };
}
