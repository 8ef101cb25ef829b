import { derive, type Known, pointsAt, type Rule, type Value, winnersOver } from '../../public/index.ts';
import { importFlags, v3ImportFlags } from './joins.ts';
import { type MockPredicate, type Owner, tenantRule } from './mock.ts';
import { uuid } from './rules.ts';

/**
 * The import that a row belongs to, for mappings that join `imports` and `v3Imports`. It is the one that is loaded: the old
 * import, or the v3 import of the same id if there is no old one, or if the old one is rejected.
 */
const columns = [
  'imported.id',
  'imported.client_account_id',
  'importEngagement.client_account_id',
  'imported.engagement_id',
  'v3.client_account_id',
  'v3.engagement_id',
  'data_import_id',
] as const;

type ImportColumn = (typeof columns)[number] | (typeof importFlags)[number] | (typeof v3ImportFlags)[number];
type ImportRow = Readonly<Record<(typeof columns)[number], Value>>;

const winners = winnersOver('public.v3_data_imports');

function isV3(row: ImportRow, known: Known): boolean {
  if (row['imported.id'] === null) return true;
  return known.facts(winners).get(String(row.data_import_id))?.outcome === 'rejected';
}

function ownerOf(row: ImportRow, known: Known): Owner {
  if (isV3(row, known)) return { own: row['v3.client_account_id'], found: row['v3.client_account_id'] };
  const own = row['imported.client_account_id'];
  return { own, found: own ?? row['importEngagement.client_account_id'] };
}

/** Whether the import of a row is mock. An old import marks its v3 twin too, since both are one import. */
export const mockImport: MockPredicate<ImportColumn> = {
  reads: [...columns, ...importFlags, ...v3ImportFlags],
  surveys: [winners],
  isMock: (row, known) =>
    row['imported.is_mock'] === true ||
    (isV3(row, known) ? v3ImportFlags : importFlags).some((flag) => row[flag] === true),
};

/** The tenant of a row's import. */
export const tenantOfImport: Rule<ImportColumn> = pointsAt(
  'client_accounts',
  tenantRule<ImportColumn>(columns, mockImport, { mayBeNull: false, surveys: [winners] }, ownerOf),
  'reject',
);

/** The same for rows that need no tenant. */
export const optionalTenantOfImport: Rule<ImportColumn> = pointsAt(
  'client_accounts',
  tenantRule<ImportColumn>(columns, mockImport, { mayBeNull: true, surveys: [winners] }, ownerOf),
  'null',
);

/** The engagement of a row's import. */
export const engagementOfImport: Rule<ImportColumn> = pointsAt(
  'engagements',
  derive(columns, uuid, (row, known) => (isV3(row, known) ? row['v3.engagement_id'] : row['imported.engagement_id']), {
    surveys: [winners],
  }),
  'null',
);

/** Adds the flags of the import to those of a row. */
export function orMockImport<C extends string>(flags: readonly C[]): MockPredicate<C | ImportColumn> {
  return {
    ...mockImport,
    reads: [...flags, ...mockImport.reads],
    isMock: (row, known) => flags.some((flag) => row[flag] === true) || mockImport.isMock(row, known),
  };
}
