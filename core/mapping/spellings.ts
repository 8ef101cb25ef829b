import type { KeyFold } from '../model/key-fold.ts';
import { Adjusted, type Converted, Rejected, type Row, type Value } from '../model/value.ts';
import { resultOf } from './column-rule.ts';
import { folderOf } from './convert/fold.ts';
import { foldText } from './key-folds.ts';
import type { Known, Mapping, ReferenceRule, Rule } from './mapping.ts';
import type { Pipeline, Relation } from './pipeline.ts';
import type { Survey } from './survey.ts';

/**
 * References whose keys are folded: a child that refers to `Y` as `y` is written with `Y`, so that the target, which compares
 * texts exactly, finds the parent. The keys of the parent's source table are surveyed before any row is mapped.
 */

/** The policy that writes a key in the spelling of its parent. */
export const parentSpelling = 'parent-spelling';

/** Folded key → the spellings that parents have; several where parents differ only in what is folded. All of them are in memory. */
type ParentSpellings = ReadonlyMap<string, readonly string[]>;

/** The columns of the source that hold a parent's key, and the rules that carry them. */
export interface ParentKey {
  readonly from: string;
  readonly reads: readonly string[];
  readonly rules: readonly Rule[];
}

type Key = readonly string[];

/** Finds the parent's spelling of a key. */
interface Speller {
  readonly surveys: readonly Survey[];
  /** The key itself where a parent has exactly this key; null where there is none. */
  spell(known: Known, key: Key): Key | 'ambiguous' | null;
}

type Model = Pick<Pipeline, 'mappings' | 'relations'> & { readonly target: Pick<Pipeline['target'], 'contract'> };

/** Adds the parent's spelling to the rules of a mapping whose references are folded. */
export function withSpellings(mapping: Mapping, pipeline: Model): Mapping {
  const columns = Object.entries(mapping.columns).map(([name, rule]) => {
    const single = spellerOfRule(pipeline, rule, []);
    const spelled = single === null ? rule : respelled(rule, single, { key: null, place: 0 });
    return [name, spelledTogether(pipeline, mapping, name, spelled)] as const;
  });
  return columns.every(([name, rule]) => rule === mapping.columns[name])
    ? mapping
    : { ...mapping, columns: Object.fromEntries(columns) };
}

/** The keys that a reference of one column points at. */
export function parentsOfRule({ mappings, target }: Model, { entity, column }: ReferenceRule): readonly ParentKey[] {
  const name = column ?? target.contract[entity]?.key[0] ?? '';
  return mappings.filter(({ to }) => to === entity).flatMap((mapping) => parentKey(mapping, [name]) ?? []);
}

/** The keys that a relation of several columns points at. */
export function parentsOfRelation({ mappings }: Model, { parent, target }: Relation): readonly ParentKey[] {
  const feeding = mappings.filter(({ from, to }) => from === parent && to === target?.parent);
  return feeding.flatMap((mapping) => parentKey(mapping, target?.parentColumns ?? []) ?? []);
}

/** The relations of several columns that decide the spelling of a column. */
export function relationsSpelling({ relations }: Model, { from, to }: Mapping, column: string): readonly Relation[] {
  return relations.filter(
    ({ child, target, fold }) =>
      fold !== undefined && child === from && target?.child === to && target.columns.includes(column),
  );
}

function parentKey({ from, columns }: Mapping, names: readonly string[]): ParentKey | null {
  const rules = names.flatMap((name) => columns[name] ?? []);
  const reads = rules.flatMap((rule) => rule.reads[0] ?? []);
  return names.length > 0 && reads.length === names.length ? { from, reads, rules } : null;
}

function spellerOfRule(pipeline: Model, { reference }: Rule, seen: readonly ReferenceRule[]): Speller | null {
  if (reference?.fold === undefined || seen.includes(reference)) return null;
  return spellerOf(pipeline, parentsOfRule(pipeline, reference), reference.fold, [...seen, reference]);
}

function spelledTogether(pipeline: Model, mapping: Mapping, column: string, rule: Rule): Rule {
  return relationsSpelling(pipeline, mapping, column).reduce((spelled, relation) => {
    const speller = spellerOf(pipeline, parentsOfRelation(pipeline, relation), relation.fold ?? [], []);
    const place = relation.target?.columns.indexOf(column) ?? 0;
    return respelled(spelled, speller, { key: relation.columns, place });
  }, rule);
}

/** @param seen references on the way here: a parent's key can be a folded reference itself, and references can form a circle. */
function spellerOf(
  pipeline: Model,
  parents: readonly ParentKey[],
  fold: KeyFold,
  seen: readonly ReferenceRule[],
): Speller {
  const sources = parents.map(({ from, reads, rules }) => ({
    survey: spellingsIn(from, reads, fold),
    further: rules.map((rule) => spellerOfRule(pipeline, rule, seen)),
  }));
  const folder = folderOf(fold);
  return {
    surveys: sources.flatMap(({ survey, further }) => [survey, ...further.flatMap((next) => next?.surveys ?? [])]),
    spell(known, key) {
      const folded = keyText(key.map(folder));
      const spellings = new Map<string, Key>();
      for (const { survey, further } of sources) {
        for (const text of known.facts(survey).get(folded) ?? []) {
          const spelled = spelledFurther(known, keyOf(text, key.length), further);
          spellings.set(keyText(spelled), spelled);
        }
      }
      const [only = null] = spellings.values();
      return spellings.get(keyText(key)) ?? (spellings.size > 1 ? 'ambiguous' : only);
    },
  };
}

/** The key as the parent's own row is written, where its columns are folded references too. */
function spelledFurther(known: Known, key: Key, further: readonly (Speller | null)[]): Key {
  return key.map((value, i) => {
    const spelled = further[i]?.spell(known, [value]) ?? null;
    return spelled === null || spelled === 'ambiguous' ? value : (spelled[0] as string);
  });
}

function keyText(key: Key): string {
  return key.length === 1 ? (key[0] as string) : JSON.stringify(key);
}

function keyOf(text: string, length: number): Key {
  return length === 1 ? [text] : JSON.parse(text);
}

function spellingsIn(from: string, reads: readonly string[], fold: KeyFold): Survey<ParentSpellings> {
  const folder = folderOf(fold);
  return {
    name: `spellings of ${from}(${reads.join(', ')}) by ${foldText(fold)}`,
    from,
    reads,
    detail: foldText(fold),
    begin: () => {
      const found = new Map<string, readonly string[]>();
      return {
        add(values) {
          const key = textsOf(reads.map((name) => values[name] as Value));
          if (key === null) return;
          const [text, folded] = [keyText(key), keyText(key.map(folder))];
          const known = found.get(folded) ?? [];
          if (!known.includes(text)) found.set(folded, [...known, text]);
        },
        facts: () => found,
      };
    },
  };
}

/** Null when any part is null, since such a key refers to nothing. */
function textsOf(values: Row): Key | null {
  return values.includes(null) ? null : values.map(String);
}

/** The key that decides: what the rule makes, or, where `key` names columns of the source, their values. */
interface Spelled {
  readonly key: readonly string[] | null;
  /** The place of the rule's column in the key. */
  readonly place: number;
}

/** A rule whose result is written in the parent's spelling. */
function respelled(rule: Rule, { surveys, spell }: Speller, { key, place }: Spelled): Rule {
  const own = rule.reads.length;
  return {
    ...rule,
    reads: [...rule.reads, ...(key ?? [])],
    surveys: [...(rule.surveys ?? []), ...surveys],
    compile(context) {
      const { how, gives, mayBeNull } = rule.compile(context);
      const convert = (values: Row): Converted => {
        const made = resultOf(how, values.slice(0, own));
        const value = made instanceof Adjusted ? made.value : made;
        const wanted = typeof value !== 'string' ? null : key === null ? [value] : textsOf(values.slice(own));
        const spelled = wanted === null ? null : spell(context, wanted);
        return spelled === null ? made : writtenAs(made, spelled === 'ambiguous' ? null : (spelled[place] as string));
      };
      const isStateful = how.kind === 'row' && how.isStateful === true;
      return { gives, mayBeNull, how: { kind: 'row', convert, isStateful } };
    },
  };
}

/** A value that its rule has adjusted keeps the name of that policy. */
function writtenAs(made: Converted, spelling: string | null): Converted {
  if (spelling === null) return new Rejected('ambiguous-parent');
  if (made instanceof Adjusted) return made.value === spelling ? made : new Adjusted(spelling, made.rule, made.from);
  return made === spelling ? made : new Adjusted(spelling, parentSpelling, made as Value);
}
