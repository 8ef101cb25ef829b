import { parseMysqlType } from '../../../connectors/mysql/types.ts';
import { parsePostgresType } from '../../../connectors/postgres/types.ts';
import { type Filter, type Mapping, mappingsOf, type Rule } from '../../../core/mapping/mapping.ts';
import type { Pipeline } from '../../../core/mapping/pipeline.ts';
import { type Plan, planPipeline } from '../../../core/mapping/plan/plan.ts';
import {
  amount,
  bool,
  carry,
  constant,
  date,
  derive,
  id,
  label,
  members,
  ref,
  text,
} from '../../../core/mapping/rules.ts';
import type { SchemaContract } from '../../../core/model/schema.ts';

/**
 * A small legacy clinic with MySQL types: doctors with a numeric key, codes with a text key, and patients who refer to
 * both.
 */
export const clinicSource = {
  c01: {
    doctor: { key: ['ID'], columns: { ID: 'int(11) not null', Name: 'varchar(50) not null' } },
    code: { key: ['Code'], columns: { Code: 'varchar(6) not null', Header: 'bit(1) not null' } },
    patient: {
      key: ['ID'],
      columns: {
        ID: 'bigint(20) not null',
        DoctorID: 'int(11)',
        Code: 'varchar(6)',
        Born: 'date not null',
        Balance: 'double not null',
        Status: "enum('new','seen') not null",
        Flags: "set('MIR.ORDER','Other') not null",
        IsActive: 'tinyint(1) not null',
        Password: 'varchar(32)',
      },
    },
  },
} as const;

export const clinicTarget = {
  doctors: { key: ['id'], columns: { id: 'uuid not null', name: 'varchar(50) not null' } },
  codes: { key: ['id'], columns: { id: 'uuid not null', code: 'varchar(6) not null', is_header: 'boolean not null' } },
  patients: {
    key: ['id'],
    columns: {
      id: 'uuid not null',
      tenant: 'text not null',
      doctor_id: 'uuid',
      code_id: 'uuid',
      born: 'date',
      balance: 'numeric(18,2) not null',
      status: 'varchar(4)',
      flags: 'text[] not null',
      is_active: 'boolean not null',
      initial: 'text',
      created_at: 'timestamptz not null default',
    },
  },
} as const satisfies SchemaContract;

const mapping = mappingsOf<typeof clinicSource>();

export const doctors = mapping({
  from: 'c01.doctor',
  to: 'doctors',
  columns: { id: id('ID'), name: text('Name') },
});

export const codes = mapping({
  from: 'c01.code',
  to: 'codes',
  scope: 'shared',
  columns: { id: id('Code', 'text'), code: text('Code'), is_header: bool('Header') },
});

export const patients = mapping({
  from: 'c01.patient',
  to: 'patients',
  columns: {
    id: id('ID'),
    tenant: constant('tenant', ({ params }) => params.tenant as string),
    doctor_id: ref('doctors', 'DoctorID', { none: ['0'], orphan: 'null' }),
    code_id: ref('codes', 'Code', { none: [''], orphan: 'null' }),
    born: date('Born'),
    balance: amount('Balance'),
    status: label('Status'),
    flags: members('Flags'),
    is_active: bool('IsActive'),
    initial: derive(['Status'], { kind: 'text', native: 'text' }, ({ Status }) => String(Status).slice(0, 1)),
  },
  drops: { Password: 'clear text' },
});

/** Changes to the clinic: tables of its contracts by name (null removes one), and mappings by their target. */
export interface Changes {
  readonly source?: Readonly<Record<string, SchemaContract[string] | null>>;
  readonly target?: Readonly<Record<string, SchemaContract[string] | null>>;
  readonly mappings?: readonly Mapping[];
  readonly unmapped?: Readonly<Record<string, string>>;
  readonly tenant?: string;
}

/** The clinic's plan. */
export function clinicPlan(changes: Changes = {}): Plan {
  const types = { source: parseMysqlType, target: parsePostgresType };
  return planPipeline(clinic(changes), { tenant: changes.tenant ?? 'c01' }, types);
}

function clinic(changes: Changes): Pipeline {
  return {
    name: 'clinic',
    title: 'a clinic',
    source: { dialect: 'mysql', contract: { c01: changed(clinicSource.c01, changes.source) } },
    target: {
      schema: 'clinic',
      contract: changed(clinicTarget, changes.target),
      migrations: '',
      loadVersion: 1,
      finalVersion: 1,
      unmapped: changes.unmapped ?? {},
    },
    mappings: changes.mappings ?? [doctors, codes, patients],
    relations: [],
    params: { tenant: { default: 'c01', describe: 'the company' } },
    tenantParam: 'tenant',
    seed: () => ({}),
  };
}

function changed(contract: SchemaContract, changes: Changes['source'] = {}): SchemaContract {
  const tables = Object.entries({ ...contract, ...changes });
  return Object.fromEntries(tables.filter((entry): entry is [string, SchemaContract[string]] => entry[1] !== null));
}

/** A table of a contract with changed columns. Null removes one. */
export function withColumns(
  table: SchemaContract[string],
  columns: Readonly<Record<string, string | null>>,
): SchemaContract[string] {
  const all = Object.entries({ ...table.columns, ...columns });
  return { ...table, columns: Object.fromEntries(all.filter((c): c is [string, string] => c[1] !== null)) };
}

/** A mapping with changed rules. Null removes one. */
export function withRules(base: Mapping, rules: Readonly<Record<string, Rule | null>>, filter?: Filter): Mapping {
  const all = Object.entries({ ...base.columns, ...rules });
  const columns = Object.fromEntries(all.filter((entry): entry is [string, Rule] => entry[1] !== null));
  return { ...base, columns, ...(filter === undefined ? {} : { filter }) };
}

/** Carries a number from one column. The mapping has one key and one value, for plans about types. */
export function oneColumn(source: string, target: string, rule: Rule = carry('Value')): Changes {
  return {
    source: { thing: { key: ['ID'], columns: { ID: 'int not null', Value: source } } },
    target: { things: { key: ['id'], columns: { id: 'uuid not null', value: target } } },
    mappings: [
      ...[doctors, codes, patients],
      { from: 'c01.thing', to: 'things', scope: 'tenant', columns: { id: id('ID'), value: rule }, drops: {} },
    ],
  };
}

/** The mapper for one table. Fails if its plan has problems. */
export function mapperTo(table: string, changes: Changes = {}) {
  const plan = clinicPlan(changes);
  if (plan.problems.length > 0) throw new Error(plan.problems.map((p) => p.message).join('\n'));
  const planned = plan.mappings.find((m) => m.target.name === table);
  if (planned === undefined) throw new Error(`no mapping to ${table}`);
  return planned.mapper();
}

/** `subject: message` of every problem. */
export function problemsOf(changes: Changes): string[] {
  return clinicPlan(changes).problems.map((p) => `${p.subject}: ${p.message}`);
}
