import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Value } from '../../core/model/value.ts';
import { people } from '../../transforms/mcp-manager/people.ts';
import { slugOf, slugs } from '../../transforms/mcp-manager/tenants/slugs.ts';

type Tenant = Readonly<Record<'id' | 'name' | 'created_at', string>>;

function slugsOf(tenants: readonly Tenant[]): ReadonlyMap<string, string> {
  const gathering = slugs.begin({});
  for (const tenant of tenants) gathering.add(tenant);
  return gathering.facts();
}

describe('a slug', () => {
  test.each([
    ['Amber Labs 3', 'amber-labs-3'],
    ['  --Zoë & Søn GmbH!  ', 'zoe-s-n-gmbh'],
    ['株式会社', 'tenant'],
    ['', 'tenant'],
    [`${'a'.repeat(47)} b`, 'a'.repeat(47)],
  ])('of %j is %s', (name, slug) => {
    expect(slugOf(name)).toBe(slug);
  });

  const tenants = fc.uniqueArray(
    fc.record({
      id: fc.uuid(),
      name: fc.oneof(fc.constantFrom('Acme', 'ACME', 'acme!', 'acme-1'), fc.string()),
      created_at: fc.constantFrom('2024-01-01 00:00:00', '2024-01-02 00:00:00'),
    }),
    { selector: ({ id }) => id, maxLength: 40 },
  );

  test('is unique for any names, and the same in any order', () => {
    fc.assert(
      fc.property(tenants, (all) => {
        const given = slugsOf(all);
        expect(new Set(given.values()).size).toBe(all.length);
        for (const slug of given.values()) expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
        expect([...slugsOf(all.toReversed())].sort()).toEqual([...given].sort());
      }),
    );
  });

  test('does not change when a newer tenant is added', () => {
    fc.assert(
      fc.property(tenants, fc.constantFrom('Acme', 'acme'), (all, name) => {
        const before = slugsOf(all);
        const after = slugsOf([...all, { id: 'young', name, created_at: '2025-01-01 00:00:00' }]);
        for (const [id, slug] of before) expect(after.get(id)).toBe(slug);
      }),
    );
  });
});

describe('the survey of all users', () => {
  const user = (id: string, values: Readonly<Record<string, Value>>) => ({
    ...{
      id,
      email: `${id}@x`,
      auth_provider: null,
      auth_provider_id: null,
      tenant_id: 't',
      is_active: true,
      role: 'USER',
    },
    ...{ created_at: `2024-01-01 00:00:00.${id}` },
    ...values,
  });
  const factsOf = (owner: string, users: readonly ReturnType<typeof user>[]) => {
    const gathering = people.begin({ owner });
    for (const each of users) gathering.add(each);
    return gathering.facts();
  };

  test('the owner of a tenant is its oldest migrated active administrator', () => {
    const facts = factsOf('', [
      user('1', { role: 'ADMIN', is_active: false }),
      user('0', { email: 'A@x', created_at: '2020-01-01 00:00:00' }),
      user('2', { role: 'ADMIN', email: 'a@X' }),
      user('4', { role: 'ADMIN' }),
      user('3', { role: 'ADMIN' }),
      user('5', { role: 'ADMIN', tenant_id: null }),
    ]);
    expect([facts.ownerOf('t'), facts.ownerOf('other'), facts.ownerOf(null)]).toEqual(['3', '5', '5']);
  });

  test('the owner of the rest is the named user, if that user exists', () => {
    const users = [user('1', { role: 'ADMIN', tenant_id: null }), user('2', {})];
    expect(factsOf('2', users).ownerOf(null)).toBe('2');
    expect(factsOf('9', users).ownerOf(null)).toBeNull();
    expect(factsOf('', [user('2', {})]).ownerOf('t')).toBeNull();
  });

  test('an e-mail address has one user, and a provider login has one of those users', () => {
    const login = { auth_provider: 'okta', auth_provider_id: '7' };
    const facts = factsOf('', [user('1', { email: 'A@x', ...login }), user('2', { email: 'a@x' }), user('3', login)]);
    expect(['1', '2', '3'].map(facts.hasEmail)).toEqual([true, false, true]);
    expect(['1', '2', '3'].map(facts.hasLogin)).toEqual([true, false, false]);
  });
});
