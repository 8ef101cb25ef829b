import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { connectorFor, schemes } from '../../connectors/registry.ts';
import type { ErrorCode } from '../../core/model/errors.ts';
import type { Kind } from '../../core/model/schema.ts';
import type { Row } from '../../core/model/value.ts';
import type { Connector } from '../../core/ports/connector.ts';

/** A table as the suite expects a connector to see it. */
export interface ExpectedTable {
  /** Without its schema. */
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly kind: Kind; readonly nullable: boolean }[];
  readonly key: readonly string[];
  readonly unique: readonly (readonly string[])[];
  /** Canonical values (`docs/formats.md`), in key order; without a key, in any. */
  readonly rows: readonly Row[];
}

/** A database or directory with the tables of the suite in it, made for one test file. */
export interface Place {
  readonly url: string;
  /** What the logical schema `c01` is called there. */
  readonly schema: string;
  drop(): Promise<void>;
}

/** A URL that must be refused; it holds the password `hush-canary` where its kind has passwords. */
export interface WrongUrl {
  readonly what: string;
  readonly url: string;
  readonly code: ErrorCode;
}

/** What the suite needs to know of one connector: the default export of `test/conformance/<name>.ts` as `harness`. */
export interface Harness {
  /** One table with a column of every type: a row of nulls, one as empty as can be, and extremes. */
  readonly everyType: ExpectedTable;
  /** What can be seen of a table without a contract; absent where that is everything. */
  seenAs?(table: ExpectedTable): Pick<ExpectedTable, 'columns' | 'key' | 'unique'>;
  /** Whether `parts` cuts by `maxRows`; files are cut when they are written. */
  readonly cuts: boolean;
  /** Makes the tables of `tables.ts` and the one of every type. */
  createSource(): Promise<Place>;
  wrongUrls(place: Place): readonly WrongUrl[];
  /** Absent where the connector has no target. */
  readonly target?: TargetHarness;
}

export interface TargetHarness {
  /** An empty database, and a directory of DDL that makes the tables of `target-tables.ts` in any schema. */
  create(): Promise<{ readonly url: string; readonly migrations: string; drop(): Promise<void> }>;
}

export interface Conforming {
  readonly name: string;
  readonly connector: Connector;
  readonly harness: Harness;
}

/** The password that no message may show. */
export const canary = 'hush-canary';

/**
 * Every connector that the registry knows, once, with its harness.
 * @throws when one has none: a connector without it is not proved to be one.
 */
export async function conforming(): Promise<readonly Conforming[]> {
  const connectors = await Promise.all(schemes.map((scheme) => connectorFor(`${scheme}:`)));
  const byName = new Map(connectors.map((connector) => [connector.name, connector]));
  return Promise.all(
    [...byName].map(async ([name, connector]) => ({ name, connector, harness: await harnessOf(name) })),
  );
}

async function harnessOf(name: string): Promise<Harness> {
  const file = new URL(`./${name}.ts`, import.meta.url);
  if (!existsSync(fileURLToPath(file)))
    throw new Error(`connector ${name} has no harness: write test/conformance/${name}.ts`);
  const { harness } = (await import(/* @vite-ignore */ file.href)) as { readonly harness: Harness };
  return harness;
}
