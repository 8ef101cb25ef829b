import { hideBin } from 'yargs/helpers';
import { WaybillError } from '../core/model/errors.ts';
import type { Environment } from '../operations/options.ts';

/** Parses `--param a=1 --param b=2` → { a: '1', b: '2' }. A text without "=" has an empty value, which no parameter accepts. */
function paramValues(given: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    given.map((text) => {
      const at = text.indexOf('=');
      return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}

/**
 * Parses `--tables a,b --tables c` → a, b, c.
 * @throws WaybillError 'usage' when the option holds no name: an empty list would mean all tables.
 */
export function tableNames(given: readonly string[]): string[] {
  return namesOf(given, 'tables');
}

/** Parses `--schemas a,b`. @throws as `tableNames`. */
export function schemaNames(given: readonly string[]): string[] {
  return namesOf(given, 'schemas');
}

function namesOf(given: readonly string[], option: 'tables' | 'schemas'): string[] {
  const names = given
    .flatMap((text) => text.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length > 0 || given.length === 0) return names;
  throw new WaybillError('usage', `--${option} names no ${option.slice(0, -1)}.`, {
    hint: `Name ${option}, or omit --${option}${option === 'tables' ? ' for all' : ''}.`,
  });
}

type CamelCase<S extends string> = S extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : S;

/** The option of an argument; none for the arguments that are parsed here, and for the index signature of yargs. */
type OptionName<K> = string extends K ? never : K extends 'param' | 'tables' ? never : CamelCase<K & string>;

/** Arguments under the names of their options in `operations/`. */
export type OptionsOf<Args> = {
  readonly [K in keyof Args as OptionName<K>]: Args[K];
} & {
  readonly param: Readonly<Record<string, string>>;
  readonly tables: readonly string[];
  readonly environment: Environment;
  readonly commandLine: readonly string[];
};

/** Passes parsed arguments on as options: `runs-dir` → `runsDir`. What they do not give comes from the environment. */
export function optionsOf<Args extends object>(args: Args): OptionsOf<Args> {
  const { param = [], tables = [] } = args as { param?: readonly string[]; tables?: readonly string[] };
  const values = Object.entries(args).map(([name, value]) => [
    name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
    value,
  ]);
  return {
    ...Object.fromEntries(values),
    param: paramValues(param),
    tables: tableNames(tables),
    environment: process.env,
    commandLine: hideBin(process.argv),
  } as OptionsOf<Args>;
}
