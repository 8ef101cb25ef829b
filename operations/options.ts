import type { PipelineModule } from '../core/validation/validator.ts';

/** What an option is taken from that is not given: `WAYBILL_SOURCE_URL`, `WAYBILL_TARGET_URL`, `WAYBILL_TARGET_DATABASE`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The options of everything that has a pipeline. They have the names of the command line, in camel case. */
export interface PipelineOptions {
  /** Name of a shipped pipeline, path of a module or of a project's folder, or the pipeline itself. */
  readonly pipeline: string | PipelineModule;
  /** Parameters of the pipeline by name. A run that is resumed has its own. */
  readonly param?: Readonly<Record<string, string>> | undefined;
  /** Empty by default; the command line passes `process.env`. */
  readonly environment?: Environment | undefined;
}

/** Where rows come from. */
export interface SourceOptions {
  /** A URL, or several `schema=URL`. */
  readonly source?: string | readonly string[] | undefined;
}

/** What a plan accepts. */
export interface StrictOptions {
  /** Refuse a source with objects that the pipeline does not declare. */
  readonly strict?: boolean | undefined;
}

/** Where rows go. */
export interface TargetOptions {
  readonly target?: string | undefined;
  /** Name of the target's database, which confirms that it may be written to. */
  readonly targetDatabase?: string | undefined;
}

/** The person who runs a command, and what was typed. A run records what is missing as unknown. */
export interface OperatorOptions {
  /** Name of the person, which the run records; the login by default. */
  readonly operator?: string | undefined;
  /** The words of the command line; absent where waybill is called as a library. */
  readonly commandLine?: readonly string[] | undefined;
}

/** Where the rows end. */
export interface LoadOptions {
  /** Keep the source rows and the mapped rows in the run folder. */
  readonly staged?: boolean | undefined;
  /** Load into a temporary schema that is dropped at the end. */
  readonly dryRun?: boolean | undefined;
}

/** Where runs are kept. */
export interface RunsOptions extends OperatorOptions {
  /** Folder of the runs, `.waybill/runs` by default. */
  readonly runsDir?: string | undefined;
  /** File with the Ed25519 private key (PEM) that signs the event log. */
  readonly signKey?: string | undefined;
}

/** How parts are processed. */
export interface ExecutionOptions {
  /** Seconds that a database may be idle while rows are transferred, 300 by default; 0 waits forever. */
  readonly idleTimeout?: number | undefined;
  /** Rows per part, 50,000 by default. */
  readonly partRows?: number | undefined;
  /** Parallel parts, index builds and source readers; by default 2 parts, 2 builds and 1 reader. */
  readonly jobs?: number | undefined;
  /** Map rows with the reference implementation: the same rows, more slowly. */
  readonly reference?: boolean | undefined;
}

/** The options of all that calls the engine. */
export interface EngineArguments
  extends PipelineOptions,
    SourceOptions,
    StrictOptions,
    TargetOptions,
    RunsOptions,
    ExecutionOptions {
  /** Only these tables, by source or target name; all when empty. */
  readonly tables?: readonly string[] | undefined;
  /** Id of the run; made from the time where a run begins without one. */
  readonly run?: string | undefined;
  /** Resume `run` where it stopped. */
  readonly resume?: boolean | undefined;
  /** Rejected rows allowed: 100, '1%', or for one table 'orders=10' or 'orders=0.5%'. None by default; a resumed run keeps its limits. */
  readonly maxRejects?: number | string | readonly string[] | undefined;
  /** Check every source row against the contract. */
  readonly checkRows?: boolean | undefined;
  /** Compress JSON Lines parts. */
  readonly gzip?: boolean | undefined;
}

/** Where the folders of the runs are by default. */
export const defaultRunsDir = '.waybill/runs';
