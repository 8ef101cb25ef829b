import { createHash } from 'node:crypto';
import { WaybillError } from '../core/model/errors.ts';
import type { ProjectOptions } from './options.ts';

/** PostgreSQL cuts longer names (NAMEDATALEN 64). */
const maxBytes = 63;

/** A name cut to 63 bytes. A cut name ends in a hash of the whole one, so that two of them stay different. */
function fitName(name: string): string {
  if (Buffer.byteLength(name) <= maxBytes) return name;
  const tail = `_${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;
  let head = name;
  while (Buffer.byteLength(head + tail) > maxBytes) head = [...head].slice(0, -1).join('');
  return head + tail;
}

/** `OrderID` → `order_id`, `HTTPServer2` → `http_server2`. */
function snakeCase(name: string): string {
  return name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1_$2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1_$2')
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .toLowerCase();
}

/** A schema name that every target accepts: `My Shop` → `my_shop`, `2024` → `_2024`, `pg_old` → `source_pg_old`. */
export function schemaNameFrom(name: string): string {
  const plain = name.toLowerCase().replace(/[^a-z0-9_]+/g, '_');
  if (!/[a-z0-9]/.test(plain)) return 'source';
  const isReserved = plain === 'waybill' || plain === 'information_schema' || plain.startsWith('pg_');
  return fitName(`${isReserved ? 'source_' : ''}${/^\d/.test(plain) ? '_' : ''}${plain}`);
}

/** The target's name of a table or column in a schema. */
export type Rename = (name: string, schema: string) => string;

/** Makes the names of the target as a person chose. */
export function renamer(names: ProjectOptions['names'] = 'same'): Rename {
  if (names === 'same') return fitName;
  const rename = names === 'snake_case' ? snakeCase : names;
  return (name, schema) => fitName(rename(name, schema));
}

/** Gives each table, by its full name, a target name. @throws as `renameAll`. */
export function renameTables(tables: readonly { readonly name: string }[], rename: Rename): Map<string, string> {
  const names = tables.map(({ name }) => name);
  return renameAll(names, (name) => rename(bareName(name), schemaName(name)), 'Tables');
}

/** Gives each column of a table a target name. @throws as `renameAll`. */
export function renameColumns(
  { name: table, columns }: { readonly name: string; readonly columns: readonly { readonly name: string }[] },
  rename: Rename,
): Map<string, string> {
  const names = columns.map(({ name }) => name);
  return renameAll(names, (name) => rename(name, schemaName(table)), `Columns of ${table}`);
}

/** `shop.orders` → `orders`. */
export function bareName(name: string): string {
  return name.slice(name.indexOf('.') + 1);
}

/** `shop.orders` → `shop`. */
export function schemaName(name: string): string {
  return name.slice(0, Math.max(name.indexOf('.'), 0));
}

/** Gives each of these names a target name. @throws WaybillError 'configuration' when two names become the same. */
export function renameAll(
  names: readonly string[],
  rename: (name: string) => string,
  what: string,
): Map<string, string> {
  const renamed = new Map<string, string>();
  const taken = new Map<string, string>();
  for (const name of names) {
    const made = rename(name);
    const other = taken.get(made);
    if (other !== undefined) throw collision(what, other, name, made);
    taken.set(made, name);
    renamed.set(name, made);
  }
  return renamed;
}

function collision(what: string, one: string, other: string, made: string): WaybillError {
  const hint =
    schemaName(one) === schemaName(other)
      ? "Give names: a function that keeps them apart, or names: 'same'."
      : 'Give names: (name, schema) => … in a project, which keeps tables apart, or name fewer schemas.';
  return new WaybillError('configuration', `${what}: ${one} and ${other} are both called ${made} in the target.`, {
    hint,
  });
}

/** Hands out names that are unique in the target's schema: the wanted one, else one with its table in front, else with a number. */
export class UniqueNames {
  readonly #taken: Set<string>;

  constructor(taken: Iterable<string>) {
    this.#taken = new Set(taken);
  }

  take(wanted: string, table: string): string {
    const candidates = [wanted, `${table}_${wanted}`];
    let made = candidates.map(fitName).find((name) => !this.#taken.has(name));
    for (let n = 2; made === undefined; n++) {
      const numbered = fitName(`${table}_${wanted}_${n}`);
      if (!this.#taken.has(numbered)) made = numbered;
    }
    this.#taken.add(made);
    return made;
  }
}
