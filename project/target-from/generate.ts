import { entryOf } from '../../core/inventory/inventory.ts';
import { sourceObjects } from '../../core/inventory/source-objects.ts';
import type { InventoryEntry } from '../../core/model/inventory.ts';
import type { SchemaContract } from '../../core/model/schema.ts';
import type { Blueprint } from '../../core/ports/blueprint.ts';
import type { Structure } from '../../core/ports/structure.ts';
import { contractType } from '../declared-type.ts';
import { definitionFiles, type Generated, type ProjectSource, sourceContracts } from '../generate.ts';
import { bareName } from '../names.ts';
import { type Project, projectFile, schemaFolder } from '../project.ts';
import { type TargetTable, targetTables } from '../tables.ts';
import { type Matches, textOf } from './matches.ts';
import { proposeMatches } from './propose.ts';
import type { Sides } from './sides.ts';

/** What a project into another tool's schema is made from. */
export interface TargetFrom extends ProjectSource {
  /** The live schema of the target. */
  readonly live: string;
  readonly target: Structure;
  /** Reads the DDL of the target, with the rows of these tables. */
  blueprint(kept: readonly string[]): Promise<Blueprint>;
}

/** Makes the generated part of a project whose target another tool made. The same two sides give the same text. */
export async function generateTargetFrom(from: TargetFrom): Promise<Generated & { readonly proposed: Matches }> {
  const { waybill, name, dialect, structure, facts, options, live, target } = from;
  // A type that waybill does not know is refused by the plan, as a pair with the target's type.
  const engine: typeof from.engine = {
    isTargetEngine: from.engine.isTargetEngine,
    targetType: (place) => from.engine.targetType(place) ?? { type: 'text', rule: 'carry' },
  };
  const { tables } = targetTables(structure, engine, facts, {});
  const proposed = proposeMatches(sidesOf(tables, target, { kept: [], refused: [] }));
  const matches = options.matches ?? proposed;
  const blueprint = await from.blueprint(keptTables(target, matches));
  const sides = sidesOf(tables, target, blueprint);
  const project: Project = {
    ...{ waybill, name, dialect, schema: live },
    contract: sourceContracts(from, new Map()),
    target: targetContract(target),
    ...{ mappings: [], relations: [], decisions: [] },
    inventory: inventoryOf(structure, matches),
    sides,
  };
  const ddl = Object.entries(blueprint.files).map(([file, text]): [string, string] => [
    `${schemaFolder}/${file}`,
    text,
  ]);
  const text = `${JSON.stringify(project, null, 2)}\n`;
  return {
    ...{ project, proposed },
    files: { [projectFile]: text, ...Object.fromEntries(ddl), ...definitionFiles(structure, project) },
  };
}

/** The target tables that no source table feeds. */
function keptTables({ tables }: Structure, matches: Matches): string[] {
  const fed = new Set(Object.values(matches.tables).map((match) => ('to' in match ? textOf(match.to) : null)));
  return tables.map(({ name }) => name).filter((name) => !fed.has(name));
}

function targetContract({ tables }: Structure): SchemaContract {
  return Object.fromEntries(
    tables.map(({ name, key, unique, columns }) => {
      const texts = columns.map(({ name: column, type, nullable, hasDefault, generated }): [string, string] => {
        const fills = hasDefault || generated !== null;
        return [column, `${contractType(type)}${nullable ? '' : ' not null'}${fills ? ' default' : ''}`];
      });
      return [name, { key, unique, columns: Object.fromEntries(texts) }];
    }),
  );
}

/** Every object of the source: a table is carried where it is matched, and of anything else the target has its own. */
function inventoryOf(structure: Structure, matches: Matches): InventoryEntry[] {
  const matchOf = (table: string) => matches.tables[table.slice(table.indexOf('.') + 1)];
  const isMapped = (table: string): boolean => {
    const match = matchOf(table);
    return match !== undefined && !('leftBehind' in match);
  };
  return sourceObjects(structure, ({ name }) => isMapped(name)).map((object) => {
    if (object.kind !== 'table') return entryOf(object, { outcome: 'left behind', why: 'the target has its own' });
    const match = matchOf(object.name);
    if (isMapped(object.name)) return entryOf(object, { outcome: 'carried', why: '' });
    const why = match !== undefined && 'leftBehind' in match ? textOf(match.leftBehind) : 'it is not matched yet';
    return entryOf(object, { outcome: 'left behind', why });
  });
}

/** Makes both sides from what was read of them. */
function sidesOf(
  sources: readonly TargetTable[],
  target: Structure,
  { kept, refused }: Pick<Blueprint, 'kept' | 'refused'>,
): Sides {
  return {
    sources: sources.map(({ source, columns }) => ({
      table: source.name,
      columns: columns.map(({ source: { name }, held }) => ({
        name,
        rule: held.rule,
        mayBeNull: held.mayBeNull === true,
      })),
    })),
    targets: target.tables.map((table) => ({
      table: table.name,
      columns: table.columns.map(({ name, type, nullable, generated }) => ({
        name,
        kind: type.kind,
        isRequired: !nullable,
        isComputed: generated !== null,
      })),
      foreignKeys: table.foreignKeys.map(({ name, columns, parent, parentColumns }) => ({
        name,
        columns,
        parent: bareName(parent),
        parentColumns,
      })),
    })),
    kept,
    refused,
  };
}
