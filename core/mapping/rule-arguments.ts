import { WaybillError } from '../model/errors.ts';
import { type BooleanLabels, doubledLabel } from './convert/boolean.ts';
import { isDay } from './convert/date.ts';

/**
 * Checks what a mapping is written with, when it is written, so that an error has the line of the call. The compiler does the
 * same in TypeScript; a module in JavaScript has only this.
 */

/** A value that an argument may have, and how it is described. */
interface Wanted {
  readonly what: string;
  is(value: unknown): boolean;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';

/** Whether a value is a rule. */
export function isRule(value: unknown): boolean {
  return isObject(value) && typeof value.compile === 'function' && Array.isArray(value.reads);
}

export const aText: Wanted = { what: 'a name', is: isText };
export const texts: Wanted = {
  what: 'a list of texts',
  is: (value) => Array.isArray(value) && value.every((v) => typeof v === 'string'),
};
export const aFunction: Wanted = { what: 'a function', is: (value) => typeof value === 'function' };
export const aRule: Wanted = { what: 'a rule', is: isRule };
const aBoolean: Wanted = { what: 'true or false', is: (value) => typeof value === 'boolean' };
const aList: Wanted = { what: 'a list', is: Array.isArray };
export const aSurvey: Wanted = {
  what: 'a survey',
  is: (value) => isObject(value) && Array.isArray(value.reads) && !isRule(value),
};
const aType: Wanted = {
  what: "a type such as { kind: 'text', native: 'text' }",
  is: (value) => isObject(value) && isText(value.kind) && isText(value.native),
};
export const textsByText: Wanted = {
  what: 'an object of texts',
  is: (value) => isObject(value) && Object.values(value).every((v) => typeof v === 'string'),
};
const aCondition: Wanted = {
  what: "an object such as { column: 'Type', equals: ['1'] }",
  is: (value) => isObject(value) && isText(value.column) && texts.is(value.equals),
};

const ignorable = ['case', 'accents', 'trailing-blanks'];
export const aFold: Wanted = {
  what: `a list of ${ignorable.map((name) => `'${name}'`).join(', ')}, or a function`,
  is: (value) =>
    typeof value === 'function' ||
    (Array.isArray(value) && value.length > 0 && value.every((each) => ignorable.includes(each))),
};

export function oneOf(...values: readonly string[]): Wanted {
  return { what: values.map((value) => `'${value}'`).join(' or '), is: (value) => values.some((v) => v === value) };
}

const aDate: Wanted = { what: "a date such as '1970-01-01'", is: (value) => typeof value === 'string' && isDay(value) };
export const aWholeNumber: Wanted = { what: 'a whole number', is: (value) => Number.isInteger(value) };

/** Allows a value to be left out. */
export function optionally({ what, is }: Wanted): Wanted {
  return { what, is: (value) => value === undefined || is(value) };
}

/** Allows null. */
export function orNull({ what, is }: Wanted): Wanted {
  return { what: `${what} or null`, is: (value) => value === null || is(value) };
}

/**
 * Checks the arguments of a rule: their names, values and what they must be.
 * @param usage a correct call, for the hint.
 * @throws WaybillError 'configuration' for the first that is missing or wrong.
 */
export function checkArguments(
  rule: string,
  usage: string,
  given: readonly (readonly [name: string, value: unknown, wanted: Wanted])[],
): void {
  for (const [name, value, { what, is }] of given) {
    if (is(value)) continue;
    const message =
      value === undefined
        ? `The rule ${rule} lacks its ${name}, ${what}.`
        : `The ${name} of the rule ${rule} is not ${what}.`;
    throw new WaybillError('configuration', message, { hint: `Write it like this: ${usage}` });
  }
}

/** Checks each option of a rule and refuses unknown options. */
export function checkOptions(
  rule: string,
  usage: string,
  options: unknown,
  wanted: Readonly<Record<string, Wanted>>,
): void {
  checkArguments(rule, usage, [
    ['options', options, { what: `an object with ${Object.keys(wanted).join(', ')}`, is: isObject }],
  ]);
  const given = options as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(wanted, name));
  if (unknown !== undefined)
    throw new WaybillError(
      'configuration',
      `The rule ${rule} has no option ${unknown}, but ${Object.keys(wanted).join(', ')}.`,
      {
        hint: `Write it like this: ${usage}`,
      },
    );
  checkArguments(
    rule,
    usage,
    Object.entries(wanted).map(([name, each]) => [`option ${name}`, given[name], each]),
  );
}

export function checkDate(rule: 'date' | 'utc', policy: unknown): void {
  const known = { sentinels: optionally(texts), zero: optionally(aDate) };
  checkOptions(rule, `${rule}('DOB', { sentinels: ['1900-01-01'], zero: '1970-01-01' })`, policy, known);
}

/** @param labels absent where the rule reads an integer or bits. */
export function checkBool(labels: BooleanLabels | undefined): void {
  if (labels === undefined) return;
  const usage = `bool('Active', { true: ['Y'], false: ['N'] })`;
  checkOptions('boolean', usage, labels, {
    ...{ true: texts, false: texts, null: optionally(texts) },
    ...{ compare: optionally(oneOf('exact', 'folded')), other: optionally(oneOf('reject', 'null')) },
  });
  const doubled = doubledLabel(labels);
  if (doubled === null) return;
  throw new WaybillError('configuration', `The rule boolean has two meanings for the label '${doubled}'.`, {
    hint: `Write it like this: ${usage}`,
  });
}

export function checkRef(entity: unknown, column: unknown, options: unknown): void {
  const usage = `ref('${aText.is(entity) ? entity : 'customers'}', '${aText.is(column) ? column : 'CustomerID'}', { orphan: 'reject' })`;
  checkArguments('ref', usage, [
    ['parent table', entity, aText],
    ['column', column, aText],
  ]);
  const known = {
    orphan: oneOf('null', 'reject'),
    none: optionally(texts),
    when: optionally(aCondition),
    fold: optionally(aFold),
  };
  checkOptions('ref', usage, options, known);
}

export function checkDerive(columns: unknown, gives: unknown, fn: unknown, options: unknown): void {
  const usage = `derive(['A', 'B'], { kind: 'text', native: 'text' }, ({ A, B }) => A ?? B)`;
  checkArguments('derive', usage, [
    ['columns', columns, texts],
    ['type', gives, aType],
    ['function', fn, aFunction],
  ]);
  checkOptions('derive', usage, options, { mayBeNull: optionally(aBoolean), surveys: optionally(aList) });
}

/** Finds what is wrong with a mapping in the form in which it is written; null when nothing is. */
export function mappingProblem(mapping: unknown): string | null {
  if (isRule(mapping)) return 'a rule is not a mapping: write mapping({ from, to, columns })';
  if (!isObject(mapping)) return 'it is not a mapping: write mapping({ from, to, columns })';
  const { from, to, columns, drops = {}, filter } = mapping;
  if (!isText(from)) return 'a mapping lacks its source table, from';
  if (!isText(to)) return `the mapping of ${from} lacks its target table, to`;
  if (!isObject(columns)) return `the mapping ${from} > ${to} lacks its columns`;
  const wrong = Object.keys(columns).find((name) => !isRule(columns[name]));
  if (wrong !== undefined)
    return `the column ${wrong} of the mapping ${from} > ${to} is not a rule such as carry('${wrong}')`;
  if (!textsByText.is(drops)) return `the drops of the mapping ${from} > ${to} are not reasons by column`;
  const isFilter =
    isObject(filter) && isText(filter.name) && texts.is(filter.reads) && typeof filter.drops === 'function';
  return filter === undefined || isFilter
    ? null
    : `the filter of the mapping ${from} > ${to} is not { name, reads, drops }`;
}
