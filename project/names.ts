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

/** The target's name of a table or column. */
export function renamer(names: ProjectOptions['names'] = 'same'): (name: string) => string {
  if (names === 'same') return fitName;
  const rename = names === 'snake_case' ? snakeCase : names;
  return (name) => fitName(rename(name));
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
  return new WaybillError('configuration', `${what}: ${one} and ${other} are both called ${made} in the target.`, {
    hint: "Give names: a function that keeps them apart, or names: 'same'.",
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
