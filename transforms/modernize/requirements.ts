import { type Requirement, type Survey, surveysOver } from '../../public/index.ts';
import { leavesMockOut, testTenants } from './mock.ts';
import type { source } from './source/contract.ts';

const survey = surveysOver<typeof source>();

/** The tables whose own flag marks rows as mock. */
const flagged = [
  'public.client_accounts',
  'public.users',
  'public.engagements',
  'public.user_account_associations',
  'public.migration_waves',
  'public.data_imports',
  'public.discovery_flows',
  'public.asset_dependencies',
  'public.assets',
] as const;

const mockRows = flagged.map(
  (from): Survey<boolean> =>
    survey({
      name: `mock rows of ${from}`,
      from,
      reads: ['is_mock'],
      begin: () => {
        let found = false;
        return {
          add: ({ is_mock }) => {
            found ||= is_mock === true;
          },
          facts: () => found,
        };
      },
    }),
);

/** A test tenant, which rows move to when they are mock. */
function testTenant(id: string): Requirement {
  return {
    met: survey({
      name: `test tenant ${id}`,
      from: 'public.client_accounts',
      reads: ['id'],
      detail: id,
      begin: (params) => {
        let isMet = leavesMockOut(params);
        return {
          add: (row) => {
            isMet ||= row.id === id;
          },
          facts: () => isMet,
        };
      },
    }),
    neededBy: mockRows,
    problem: () => ({
      subject: 'public.client_accounts',
      message: `Mock rows move to the test tenant ${id}, which the source does not have. Add the account, or leave mock rows out with --param mock=leave-out.`,
    }),
  };
}

/** The user for rows that name no user. It must not be one that is left out. */
const systemUser: Requirement = {
  met: survey({
    name: 'system user',
    from: 'public.users',
    reads: ['id', 'is_mock'],
    begin: (params) => {
      let isMet = false;
      return {
        add: ({ id, is_mock }) => {
          isMet ||= id === params['system-user'] && !(is_mock === true && leavesMockOut(params));
        },
        facts: () => isMet,
      };
    },
  }),
  neededBy: [
    anyRow('public.v3_data_imports'),
    anyRow('public.v3_discovery_flows'),
    survey({
      name: 'mock users that are left out',
      from: 'public.users',
      reads: ['is_mock'],
      begin: (params) => {
        let found = false;
        return {
          add: ({ is_mock }) => {
            found ||= is_mock === true && leavesMockOut(params);
          },
          facts: () => found,
        };
      },
    }),
  ],
  problem: (params) => ({
    subject: 'public.users',
    message: `Rows that name no user need the system user ${params['system-user']}, which the source does not have. Add the user, or name another one with --param system-user=ID.`,
  }),
};

function anyRow(from: 'public.v3_data_imports' | 'public.v3_discovery_flows'): Survey<boolean> {
  return survey({
    name: `rows of ${from}`,
    from,
    reads: ['id'],
    begin: () => {
      let found = false;
      return {
        add: () => {
          found = true;
        },
        facts: () => found,
      };
    },
  });
}

/** The rows that the source must have. */
export const requirements: readonly Requirement[] = [...testTenants.map(testTenant), systemUser];
