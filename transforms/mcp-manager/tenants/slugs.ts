import { entityIds } from '../../../public/index.ts';
import { survey } from '../mapping.ts';

interface Named {
  readonly id: string;
  readonly slug: string;
  readonly age: string;
}

/**
 * The slug of each tenant by its id. If several names give the same slug, the oldest tenant gets it and the others get it
 * with a hash of their id as suffix. A tenant that is added later changes no other slug, and every rehearsal gives the
 * same slugs.
 */
export const slugs = survey({
  name: 'slugs',
  from: 'public.tenants',
  reads: ['id', 'name', 'created_at'],
  detail: 'the oldest has the slug of its name, the others a hash of their id behind it',
  begin() {
    const found: Named[] = [];
    return {
      add: ({ id, name, created_at }) =>
        found.push({ id: id as string, slug: slugOf(name as string), age: `${created_at} ${id}` }),
      facts: () => distinctSlugs(found),
    };
  },
});

/** Longer slugs are truncated, so that slug and hash fit into a host name. */
const MAX_LENGTH = 48;

/** `'Zoë & Søn GmbH'` → `'zoe-s-n-gmbh'`; a name without a Latin letter or digit gives `tenant`. */
export function slugOf(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const words = plain.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
  return words.slice(0, MAX_LENGTH).replace(/-$/, '') || 'tenant';
}

function distinctSlugs(found: readonly Named[]): ReadonlyMap<string, string> {
  const plain = new Set(found.map(({ slug }) => slug));
  const taken = new Set<string>();
  const given = new Map<string, string>();
  for (const { id, slug } of [...found].sort((a, b) => (a.age < b.age ? -1 : 1))) {
    const own = taken.has(slug) ? hashed(slug, id, (made) => plain.has(made) || taken.has(made)) : slug;
    taken.add(own);
    given.set(id, own);
  }
  return given;
}

/** Appends as many digits of the hash as make the slug unique. */
function hashed(slug: string, id: string, isTaken: (slug: string) => boolean): string {
  const hash = entityIds(null, 'tenant-slug').ofText(id).replaceAll('-', '');
  let digits = 8;
  while (isTaken(`${slug}-${hash.slice(0, digits)}`) && digits < hash.length) digits++;
  return `${slug}-${hash.slice(0, digits)}`;
}
