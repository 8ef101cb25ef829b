import { tenantId } from '../core/mapping/ids/entity-ids.ts';
import type { Pipeline } from '../core/mapping/pipeline.ts';
import type { RowSecurityFacts, RowSecurityProbe } from '../core/ports/target.ts';
import type { Check } from '../core/validation/check.ts';
import type { ValidationContext, Validator } from '../core/validation/validator.ts';
import { checkSafely, type Finding, incomplete } from './check-result.ts';
import { mapConcurrent } from './map-concurrent.ts';

const check = 'row-security';

/** A tenant that owns nothing: a UUID drawn once at random. */
const STRANGER = '7d1f1a52-6b0e-4f2a-9a57-2f8a4b9f0c31';

/**
 * Whether the application role sees all rows of a tenant and not one of them as another tenant or as none, in each table
 * that belongs to a tenant, with row-level security on, and forced unless the pipeline says otherwise. Tenant by tenant where
 * a run moves several. Silent where the pipeline has none.
 */
export const rowSecurity: Validator = {
  name: check,
  async *run(context): AsyncIterable<Check> {
    const declared = context.pipeline.rowSecurity;
    if (declared === undefined) return;
    const tables = tenantTables(context, declared);
    if (tables.length === 0) yield incomplete({ check, subject: 'all' }, 'no table matched');
    let tenants: Promise<readonly string[]> | null = null;
    yield* mapConcurrent(tables, (table) =>
      checkSafely({ check, subject: table }, async () => {
        tenants ??= tenantsOf(context, declared);
        return lookAt(context, table, declared, await tenants);
      }),
    );
  },
};

type Declared = NonNullable<Pipeline['rowSecurity']>;

/** The keys of the tenants, in the order of the table that holds them. */
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

/** Tables with the tenant's column, those that a mapping says belong to a tenant, and those that are declared to differ. */
function tenantTables(
  { pipeline, plan }: ValidationContext,
  { tenantColumn, tables = {} }: Declared,
): readonly string[] {
  const mapped = new Set(plan.mappings.map((m) => m.target.name));
  const owned = new Set(plan.mappings.filter((m) => m.mapping.scope === 'tenant').map((m) => m.target.name));
  const { contract, unmapped } = pipeline.target;
  return Object.keys(contract).filter((table) => {
    const isLooked = mapped.has(table) || table in unmapped;
    return isLooked && (owned.has(table) || table in tables || hasColumn(pipeline, table, tenantColumn));
  });
}

function hasColumn({ target }: Pipeline, table: string, column: string): boolean {
  return column in (target.contract[table]?.columns ?? {});
}

async function lookAt(
  context: ValidationContext,
  table: string,
  declared: Declared,
  tenants: readonly string[],
): Promise<Finding> {
  const differs = declared.tables?.[table];
  const column = typeof differs === 'object' ? differs.column : declared.tenantColumn;
  // A table that shows everything, or nothing, need not have a tenant's column.
  const key = context.pipeline.target.contract[table]?.key[0] as string;
  const tenantColumn = differs === 'open' || differs === 'closed' ? key : column;
  if (!hasColumn(context.pipeline, table, tenantColumn)) {
    const notes = [`it belongs to a tenant and has no column ${tenantColumn}`];
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

/** Each tenant, and as the other one its neighbour; a tenant that is alone is looked at by a stranger. */
function probesOf({ role, setting }: Declared, tenantColumn: string, tenants: readonly string[]): RowSecurityProbe[] {
  return tenants.map((tenant, i) => {
    const otherTenant = tenants.length === 1 ? STRANGER : (tenants[(i + 1) % tenants.length] as string);
    return { role, setting, tenantColumn, tenant, otherTenant };
  });
}

const isOpen = 'the target has no row-level security here, so every tenant sees all of it';
const isClosed = 'the target has no policy for the role here, so nobody sees any of it';

function openProblems({ isEnabled }: RowSecurityFacts): string[] {
  return isEnabled ? ['row-level security is enabled, and the pipeline says it is not'] : [];
}

function problemsOf(facts: RowSecurityFacts, isForced: boolean): string[] {
  return [
    ...(facts.isEnabled ? [] : ['row-level security is not enabled']),
    ...(facts.isForced || !isForced ? [] : ['row-level security is not forced on the owner']),
    ...(facts.visibleToTenant === facts.rows ? [] : ['the tenant does not see exactly its own rows']),
    ...(facts.visibleToOther === 0 ? [] : [`another tenant sees ${facts.visibleToOther} of its rows`]),
    ...(facts.visibleUnset === 0 ? [] : [`a session without a tenant sees ${facts.visibleUnset} rows`]),
  ];
}
