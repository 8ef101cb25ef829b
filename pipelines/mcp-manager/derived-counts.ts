import {
  type CheckResult,
  checkSubject,
  type Finding,
  plural,
  type ValidationContext,
  type Validator,
} from '../../public/index.ts';
import { targetRows } from './statistics.ts';

/** The figures of a tenant, and the table whose rows each of them counts. */
const figures = { current_users: 'user', current_servers: 'mcp_server' } as const;

/** Compares the figures of each tenant with the rows that they count. */
export const derivedCounts: Validator = {
  name: 'derived-counts',
  proves: 'The number of users and servers that each tenant names is the number that the target holds.',
  cannotSee: 'Figures that the target computes later, and rows that belong to no tenant.',
  async *run(context): AsyncGenerator<Finding> {
    for (const [figure, table] of Object.entries(figures))
      yield await checkSubject(`tenant.${figure}`, () => compareFigure(context, figure, table));
  },
};

async function compareFigure(context: ValidationContext, figure: string, table: string): Promise<CheckResult> {
  const counted = new Map<string, number>();
  for await (const { tenant_id } of targetRows(context, table, ['tenant_id']))
    if (tenant_id != null) counted.set(tenant_id, (counted.get(tenant_id) ?? 0) + 1);
  let tenants = 0;
  const wrong: string[] = [];
  for await (const row of targetRows(context, 'tenant', ['id', figure])) {
    tenants++;
    if (Number(row[figure]) !== (counted.get(row.id as string) ?? 0)) wrong.push(`id=${row.id}`);
  }
  return {
    verdict: wrong.length === 0 ? 'pass' : 'fail',
    expected: tenants,
    actual: tenants - wrong.length,
    sampleKeys: wrong.sort().slice(0, context.maxKeys),
    notes:
      wrong.length === 0 ? [] : [`${plural(wrong.length, 'tenant')} with another number than the rows of ${table}`],
  };
}
