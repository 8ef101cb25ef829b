import type { Argv, InferredOptionTypes, Options } from 'yargs';
import { WaybillError } from '../core/model/errors.ts';

/** The options that several commands share. Each has one meaning everywhere. */
const sharedOptions = {
  source: {
    type: 'string',
    array: true,
    requiresArg: true,
    describe: 'Source URL, or schema=URL; repeatable (WAYBILL_SOURCE_URL, WAYBILL_SOURCE_<SCHEMA>_URL)',
  },
  target: { type: 'string', requiresArg: true, describe: 'Target URL (WAYBILL_TARGET_URL)' },
  'target-database': {
    type: 'string',
    requiresArg: true,
    describe: 'Name of the target database, which confirms that it may be written to (WAYBILL_TARGET_DATABASE)',
  },
  'target-schema': {
    type: 'string',
    requiresArg: true,
    describe: "Target schema; a load uses the pipeline's schema name plus _next by default",
  },
  'live-schema': { type: 'string', requiresArg: true, describe: "Live schema; the pipeline's schema by default" },
  param: {
    type: 'string',
    array: true,
    requiresArg: true,
    describe: 'Pipeline parameter as name=value; repeatable',
  },
  tables: {
    type: 'string',
    array: true,
    requiresArg: true,
    describe: 'Only these tables, by source or target name; comma-separated or repeated',
  },
  run: { type: 'string', requiresArg: true, describe: 'Id of the run' },
  resume: { type: 'boolean', describe: 'Resume --run where it stopped' },
  schemas: {
    type: 'string',
    array: true,
    requiresArg: true,
    describe: 'Schemas (MySQL: databases) of the source; comma-separated or repeated',
  },
  'runs-dir': { type: 'string', requiresArg: true, default: '.waybill/runs', describe: 'Directory for run output' },
  'max-rejects': {
    type: 'string',
    array: true,
    requiresArg: true,
    nargs: 1,
    describe:
      'Rejected rows allowed: 100, 1%, or for one table c01.tbl_order=10 or =0.5%; repeatable. None by default; a resumed run keeps its limits',
  },
  'idle-timeout': {
    type: 'number',
    requiresArg: true,
    default: 300,
    describe: 'Seconds that a database may be idle while rows are transferred; 0 waits forever',
  },
  'part-rows': { type: 'number', requiresArg: true, default: 50_000, describe: 'Rows per part' },
  jobs: {
    type: 'number',
    requiresArg: true,
    describe: 'Parallel parts, index builds and source readers; by default 2 parts, 2 builds and 1 reader',
  },
  strict: {
    type: 'boolean',
    describe: 'Refuse a source with objects that the pipeline does not declare',
  },
  reference: {
    type: 'boolean',
    describe: 'Map rows with the reference implementation: the same rows, more slowly',
  },
  'check-rows': { type: 'boolean', describe: 'Check every source row against the contract' },
  gzip: { type: 'boolean', describe: 'Compress JSON Lines parts' },
  operator: {
    type: 'string',
    requiresArg: true,
    describe: 'Name of the person who runs the command, for the report; the login by default',
  },
  'sign-key': {
    type: 'string',
    requiresArg: true,
    describe: 'File with the Ed25519 private key (PEM) that signs the event log',
  },
  unsigned: {
    type: 'boolean',
    describe: 'Record this command without a signature in a run that is signed',
  },
  yes: { type: 'boolean', describe: 'Do it without asking' },
  json: { type: 'boolean', describe: 'Print the result as JSON' },
  full: { type: 'boolean', describe: 'Print all tables, checks and causes, not only the summary' },
  'metrics-port': {
    type: 'number',
    requiresArg: true,
    describe: 'Serve Prometheus metrics on this port while the command runs; 0 picks a free port',
  },
  'metrics-host': { type: 'string', requiresArg: true, describe: 'Address to serve metrics on; 127.0.0.1 by default' },
  quiet: { type: 'boolean', describe: 'Print no progress' },
} as const satisfies Record<string, Options>;

export type OptionName = keyof typeof sharedOptions;

const progress = ['metrics-port', 'metrics-host', 'quiet'] as const;
const record = ['operator', 'sign-key'] as const;
const output = [...record, 'json', ...progress] as const;
const execution = ['idle-timeout', 'part-rows', 'jobs', 'reference'] as const;
const selection = ['param', 'tables'] as const;
const target = ['target', 'target-database'] as const;
const loadTarget = [...target, 'target-schema'] as const;
const newRun = [...selection, 'run', 'resume', 'runs-dir'] as const;
const readRun = ['run', 'runs-dir', 'json'] as const;
const cutover = [...target, 'live-schema', 'runs-dir', ...record, 'unsigned', 'yes', 'json'] as const;
const schema = [...loadTarget, 'param', 'json'] as const;

/** The shared options of each command: the only list of them. A command adds the options that it alone has. */
export const commandOptions = {
  plan: ['source', 'target', 'target-schema', 'param', 'strict', 'runs-dir', 'json'],
  run: [
    'source',
    ...loadTarget,
    ...newRun,
    'strict',
    'max-rejects',
    ...execution,
    'check-rows',
    'gzip',
    'full',
    ...output,
  ],
  copy: [
    'schemas',
    'target-schema',
    'run',
    'runs-dir',
    'strict',
    'max-rejects',
    ...execution,
    'gzip',
    'full',
    ...output,
  ],
  init: ['schemas', 'runs-dir', 'quiet'],
  pull: ['source', 'schemas', 'target', 'quiet'],
  export: ['source', ...newRun, ...execution, 'gzip', ...output],
  transform: ['source', ...selection, 'run', 'runs-dir', 'max-rejects', ...execution, 'check-rows', 'gzip', ...output],
  import: [...loadTarget, 'param', 'run', 'runs-dir', 'max-rejects', ...execution, ...output],
  validate: ['source', 'target', 'param', 'run', 'runs-dir', 'idle-timeout', 'jobs', 'reference', 'full', ...output],
  'rejects list': readRun,
  'rejects show': readRun,
  'rejects replay': ['source', ...target, 'param', 'idle-timeout', ...record, ...readRun, ...progress],
  verify: ['runs-dir', 'json'],
  report: [...readRun, 'full'],
  runs: ['runs-dir', 'json'],
  cutover,
  rollback: cutover,
  drop: cutover,
  'schema up': schema,
  'schema down': [...schema, 'yes'],
  'schema status': schema,
  'schema diff': schema,
  lineage: [...selection, 'json'],
  id: ['runs-dir', 'json'],
  demo: ['operator', 'runs-dir', 'json', 'full', 'quiet'],
} as const satisfies Record<string, readonly OptionName[]>;

export type CommandName = keyof typeof commandOptions;

/** Options that a command does not take over from the command before it: `transform` reads the export of its run. */
export const notInherited: Readonly<Partial<Record<CommandName, readonly OptionName[]>>> = { transform: ['source'] };

/** The values of some shared options. The parser gives an option that is off the value false, and a list without members []. */
export type OptionValues<K extends OptionName> = {
  [N in K]: (typeof sharedOptions)[N] extends { readonly type: 'boolean' }
    ? boolean
    : (typeof sharedOptions)[N] extends { readonly array: true }
      ? string[]
      : InferredOptionTypes<typeof sharedOptions>[N];
};

/** The values of the shared options that all these commands have. */
export type CommandArguments<C extends CommandName> = OptionValues<(typeof commandOptions)[C][number]>;

/** The arguments of a command that takes a pipeline. */
export type Arguments<C extends CommandName> = CommandArguments<C> & { pipeline: string };

/** The arguments of a command that takes a run. The run's folder names its pipeline. */
export type RunArguments<C extends CommandName> = CommandArguments<C> & { run: string };

/** yargs prints it where a command lacks its subcommand; `usageError` says which there are. */
export const missingSubcommand = 'Not enough non-option arguments';

/** Adds the pipeline and the command's shared options. */
export function withPipeline<C extends CommandName>(yargs: Argv, command: C): Argv<Arguments<C>> {
  const pipeline = {
    type: 'string',
    demandOption: true,
    describe: 'Name of the pipeline, or the path of a project or of a pipeline module',
  } as const;
  return withOptions(yargs.positional('pipeline', pipeline), command) as unknown as Argv<Arguments<C>>;
}

/** Adds the run and the command's shared options. */
export function withRun<C extends CommandName>(yargs: Argv, command: C): Argv<RunArguments<C>> {
  const run = { type: 'string', demandOption: true, describe: 'Id of the run, or the path of its folder' } as const;
  return withOptions(yargs.positional('run', run), command) as unknown as Argv<RunArguments<C>>;
}

/** Adds the command's shared options. */
export function withOptions<C extends CommandName>(yargs: Argv, command: C): Argv<CommandArguments<C>> {
  const names: readonly OptionName[] = commandOptions[command];
  const options = Object.fromEntries(names.map((name) => [name, sharedOptions[name]]));
  return yargs.options(options).check((argv) => refuseRepeated(names, argv)) as unknown as Argv<CommandArguments<C>>;
}

/** @throws WaybillError 'usage' when an option that takes one value is given twice: either value would be a guess. */
function refuseRepeated(names: readonly OptionName[], argv: Readonly<Record<string, unknown>>): true {
  const repeated = names.find((name) => !('array' in sharedOptions[name]) && Array.isArray(argv[name]));
  if (repeated === undefined) return true;
  throw new WaybillError('usage', `--${repeated} is given twice.`, { hint: `Give --${repeated} once.` });
}

/** Whether a parsed value is what the option has when it is not given. A command's own options are off by default. */
export function isDefault(option: string, value: unknown): boolean {
  if (value === undefined || value === false) return true;
  const declared: Options | undefined = Object.hasOwn(sharedOptions, option)
    ? sharedOptions[option as OptionName]
    : undefined;
  return JSON.stringify(value) === JSON.stringify(declared?.default ?? []);
}
