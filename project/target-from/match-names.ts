/** Pairs of a source name and a target name, by source name. */
export type NamePairs = ReadonlyMap<string, { readonly target: string; readonly isExact: boolean }>;

/**
 * Finds the target name of each source name: first the same name, then one that differs in case and separators, then in number, then
 * in a prefix. A name that could be two others matches none of them.
 */
export function matchNames(sources: readonly string[], targets: readonly string[]): NamePairs {
  const found = new Map<string, { target: string; isExact: boolean }>();
  const free = new Set(targets);
  for (const [level, forms] of levels.entries()) {
    const open = sources.filter((name) => !found.has(name));
    const claims = open.map((source) => ({
      source,
      fitting: [...free].filter((target) => isSame(forms, source, target)),
    }));
    for (const {
      source,
      fitting: [target, ...others],
    } of claims) {
      if (target === undefined || others.length > 0) continue;
      if (claims.some((other) => other.source !== source && other.fitting.includes(target))) continue;
      found.set(source, { target, isExact: level === 0 });
      free.delete(target);
    }
  }
  return found;
}

type Forms = (name: string) => readonly string[];

/** `OrderItems`, `order_items` and `ORDER-ITEMS` → `orderitems` */
function plain(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}

/** `companies` → `company`, `boxes` → `box`, `users` → `user` */
function singular(name: string): string {
  return plain(name)
    .replace(/ies$/, 'y')
    .replace(/(s|x|z|ch|sh)es$/, '$1')
    .replace(/([^s])s$/, '$1');
}

/** `tbl_orders` → `orders`, `wp_posts` → `posts`, `tblOrders` → `Orders` */
function withoutPrefix(name: string): string[] {
  const [, rest] = /^(?:[a-z0-9]+_|tbl_?|t(?=\p{Lu}))(\p{L}.*)$/u.exec(name) ?? [];
  return rest === undefined ? [] : [rest];
}

const levels: readonly Forms[] = [
  (name) => [name],
  (name) => [plain(name)],
  (name) => [singular(name)],
  (name) => [name, ...withoutPrefix(name)].map(singular),
];

function isSame(forms: Forms, source: string, target: string): boolean {
  const known = forms(target);
  return forms(source).some((form) => form !== '' && known.includes(form));
}
