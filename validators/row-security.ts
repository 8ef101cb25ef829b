import { tenantId } from '../core/mapping/ids/entity-ids.ts';
import type { Pipeline } from '../core/mapping/pipeline.ts';
import type { RowSecurityFacts, RowSecurityProbe } from '../core/ports/target.ts';
import type { Finding } from '../core/validation/check.ts';
import type { ValidationContext, Validator } from '../core/validation/validator.ts';
import { type CheckResult, checkSubject, incomplete } from './check-result.ts';
import { mapConcurrent } from './map-concurrent.ts';

/** A tenant that owns nothing: a random UUID. */
const STRANGER = '7d1f1a52-6b0e-4f2a-9a57-2f8a4b9f0c31';

/**
 * Checks row-level security in each table that belongs to a tenant, as the application role. Row-level security must be on, and
 * forced unless the pipeline says otherwise. A run of several tenants is checked tenant by tenant. Yields nothing for a
 * pipeline without row-level security.
 */
export const rowSecurity: Validator = {
  name: 'row-security',
  proves:
    'As the application role, each tenant sees exactly its rows, and another tenant or a session without a tenant sees none of them. Row-level security is on in every table that belongs to tenants, unless the pipeline declares the table open.',
  cannotSee: 'What the policies allow for writing, and what other roles see.',
  async *run(context): AsyncIterable<Finding> {
    const declared = context.pipeline.rowSecurity;
    if (declared === undefined) return;
    const tables = tenantTables(context, declared);
    if (tables.length === 0) yield incomplete('all', 'no table matched');
    let tenants: Promise<readonly string[]> | null = null;
    yield* mapConcurrent(tables, (table) =>
      checkSubject(table, async () => {
        tenants ??= tenantsOf(context, declared);
        return checkTable(context, table, declared, await tenants);
      }),
    );
  },
};

type Declared = NonNullable<Pipeline['rowSecurity']>;

/** The keys of the tenants, in the order of their table. */
async function tenantsOf(
  { pipeline, plan, target }: ValidationContext,
  { tenants }: Declared,
): Promise<readonly string[]> {
  const { tenantParam } = pipeline;
  if (tenants === undefined) return [tenantId(tenantParam === null ? '' : (plan.params[tenantParam] ?? ''))];
  const found: string[] = [];
  const key = pipeline.target.contract[tenants]?.key ?? [];
  for await (const lines of target.inspector.lines(tenants, key)) found.push(...lines);
  return found;
}

/** Tables with the tenant column, tables that a mapping declares as a tenant's, and tables with an exception. */
function tenantTables(
  { pipeline, plan }: ValidationContext,
  { tenantColumn, tables = {} }: Declared,
): readonly string[] {
  const mapped = new Set(plan.mappings.map((m) => m.target.name));
  const owned = new Set(plan.mappings.filter((m) => m.mapping.scope === 'tenant').map((m) => m.target.name));
  const { contract, unmapped } = pipeline.target;
  return Object.keys(contract).filter((table) => {
    const isChecked = mapped.has(table) || table in unmapped;
    return isChecked && (owned.has(table) || table in tables || hasColumn(pipeline, table, tenantColumn));
  });
}

function hasColumn({ target }: Pipeline, table: string, column: string): boolean {
  return column in (target.contract[table]?.columns ?? {});
}

async function checkTable(
  context: ValidationContext,
  table: string,
  declared: Declared,
  tenants: readonly string[],
): Promise<CheckResult> {
  const differs = declared.tables?.[table];
  const column = typeof differs === 'object' ? differs.column : declared.tenantColumn;
  // A table that shows everything, or nothing, needs no tenant column.
  const key = context.pipeline.target.contract[table]?.key[0] as string;
  const tenantColumn = differs === 'open' || differs === 'closed' ? key : column;
  if (!hasColumn(context.pipeline, table, tenantColumn)) {
    const notes = [`the table belongs to a tenant but has no column ${tenantColumn}`];
    return { verdict: 'fail', expected: null, actual: null, notes };
  }
  if (tenants.length === 0)
    return { verdict: 'incomplete', expected: null, actual: null, notes: ['there is no tenant'] };
  const probes = probesOf(declared, tenantColumn, differs === 'open' ? tenants.slice(0, 1) : tenants);
  const facts: RowSecurityFacts[] = [];
  for (const probe of probes) facts.push(await context.target.inspector.rowSecurity(table, probe));
  const isForced = declared.isForced ?? true;
  const problems = facts.flatMap((f) => (differs === 'open' ? openProblems(f) : problemsOf(f, isForced)));
  const sum = (field: 'rows' | 'visibleToTenant'): number => facts.reduce((total, f) => total + f[field], 0);
  return {
    verdict: problems.length === 0 ? 'pass' : 'fail',
    expected: differs === 'open' ? null : sum('rows'),
    actual: differs === 'open' ? null : sum('visibleToTenant'),
    notes: [...new Set(problems), ...(differs === 'open' ? [isOpen] : []), ...(differs === 'closed' ? [isClosed] : [])],
  };
}

/** One probe for each tenant, with the next tenant as the other one. A single tenant is probed with a tenant that owns nothing. */
function probesOf({ role, setting }: Declared, tenantColumn: string, tenants: readonly string[]): RowSecurityProbe[] {
  return tenants.map((tenant, i) => {
    const otherTenant = tenants.length === 1 ? STRANGER : (tenants[(i + 1) % tenants.length] as string);
    return { role, setting, tenantColumn, tenant, otherTenant };
  });
}

const isOpen = 'the target has no row-level security on this table, so every tenant sees all rows';
const isClosed = 'the target has no policy for the role on this table, so the role sees no rows';

function openProblems({ isEnabled }: RowSecurityFacts): string[] {
  return isEnabled ? ['row-level security is enabled, but the pipeline declares the table open'] : [];
}

function problemsOf(facts: RowSecurityFacts, isForced: boolean): string[] {
  return [
    ...(facts.isEnabled ? [] : ['row-level security is not enabled']),
    ...(facts.isForced || !isForced ? [] : ['row-level security is not forced on the owner']),
    ...(facts.visibleToTenant === facts.rows ? [] : ['the tenant does not see exactly its rows']),
    ...(facts.visibleToOther === 0 ? [] : [`another tenant sees ${facts.visibleToOther} of its rows`]),
    ...(facts.visibleUnset === 0 ? [] : [`a session without a tenant sees ${facts.visibleUnset} rows`]),
  ];
}
