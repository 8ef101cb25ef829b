import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { connectorFor, schemes } from '../../connectors/registry.ts';
import type { ErrorCode } from '../../core/model/errors.ts';
import type { Kind } from '../../core/model/schema.ts';
import type { Row } from '../../core/model/value.ts';
import type { Connector } from '../../core/ports/connector.ts';

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

/** What the suite needs to know about one connector. `test/conformance/<name>.ts` exports it as `harness`. */
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

/**
 * Every registered connector once, with its harness.
 * @throws if a connector has no harness, because nothing proves that it conforms.
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
