import type { Value } from '../../public/index.ts';
import { survey } from './mapping.ts';

/** Facts that depend on all users together. */
export interface People {
  /** Whether the user is the first with its e-mail address, which is unique in lower case in the target. */
  hasEmail(id: Value): boolean;
  /** Whether the user is the first with its provider login, among the users for which `hasEmail` is true. */
  hasLogin(id: Value): boolean;
  isActive(id: Value): boolean;
  /** The tenant's oldest active administrator, else the default owner; null when there is neither. */
  ownerOf(tenant: Value): string | null;
}

interface Person {
  readonly id: string;
  readonly email: string;
  readonly login: string | null;
  readonly tenant: string | null;
  readonly isActive: boolean;
  readonly isAdmin: boolean;
  /** Sort key: creation time, then id. */
  readonly age: string;
}

/** Reads the users once and keeps a few fields of each in memory. Users are few compared with sessions and logs. */
export const people = survey({
  name: 'people',
  from: 'public.users',
  reads: ['id', 'email', 'auth_provider', 'auth_provider_id', 'tenant_id', 'is_active', 'role', 'created_at'],
  detail: 'owner: oldest active ADMIN of the tenant, else --param owner, else oldest active ADMIN without a tenant',
  begin({ owner = '' }) {
    const found: Person[] = [];
    return {
      add(user) {
        const { auth_provider, auth_provider_id } = user;
        found.push({
          id: user.id as string,
          email: emailOf(user.email),
          login: auth_provider_id === null ? null : JSON.stringify([auth_provider, auth_provider_id]),
          tenant: user.tenant_id as string | null,
          isActive: user.is_active as boolean,
          isAdmin: user.role === 'ADMIN',
          age: `${user.created_at} ${user.id}`,
        });
      },
      facts: () => peopleOf(found, owner),
    };
  },
});

/** The login library looks addresses up in lower case. */
export function emailOf(email: Value): string {
  return (email as string).toLowerCase();
}

function peopleOf(found: readonly Person[], owner: string): People {
  const byAge = [...found].sort((a, b) => (a.age < b.age ? -1 : 1));
  const withEmail = firstBy(byAge, ({ email }) => email);
  const withLogin = new Set(firstBy(withEmail, ({ id, login }) => login ?? id).map(({ id }) => id));
  const ids = new Set(withEmail.map(({ id }) => id));
  const active = new Set(found.filter(({ isActive }) => isActive).map(({ id }) => id));
  const administrators = withEmail.filter(({ isAdmin, isActive }) => isAdmin && isActive);
  const owners = new Map(firstBy(administrators, ({ tenant }) => tenant).map(({ tenant, id }) => [tenant, id]));
  const ownerOfTheRest = owner === '' ? owners.get(null) : ids.has(owner) ? owner : null;
  return {
    hasEmail: (id) => ids.has(id as string),
    hasLogin: (id) => withLogin.has(id as string),
    isActive: (id) => active.has(id as string),
    ownerOf: (tenant) => (tenant === null ? undefined : owners.get(tenant as string)) ?? ownerOfTheRest ?? null,
  };
}

function firstBy<K>(list: readonly Person[], key: (person: Person) => K): readonly Person[] {
  const seen = new Set<K>();
  return list.filter((person) => !seen.has(key(person)) && seen.add(key(person)));
}
