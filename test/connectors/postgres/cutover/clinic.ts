import pg from 'pg';
import { parseAddress } from '../../../../connectors/postgres/address.ts';
import { PostgresLiveSchemas } from '../../../../connectors/postgres/cutover/live-schemas.ts';
import type { Append, Cutover } from '../../../../core/ports/cutover.ts';
import { createPgDatabase } from '../../../support/databases.ts';

/** A database with a live schema `clinic` and a shadow schema `clinic_next`, with the same DDL and different rows. */
export interface Clinic {
  readonly url: string;
  readonly schemas: PostgresLiveSchemas;
  /** Returns the rows of the last statement. */
  query(sql: string): Promise<Record<string, unknown>[]>;
  drop(): Promise<void>;
}

/** The records of applied versions, as a migration makes them. */
const versions = `create schema waybill;
  create table waybill.version (target_schema text, version bigint, name text, md5 text, run_at timestamptz);
  create table waybill.left_behind (target_schema text, kind text, name text, why text);
  create view waybill.schema_version as select version from waybill.version;`;

/** `label` distinguishes the rows of the two schemas. */
function ddl(schema: string, label: string): string {
  return `
    create schema ${schema};
    set search_path to ${schema};
    insert into waybill.version (target_schema, version) values ('${schema}', 1);
    create sequence number_seq;
    create table customers (id integer primary key, name text not null, number bigint default nextval('number_seq'));
    create table orders (id integer primary key, customer_id integer references customers (id), label text);
    insert into customers (id, name) select n, '${label}' from generate_series(1, 100) n;
    insert into orders select n, n, '${label}' from generate_series(1, 100) n;
    create policy own on customers using (name <> '');
    set search_path to public;`;
}

export async function openClinic(): Promise<Clinic> {
  const database = await createPgDatabase();
  const client = new pg.Client(database.url);
  await client.connect();
  await client.query(versions + ddl('clinic', 'old') + ddl('clinic_next', 'new'));
  const schemas = await PostgresLiveSchemas.open(parseAddress(database.url, 'target'), {});
  return {
    url: database.url,
    schemas,
    query: async (sql) => {
      const result: unknown = await client.query(sql);
      return ((Array.isArray(result) ? result.at(-1) : result) as pg.QueryResult).rows;
    },
    drop: async () => {
      await schemas.close();
      await client.end();
      await database.drop();
    },
  };
}

/** Run `r1`, which swaps in `clinic_next`. */
export const swapOf: Cutover = {
  run: 'r1',
  pipeline: 'clinic',
  kind: 'swap',
  live: 'clinic',
  shadow: 'clinic_next',
  before: 'clinic_before_r1',
  tenant: null,
  state: 'live',
  reason: null,
  backup: null,
  at: '',
};

/** Run `r2`, which adds the second tenant. */
export const appendOf: Append = {
  cutover: { ...swapOf, run: 'r2', kind: 'append', before: null, tenant: 'second' },
  tenancy: { column: 'tenant_id', id: '2' },
};
