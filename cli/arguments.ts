import type { Argv, InferredOptionTypes, Options } from 'yargs';
import type { Pipeline } from '../core/mapping/pipeline.ts';
import { WaybillError } from '../core/model/errors.ts';

/** The options that several commands share, each with one meaning everywhere. */
const shared = {
  source: {
    type: 'string',
    array: true,
    requiresArg: true,
    default: [] as string[],
    describe: 'Source URL, or schema=URL; repeatable (WAYBILL_SOURCE_URL, WAYBILL_SOURCE_<SCHEMA>_URL)',
  },
  target: { type: 'string', requiresArg: true, describe: 'Target URL (WAYBILL_TARGET_URL)' },
  'target-database': {
    type: 'string',
    requiresArg: true,
    describe: 'Name of the database that may be written to (WAYBILL_TARGET_DATABASE)',
  },
  'target-schema': {
    type: 'string',
    requiresArg: true,
    describe: "Target schema; without it a load takes the pipeline's own with _next after it",
  },
  'live-schema': { type: 'string', requiresArg: true, describe: "Live schema; the pipeline's own when not given" },
  param: {
    type: 'string',
    array: true,
    requiresArg: true,
    default: [] as string[],
    describe: 'Parameter as name=value; repeatable',
  },
  tables: {
    type: 'string',
    array: true,
    requiresArg: true,
    default: [] as string[],
    describe: 'Only these tables, source or target names',
  },
  run: { type: 'string', requiresArg: true, describe: 'Id of the run' },
  resume: { type: 'boolean', default: false, describe: 'Go on with --run from where it stopped' },
  'runs-dir': { type: 'string', requiresArg: true, default: '.waybill/runs', describe: 'Where run folders lie' },
  'max-rejects': {
    type: 'string',
    array: true,
    requiresArg: true,
    nargs: 1,
    default: ['0'] as string[],
    describe: 'Rows that may be rejected: 100, 1%, or of one table c01.tbl_order=10 or =0.5%; repeatable',
  },
  'silence-timeout': {
    type: 'number',
    requiresArg: true,
    default: 300,
    describe: 'Seconds that a database may say nothing while rows are on their way; 0 waits for ever',
  },
  'part-rows': { type: 'number', requiresArg: true, default: 50_000, describe: 'Rows per part' },
  jobs: {
    type: 'number',
    requiresArg: true,
    describe:
      'Parts under way and indexes built at the same time, and readers of the source; 2, 2 and one reader when not given',
  },
  reference: {
    type: 'boolean',
    default: false,
    describe: 'Map every row the reference way: slower, and the same rows',
  },
  'check-rows': { type: 'boolean', default: false, describe: 'Check every source row against the contract' },
  gzip: { type: 'boolean', default: false, describe: 'Compress JSON Lines parts' },
  'sign-key': {
    type: 'string',
    requiresArg: true,
    describe: 'File with an Ed25519 key (PEM) that signs the event log',
  },
  json: { type: 'boolean', default: false, describe: 'Print the result as JSON' },
  'metrics-port': {
    type: 'number',
    requiresArg: true,
    describe: 'Serve Prometheus metrics on this port while it runs; 0 takes a free one',
  },
  'metrics-host': {
    type: 'string',
    requiresArg: true,
    describe: 'Address to serve them on; 127.0.0.1 when not given',
  },
  quiet: { type: 'boolean', default: false, describe: 'No progress' },
} as const satisfies Record<string, Options>;

type Shared = typeof shared;

type Given<K extends keyof Shared> = InferredOptionTypes<Pick<Shared, K>>;

/** The arguments of a command that takes these shared options and a pipeline. */
export type Arguments<K extends keyof Shared> = Given<K> & { pipeline: string };

/** The arguments of a command that takes these shared options and a run, whose pipeline its folder knows. */
export type RunArguments<K extends keyof Shared> = Given<K> & { run: string };

/** Adds the pipeline and shared options to a command. */
export function withOptions<K extends keyof Shared>(yargs: Argv, names: readonly K[]): Argv<Arguments<K>> {
  const pipeline = { type: 'string', demandOption: true, describe: 'Name of the pipeline' } as const;
  return addShared(yargs.positional('pipeline', pipeline), names) as unknown as Argv<Arguments<K>>;
}

/** Adds the run and shared options to a command. */
export function withRunOptions<K extends keyof Shared>(yargs: Argv, names: readonly K[]): Argv<RunArguments<K>> {
  const run = { type: 'string', demandOption: true, describe: 'Id of the run' } as const;
  return addShared(yargs.positional('run', run), names) as unknown as Argv<RunArguments<K>>;
}

function addShared(yargs: Argv, names: readonly (keyof Shared)[]): Argv {
  const options = Object.fromEntries(names.map((name) => [name, shared[name]]));
  return yargs.options(options).check((argv) => refuseTwice(names, argv));
}

/** @throws WaybillError 'usage' when an option that takes one value is given twice: which of them counts would be a guess. */
function refuseTwice(names: readonly (keyof Shared)[], argv: Readonly<Record<string, unknown>>): true {
  const twice = names.find((name) => !('array' in shared[name]) && Array.isArray(argv[name]));
  if (twice === undefined) return true;
  throw new WaybillError('usage', `--${twice} is given twice.`, { hint: `Give --${twice} once.` });
}

/**
 * Parameters: those given, else those that the run remembers, else the pipeline's defaults.
 * @throws WaybillError 'usage' on an unknown name or a text without "=".
 */
export function parametersOf(
  pipeline: Pipeline,
  given: readonly string[],
  remembered: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const defaults = Object.fromEntries(Object.entries(pipeline.params).map(([name, p]) => [name, p.default]));
  const params: Record<string, string> = { ...defaults, ...remembered };
  for (const text of given) {
    const at = text.indexOf('=');
    const name = at < 0 ? text : text.slice(0, at);
    if (at <= 0 || !(name in params) || text.length === at + 1) {
      throw new WaybillError('usage', `"${name}" is no parameter of ${pipeline.name} with a value.`, {
        hint: `Use --param with one of: ${Object.keys(params)
          .map((n) => `${n}=…`)
          .join(', ')}.`,
      });
    }
    params[name] = text.slice(at + 1);
  }
  return params;
}

/** @throws WaybillError 'usage' unless it is a whole number of at least `min`. */
export function wholeNumber(name: string, value: number, min: number): number {
  if (Number.isSafeInteger(value) && value >= min) return value;
  throw new WaybillError('usage', `--${name} is a whole number of ${min} or more.`, {
    hint: `Give --${name} ${min || 0}.`,
  });
}

/**
 * `--tables a,b --tables c` → a, b, c.
 * @throws WaybillError 'usage' when it was given without a name: an empty list would mean all tables.
 */
export function tableNames(given: readonly string[]): string[] {
  const names = given
    .flatMap((text) => text.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length > 0 || given.length === 0) return names;
  throw new WaybillError('usage', '--tables names no table.', { hint: 'Name some, or leave --tables out for all.' });
}
