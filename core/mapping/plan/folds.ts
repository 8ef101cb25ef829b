import type { TableSchema } from '../../model/schema.ts';
import { type Mapping, mappingName, type Rule } from '../mapping.ts';
import type { Pipeline, Relation } from '../pipeline.ts';
import { type ParentKey, parentsOfRelation, parentsOfRule, relationsSpelling } from '../spellings.ts';
import type { Problem } from './problem.ts';

interface Tables {
  readonly sources: ReadonlyMap<string, TableSchema>;
  readonly targets: ReadonlyMap<string, TableSchema>;
}

/** Finds references that fold keys which cannot be written in the parent's spelling. */
export function foldProblems(pipeline: Pipeline, tables: Tables): Problem[] {
  const ofRules = pipeline.mappings.flatMap((mapping) =>
    Object.entries(mapping.columns).flatMap(([column, rule]) => {
      const message = ruleProblem(pipeline, tables, mapping.to, column, rule);
      return message === null ? [] : [{ subject: `${mapping.to}.${column}`, message }];
    }),
  );
  const ofRelations = pipeline.relations.flatMap((relation) => {
    const message = relation.fold === undefined ? null : relationProblem(pipeline, tables, relation);
    return message === null ? [] : [{ subject: `${relation.child}(${relation.columns.join(', ')})`, message }];
  });
  return [...ofRules, ...ofRelations];
}

function ruleProblem(
  pipeline: Pipeline,
  { sources, targets }: Tables,
  table: string,
  column: string,
  { reference }: Rule,
): string | null {
  if (reference?.fold === undefined) return null;
  const type = targets.get(table)?.columns.find(({ name }) => name === column)?.type;
  if (type !== undefined && type.kind !== 'text')
    return `The reference folds keys, but the column is ${type.native}, which is compared as it is.`;
  const parents = parentsOfRule(pipeline, reference);
  if (parents.length > 0 && parents.every((parent) => isCarried(parent) && isText(sources, parent))) return null;
  return `The reference folds keys, but the key of ${reference.entity} is not a text that is carried.`;
}

function relationProblem(pipeline: Pipeline, { sources }: Tables, relation: Relation): string | null {
  const { target, columns, child } = relation;
  if (target === undefined || columns.length < 2)
    return 'The relation folds keys but does not have several columns in the target; the rule of a single column says it.';
  const children = pipeline.mappings.filter(({ from, to }) => from === child && to === target.child);
  const wrong = children.find((mapping) => !carries(mapping, target.columns, columns));
  if (wrong !== undefined)
    return `The relation folds keys, but ${mappingName(wrong)} does not carry all of its columns.`;
  const parents = parentsOfRelation(pipeline, relation);
  const feeding = pipeline.mappings.filter(({ from, to }) => from === relation.parent && to === target.parent);
  const isSpelled = feeding.some((mapping) =>
    target.parentColumns.some((column) => relationsSpelling(pipeline, mapping, column).length > 0),
  );
  if (isSpelled)
    return `The relation folds keys, but another relation decides how the key of ${target.parent} is written.`;
  if (parents.length > 0 && parents.every((parent) => isCarried(parent) && isText(sources, parent))) return null;
  return `The relation folds keys, but the key of ${target.parent} is not carried with a text in it.`;
}

function carries({ columns }: Mapping, names: readonly string[], reads: readonly string[]): boolean {
  return names.every((name, i) => {
    const rule = columns[name];
    return rule?.preserves === 'value' && rule.reads[0] === reads[i];
  });
}

/** Whether the parent's key is that of the source; where it is a reference itself, it is written as that one is. */
function isCarried({ rules }: ParentKey): boolean {
  return rules.every(({ preserves, reference }) => preserves === 'value' || reference !== undefined);
}

function isText(sources: Tables['sources'], { from, reads }: ParentKey): boolean {
  const columns = sources.get(from)?.columns ?? [];
  return reads.some((name) => columns.find((column) => column.name === name)?.type.kind === 'text');
}
