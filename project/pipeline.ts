import { join } from 'node:path';
import type { Mapping, Rule } from '../core/mapping/mapping.ts';
import type { ObjectDecision, Pipeline } from '../core/mapping/pipeline.ts';
import { bool, carry, date, label, members } from '../core/mapping/rules.ts';
import { narrow, pointsAt } from '../core/mapping/typed-rules.ts';
import type { InventoryEntry } from '../core/model/inventory.ts';
import type { SchemaContract } from '../core/model/schema.ts';
import { blueprintVersions } from '../core/ports/blueprint.ts';
import type { GeneratedRuleName } from '../core/ports/target-type.ts';
import type { ProjectOptions } from './options.ts';
import { type GeneratedMapping, type GeneratedRule, type Project, schemaFolder, versions } from './project.ts';
import { mappedBy } from './target-from/mapped.ts';

const rules: Readonly<Record<GeneratedRuleName, (column: string) => Rule>> = {
  ...{ carry, bool, date, label, members },
  narrow: (column) => narrow(column),
};

/**
 * The pipeline of a project: what was generated, with the mappings that a person wrote in place of the generated ones.
 *
 * @param folder the folder with the generated part.
 */
export function pipelineOf(project: Project, folder: string, options: ProjectOptions = {}): Pipeline {
  const written = new Map((options.mappings ?? []).map((mapping) => [mapping.from, mapping]));
  const migrations = join(folder, schemaFolder);
  const mapped = project.sides === undefined ? null : mappedBy(project.sides, options);
  const { mappings, relations } = mapped ?? project;
  return {
    name: project.name,
    title: `${project.name}, ${mapped === null ? 'copied as it is' : 'into the schema of another tool'}`,
    source: { dialect: project.dialect, contract: withLeftBehind(project.contract, mapped?.leftBehind ?? {}) },
    target: {
      ...{ schema: project.schema, contract: project.target, migrations },
      ...(mapped === null
        ? { loadVersion: versions.load, unmapped: project.unmapped ?? {}, ...ofAttempts(project) }
        : {
            ...{
              loadVersion: blueprintVersions.load,
              finalVersion: blueprintVersions.final,
              unmapped: mapped.unmapped,
            },
            blueprint: { kept: (project.sides?.kept ?? []).map(({ table }) => table) },
          }),
    },
    objects: project.inventory.flatMap(declaredOf),
    ...(mapped === null ? {} : { undecided: mapped.undecided }),
    mappings: mappings.map((generated) => written.get(generated.from) ?? mappingOf(generated)),
    relations,
    params: {},
    tenantParam: null,
    seed: () => ({}),
  };
}

function ofAttempts({ attempts = [] }: Project): Pick<Pipeline['target'], 'finalVersion' | 'attempts'> {
  return attempts.length === 0 ? { finalVersion: versions.final } : { finalVersion: versions.attempts, attempts };
}

/** An inventory has no undeclared object when a project is made. */
function declaredOf({ outcome, ...object }: InventoryEntry): ObjectDecision[] {
  return outcome === 'undeclared' ? [] : [{ ...object, outcome }];
}

/** Adds to a contract why tables stay behind. */
function withLeftBehind(contract: Project['contract'], why: Readonly<Record<string, string>>): Project['contract'] {
  const withReason = (schema: string, tables: SchemaContract): SchemaContract =>
    Object.fromEntries(
      Object.entries(tables).map(([name, table]) => {
        const leftBehind = why[`${schema}.${name}`];
        return [name, leftBehind === undefined ? table : { ...table, leftBehind }];
      }),
    );
  return Object.fromEntries(Object.entries(contract).map(([schema, tables]) => [schema, withReason(schema, tables)]));
}

function mappingOf({ from, to, columns, drops, unenforcedKeys }: GeneratedMapping): Mapping {
  const made = Object.entries(columns).map(([name, rule]): [string, Rule] => [name, ruleOf(rule)]);
  const keys = unenforcedKeys === undefined ? {} : { unenforcedKeys };
  return { from, to, scope: 'shared', columns: Object.fromEntries(made), drops, ...keys };
}

function ruleOf({ rule, column, reference }: GeneratedRule): Rule {
  const plain = rules[rule](column);
  if (reference === undefined) return plain;
  const { parent, orphan, ...options } = reference;
  return pointsAt(parent, plain, orphan, options);
}
