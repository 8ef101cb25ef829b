import { join } from 'node:path';
import type { Mapping, Rule } from '../core/mapping/mapping.ts';
import type { ObjectDecision, Pipeline } from '../core/mapping/pipeline.ts';
import { bool, carry, date, label, members } from '../core/mapping/rules.ts';
import { narrow, pointsAt } from '../core/mapping/typed-rules.ts';
import type { InventoryEntry } from '../core/model/inventory.ts';
import type { GeneratedRuleName } from '../core/ports/target-type.ts';
import type { ProjectOptions } from './options.ts';
import { type GeneratedMapping, type GeneratedRule, type Project, schemaFolder, versions } from './project.ts';

const rules: Readonly<Record<GeneratedRuleName, (column: string) => Rule>> = {
  ...{ carry, bool, date, label, members },
  narrow: (column) => narrow(column),
};

/**
 * The pipeline of a project: what was generated, with the mappings that a person wrote in place of the generated ones.
 *
 * @param folder the folder with the generated part.
 */
export function pipelineOf(project: Project, folder: string, { mappings = [] }: ProjectOptions = {}): Pipeline {
  const written = new Map(mappings.map((mapping) => [mapping.from, mapping]));
  return {
    name: project.name,
    title: `${project.name}, copied as it is`,
    source: { dialect: project.dialect, contract: project.contract },
    target: {
      ...{ schema: project.schema, contract: project.target, migrations: join(folder, schemaFolder) },
      ...{ loadVersion: versions.load, finalVersion: versions.final, unmapped: {} },
    },
    mappings: project.mappings.map((generated) => written.get(generated.from) ?? mappingOf(generated)),
    relations: project.relations,
    objects: project.inventory.flatMap(declaredOf),
    params: {},
    tenantParam: null,
    seed: () => ({}),
  };
}

/** An inventory has no undeclared object when a project is made. */
function declaredOf({ outcome, ...object }: InventoryEntry): ObjectDecision[] {
  return outcome === 'undeclared' ? [] : [{ ...object, outcome }];
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
