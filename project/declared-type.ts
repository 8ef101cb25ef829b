import type { ColumnStructure } from '../core/ports/structure.ts';
import type { TargetType } from '../core/ports/target-type.ts';
import { quoteName, quoteText } from './ddl/sql.ts';
import { bareName } from './names.ts';
import type { ProjectOptions } from './options.ts';

/** How the target declares a column. */
export interface DeclaredType {
  /** As DDL writes it, with its collation. */
  readonly type: string;
  /** As the target's contract has it. */
  readonly contract: string;
  /** Conditions that the table checks. */
  readonly checks: readonly string[];
  /** What has to be made before the table. */
  readonly needs: readonly NeededObject[];
}

/** An object of the target's schema that columns name. */
export interface NeededObject {
  readonly name: string;
  readonly create: string;
  /** Null for an object that other schemas may use as well. */
  readonly drop: string | null;
}

/** The column that is declared. */
interface Place {
  readonly source: ColumnStructure;
  readonly name: string;
  readonly held: TargetType;
  readonly isTargetEngine: boolean;
  /** The domains that the target has as well, by full name. */
  readonly domains: ReadonlySet<string>;
  /** Gives a new type a name that the target's schema does not have yet. */
  readonly typeName: () => string;
}

/** Declares a column as a person chose. A type that a person declared for it is taken as it is. */
export function declaredType(place: Place, options: ProjectOptions): DeclaredType {
  const { source, held, isTargetEngine, domains } = place;
  if (isTargetEngine && held.type === source.type.native) return sameType(source, domains);
  const plain = { type: held.type, contract: held.type, checks: [], needs: [] };
  if (isTargetEngine || held.why === 'declared') return plain;
  if (source.type.kind === 'enum' && held.labels !== undefined) return enumType(place, held.labels, options);
  if (/\bunsigned\b/.test(source.type.native) && options.unsigned === 'checked')
    return { ...plain, checks: [`${quoteName(place.name)} >= 0`] };
  if (source.type.kind === 'text' && source.collation?.ignores.includes('case')) return caselessType(place, options);
  return plain;
}

/** An enum of PostgreSQL is written with its labels, which its name does not tell. */
export function contractType({ kind, native, labels }: ColumnStructure['type']): string {
  return kind === 'enum' && !/^enum\(/.test(native) ? enumOf(labels ?? []) : native;
}

function enumOf(labels: readonly string[]): string {
  return `enum(${labels.map(quoteText).join(',')})`;
}

function sameType({ type, collation, domain }: ColumnStructure, domains: ReadonlySet<string>): DeclaredType {
  const collate = collation === null || type.native === 'citext' ? '' : ` collate ${quoteName(collation.name)}`;
  const own = domain !== undefined && domains.has(domain) ? quoteName(bareName(domain)) : type.native;
  return { type: `${own}${collate}`, contract: contractType(type), checks: [], needs: [] };
}

/** PostgreSQL's longest label (NAMEDATALEN 64). */
const maxLabelBytes = 63;

function enumType(
  { name, held, typeName }: Place,
  labels: readonly string[],
  { enums = 'text' }: ProjectOptions,
): DeclaredType {
  const fits = labels.length > 0 && labels.every((label) => Buffer.byteLength(label) <= maxLabelBytes);
  const list = labels.map(quoteText).join(', ');
  if (enums === 'text' || !fits) {
    const checks = held.type === 'text' && labels.length > 0 ? [`${quoteName(name)} in (${list})`] : [];
    return { type: held.type, contract: held.type, checks, needs: [] };
  }
  const own = typeName();
  const create = `create type ${quoteName(own)} as enum (${list})`;
  const needs = [{ name: own, create, drop: `drop type ${quoteName(own)}` }];
  return { type: quoteName(own), contract: enumOf(labels), checks: [], needs };
}

/** The extension is the database's; without one, only who may create extensions can load. */
const citext: NeededObject = {
  name: 'citext',
  create: 'create extension if not exists citext schema public',
  drop: null,
};

function caselessType({ name, held, source }: Place, { ignoreCase }: ProjectOptions): DeclaredType {
  const length = /^character varying\((\d+)\)$/.exec(held.type)?.[1];
  if (ignoreCase === undefined || (held.type !== 'text' && length === undefined))
    return { type: held.type, contract: held.type, checks: [], needs: [] };
  if (ignoreCase === 'citext') {
    const checks = length === undefined ? [] : [`char_length(${quoteName(name)}) <= ${length}`];
    return { type: 'citext', contract: 'citext', checks, needs: [citext] };
  }
  const collation = collationFor(source.collation?.ignores.includes('accents') === true);
  const type = `${held.type} collate ${quoteName(collation.name)}`;
  return { type, contract: held.type, checks: [], needs: [collation] };
}

/** A collation of ICU of level 1 compares base letters alone, one of level 2 accents too. */
function collationFor(ignoresAccents: boolean): NeededObject {
  const [name, level] = ignoresAccents ? ['ignore_case_and_accents', 1] : ['ignore_case', 2];
  const create = `create collation ${name} (provider = icu, locale = 'und-u-ks-level${level}', deterministic = false)`;
  return { name, create, drop: `drop collation ${name}` };
}
