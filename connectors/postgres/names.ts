import { escapeIdentifier, escapeLiteral } from 'pg';
import { WaybillError } from '../../core/model/errors.ts';
import { type Naming, schemaNaming } from '../sql/naming.ts';

/** A quoted identifier: `"Order"`. */
export const quoteName = escapeIdentifier;

/** A quoted literal. It is untyped, so the server reads it as the type of the column that it is compared with. */
export const quoteText = escapeLiteral;

/** Quoted identifiers, joined: `"id", "name"`; with an alias `c."id", c."name"`. */
export function quoteNames(names: readonly string[], alias = ''): string {
  const prefix = alias === '' ? '' : `${alias}.`;
  return names.map((name) => prefix + quoteName(name)).join(', ');
}

/** The naming of a source: `c01.customers` is in the live schema that `schemas` names for `c01`, else in `c01`. */
export function sourceNaming(schemas: Readonly<Record<string, string>>): Naming {
  return schemaNaming(quoteName, schemas);
}

/** The naming of a target: `customers` is in its one schema. */
export function targetNaming(schema: string): Naming {
  return (table) => `${quoteName(schema)}.${quoteName(table)}`;
}

/**
 * The naming of tables that are read: an inherited parent is read by itself, since its children are tables of their own. A
 * partitioned table is read whole.
 * @param parents inherited parents, as `naming` writes them.
 */
export function readingNaming(naming: Naming, parents: ReadonlySet<string>): Naming {
  return (table) => {
    const name = naming(table);
    return parents.has(name) ? `only ${name}` : name;
  };
}

/** PostgreSQL truncates longer names (NAMEDATALEN 64), and postgrator splits a name at a dot. */
const targetName = /^[a-z_][a-z0-9_]{0,62}$/;

/** @throws WaybillError 'configuration' when a schema of this name cannot be a target. */
export function refuseTargetName(schema: string): void {
  const isReserved = schema === 'waybill' || schema === 'information_schema' || schema.startsWith('pg_');
  if (targetName.test(schema) && !isReserved) return;
  throw new WaybillError('configuration', `"${schema}" cannot be the schema of a target.`, {
    hint: 'Use at most 63 lower-case letters, digits and underscores, and not a name reserved by PostgreSQL or waybill.',
  });
}
