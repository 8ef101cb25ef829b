import type { SchemaObject } from '../../core/ports/structure.ts';
import { bareName } from '../names.ts';

/** Whether SQL names an object. */
export function mentions(sql: string, name: string): boolean {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\w"])"?${escaped}"?(?![\\w"])`, 'u').test(sql);
}

/** `shop.total(integer)` → `total`. */
export function routineName(name: string): string {
  return bareName(name).replace(/\(.*$/s, '');
}

/**
 * Sorts objects so that each comes after those that its definition names, as far as they do not name each other. Otherwise the order
 * stays as it is.
 */
export function inUseOrder<T extends Pick<SchemaObject, 'name' | 'definition'>>(objects: readonly T[]): T[] {
  const byName = new Map<string, T[]>();
  for (const object of objects) {
    const name = routineName(object.name);
    byName.set(name, [...(byName.get(name) ?? []), object]);
  }
  const begun = new Set<T>();
  const sorted: T[] = [];
  const take = (object: T): void => {
    if (begun.has(object)) return;
    begun.add(object);
    for (const word of wordsOf(object.definition ?? '')) byName.get(word)?.forEach(take);
    sorted.push(object);
  };
  objects.forEach(take);
  return sorted;
}

/** The identifiers of SQL, the words of texts and comments among them. */
function wordsOf(sql: string): Set<string> {
  const words = sql.matchAll(/"((?:[^"]|"")+)"|[\p{L}_][\p{L}\p{N}_]*/gu);
  return new Set([...words].map(([word, quoted]) => quoted?.replaceAll('""', '"') ?? word));
}
