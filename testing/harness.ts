import type { ErrorCode } from '../core/model/errors.ts';
import type { Kind } from '../core/model/schema.ts';
import type { Row } from '../core/model/value.ts';
import type { Connector } from '../core/ports/connector.ts';

/** The functions of vitest that the suite uses: `import * as vitest from 'vitest'`. */
export interface TestFramework {
  describe(name: string, suite: () => void): unknown;
  test(name: string, run: () => Promise<void> | void): unknown;
  readonly expect: (value: unknown) => Expectation & { readonly not: Expectation };
  beforeAll(run: () => Promise<void>): void;
  beforeEach(run: () => Promise<() => Promise<void>>): void;
  afterAll(run: () => Promise<void>): void;
  onTestFinished(run: () => Promise<void>): void;
}

interface Expectation {
  toBe(wanted: unknown): void;
  toEqual(wanted: unknown): void;
  toMatchObject(wanted: object): void;
  toHaveLength(length: number): void;
  toBeGreaterThan(least: number): void;
  toBeLessThanOrEqual(most: number): void;
  // biome-ignore lint/suspicious/noExplicitAny: any class
  toBeInstanceOf(type: new (...args: any[]) => unknown): void;
  toContain(part: unknown): void;
  toMatch(pattern: RegExp): void;
}

/** A table as the suite expects a connector to see it. */
export interface ExpectedTable {
  /** Without the schema. */
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly kind: Kind; readonly nullable: boolean }[];
  readonly key: readonly string[];
  readonly unique: readonly (readonly string[])[];
  /** Canonical values (`docs/formats.md`) in key order, or in any order without a key. */
  readonly rows: readonly Row[];
}

/** A database or directory that holds the tables of the suite. It is made for one test file. */
export interface Place {
  readonly url: string;
  /** The name of the logical schema `c01` there. */
  readonly schema: string;
  drop(): Promise<void>;
}

/** A URL that must be refused. It contains the password `hush-canary` if URLs of its kind have passwords. */
export interface WrongUrl {
  readonly what: string;
  readonly url: string;
  readonly code: ErrorCode;
}

/** What the suite needs to know about one connector. */
export interface Harness {
  /** One table with a column of every type: a row of nulls, a row of the emptiest values, and rows of extremes. */
  readonly everyType: ExpectedTable;
  /** What a source sees of a table without a contract. Absent if it sees everything. */
  seenAs?(table: ExpectedTable): Pick<ExpectedTable, 'columns' | 'key' | 'unique'>;
  /** Whether `parts` cuts by `maxRows`. Files are cut when they are written. */
  readonly cuts: boolean;
  /** Creates the tables of `tables.ts` and the one with every type. */
  createSource(): Promise<Place>;
  wrongUrls(place: Place): readonly WrongUrl[];
  /** Absent if the connector has no target. */
  readonly target?: TargetHarness;
}

export interface TargetHarness {
  /** Creates an empty database, and a directory of DDL that creates the tables of `target-tables.ts` in any schema. */
  create(): Promise<{ readonly url: string; readonly migrations: string; drop(): Promise<void> }>;
}

export interface Conforming {
  readonly name: string;
  readonly connector: Connector;
  readonly harness: Harness;
}

/** The password that no message may show. */
export const canary = 'hush-canary';
