import type { Check, ValidationContext, Validator } from '../core/check.ts';
import { tenantId } from '../core/ids/uuid.ts';
import type { Pipeline } from '../core/pipeline.ts';
import type { RowSecurityFacts, RowSecurityProbe } from '../core/ports.ts';
import { attempt, type Finding, incomplete } from './attempt.ts';
import { inOrder } from './in-order.ts';

const check = 'row-security';

/** A tenant that owns nothing: a UUID drawn once at random. */
const STRANGER = '7d1f1a52-6b0e-4f2a-9a57-2f8a4b9f0c31';

/**
 * Whether the application role sees all rows of the run's tenant and not one of them as another tenant or as none, in
 * each table that belongs to a tenant, with row-level security on and forced. Silent where the pipeline has none.
 */
export const rowSecurity: Validator = {
  name: check,
  async *run(context): AsyncIterable<Check> {
    const probe = probeOf(context);
    if (probe === null) return;
    const tables = tenantTables(context, probe.tenantColumn);
    if (tables.length === 0) yield incomplete({ check, subject: 'all' }, 'no table matched');
    yield* inOrder(tables, (table) => attempt({ check, subject: table }, () => lookAt(context, table, probe)));
  },
};

function probeOf({ pipeline, plan }: ValidationContext): RowSecurityProbe | null {
  const { rowSecurity: declared, tenantParam } = pipeline;
  if (declared === undefined) return null;
  const tenant = tenantParam === null ? '' : (plan.params[tenantParam] ?? '');
  return { ...declared, tenant: tenantId(tenant), otherTenant: STRANGER };
}

/** Tables with the tenant's column, and those that a mapping says belong to a tenant. */
function tenantTables({ pipeline, plan }: ValidationContext, tenantColumn: string): readonly string[] {
  const mapped = new Set(plan.mappings.map((m) => m.target.name));
  const owned = new Set(plan.mappings.filter((m) => m.mapping.scope === 'tenant').map((m) => m.target.name));
  const { contract, unmapped } = pipeline.target;
  return Object.keys(contract).filter((table) => {
    const isLooked = mapped.has(table) || table in unmapped;
    return isLooked && (owned.has(table) || hasColumn(pipeline, table, tenantColumn));
  });
}

function hasColumn({ target }: Pipeline, table: string, column: string): boolean {
  return column in (target.contract[table]?.columns ?? {});
}

async function lookAt(context: ValidationContext, table: string, probe: RowSecurityProbe): Promise<Finding> {
  if (!hasColumn(context.pipeline, table, probe.tenantColumn)) {
    const notes = [`it belongs to a tenant and has no column ${probe.tenantColumn}`];
    return { verdict: 'fail', expected: null, actual: null, notes };
  }
  const facts = await context.target.inspector.rowSecurity(table, probe);
  const notes = problemsOf(facts);
  return { verdict: notes.length === 0 ? 'pass' : 'fail', expected: facts.rows, actual: facts.visibleToTenant, notes };
}

function problemsOf(facts: RowSecurityFacts): string[] {
  return [
    ...(facts.isEnabled ? [] : ['row-level security is not enabled']),
    ...(facts.isForced ? [] : ['row-level security is not forced on the owner']),
    ...(facts.visibleToTenant === facts.rows ? [] : ['the tenant does not see exactly its own rows']),
    ...(facts.visibleToOther === 0 ? [] : [`another tenant sees ${facts.visibleToOther} of its rows`]),
    ...(facts.visibleUnset === 0 ? [] : [`a session without a tenant sees ${facts.visibleUnset} rows`]),
  ];
}
