import type { Mapping } from '../../core/mapping/mapping.ts';
import type { Pipeline } from '../../core/mapping/pipeline.ts';
import { type Plan, type PlannedMapping, planPipeline } from '../../core/mapping/plan/plan.ts';
import { type RowRecord, recordedValue } from '../../core/model/records.ts';
import { rowText, valueText } from '../../core/model/row-text.ts';
import { type SchemaContract, tablesOfContract } from '../../core/model/schema.ts';
import type { Row, Value } from '../../core/model/value.ts';
import type { LedgerEntry, Reference, ResolvedRow } from '../../core/ports/ledger.ts';
import type { Constraint } from '../../core/ports/target.ts';
import type { Check } from '../../core/validation/check.ts';
import type { ValidationContext, Validator } from '../../core/validation/validator.ts';
import { hashRows, keyedHashes } from '../../engine/parts/digest.ts';
import { encodeAgain } from '../../engine/parts/encode-part.ts';
import { resolvedRow } from '../engine/memory/memory-resolve.ts';
import {
  keyText,
  type MemoryDatabase,
  type MemoryFacts,
  memorySource,
  memoryTarget,
  parseMemoryType,
  places,
  tableIn,
} from './memory.ts';
import { encoded } from './memory-format.ts';

/** A pipeline that was run in memory, with everything that a run leaves behind. Tests corrupt it afterwards. */
export interface World {
  readonly plan: Plan;
  readonly source: MemoryDatabase;
  readonly target: MemoryDatabase;
  readonly facts: MemoryFacts;
  readonly ledger: LedgerEntry[];
  readonly resolved: ResolvedRow[];
  readonly records: RowRecord[];
  /** Called before each batch of the source. May throw. */
  failSource: (table: string) => void;
}

export interface WorldSpec {
  readonly source: SchemaContract;
  readonly target: SchemaContract;
  readonly mappings: readonly Mapping[];
  /** Source table (without its schema) → rows in column order. */
  readonly rows: Readonly<Record<string, readonly Row[]>>;
  readonly pipeline?: Partial<Pipeline>;
  readonly constraints?: readonly Constraint[];
  /** Rows, in the order of the mapping, that the target refuses. */
  readonly refuses?: (table: string, row: Row) => boolean;
  /** Whether refused rows are recorded as they were mapped, which a staged load does. */
  readonly isStaged?: boolean;
}

const PART_ROWS = 7;

/** Plans and loads, as the engine does. */
export function loadWorld(spec: WorldSpec): World {
  const pipeline = pipelineOf(spec);
  const types = { source: parseMemoryType, target: parseMemoryType };
  const plan = planPipeline(pipeline, { tenant: 'c01' }, types);
  if (plan.problems.length > 0) throw new Error(JSON.stringify(plan.problems));
  const source = databaseOf('c01', spec.source, spec.rows);
  const target = databaseOf('', spec.target, {});
  const facts: MemoryFacts = {
    constraints: [...(spec.constraints ?? [])],
    rowSecurity: {},
    sequences: [],
    fail: () => undefined,
  };
  const world: World = {
    ...{ plan, source, target, facts, ledger: [], resolved: [], records: [] },
    failSource: () => undefined,
  };
  for (const planned of plan.mappings) loadMapping(world, planned, spec);
  resolve(world);
  return world;
}

function pipelineOf(spec: WorldSpec): Pipeline {
  return {
    name: 'test',
    title: 'test',
    source: { dialect: 'memory', contract: { c01: spec.source } },
    target: { schema: 't', contract: spec.target, migrations: '', loadVersion: 1, finalVersion: 2, unmapped: {} },
    mappings: spec.mappings,
    relations: [],
    params: { tenant: { default: 'c01', describe: '' } },
    tenantParam: 'tenant',
    seed: () => ({}),
    ...spec.pipeline,
  };
}

function databaseOf(schema: string, contract: SchemaContract, rows: WorldSpec['rows']): MemoryDatabase {
  const tables = tablesOfContract(schema, contract, parseMemoryType);
  return new Map(
    tables.map((table) => {
      const own = rows[table.name.replace(`${schema}.`, '')] ?? [];
      return [table.name, { schema: table, rows: own.map((row) => [...row]) }];
    }),
  );
}

function loadMapping(world: World, planned: PlannedMapping, spec: WorldSpec): void {
  const { rows } = tableIn(world.source, planned.source.name);
  const size = planned.source.key.length === 0 ? Math.max(rows.length, 1) : PART_ROWS;
  const count = Math.max(1, Math.ceil(rows.length / size));
  for (let i = 0; i < count; i++) {
    const after = i === 0 ? null : [String(i * size - 1)];
    const upTo = i === count - 1 ? null : [String((i + 1) * size - 1)];
    const part = { number: i + 1, after, upTo };
    world.ledger.push({ ...loadRows(world, planned, spec, { rows: rows.slice(i * size, (i + 1) * size), part }) });
  }
}

function loadRows(
  world: World,
  planned: PlannedMapping,
  spec: WorldSpec,
  { rows, part }: { rows: readonly Row[]; part: LedgerEntry['part'] },
): LedgerEntry {
  const mapper = planned.mapper();
  const counts = { read: rows.length, loaded: 0, rejected: 0, filtered: 0, adjusted: 0 };
  const { schema, rows: loaded } = tableIn(world.target, planned.target.name);
  const at = planned.target.columns.map((c) => planned.columns.findIndex((own) => own.name === c.name));
  let digest = 0n;
  for (const row of rows) {
    const key = planned.source.key.length === 0 ? '(no key)' : keyText(planned.source, row);
    const about = { run: 'r', mapping: planned.name, part: part.number, key };
    const mapped = mapper.map(row);
    const kept = { sqlstate: null, constraint: null, row: row.map(recordedValue) };
    if (mapped.filter !== null) {
      counts.filtered++;
      world.records.push({ kind: 'filter', ...about, rule: mapped.filter });
    } else if (mapped.reject !== null) {
      counts.rejected++;
      world.records.push({ kind: 'reject', ...about, stage: 'map', ...mapped.reject, ...kept });
    } else {
      const out = mapped.row as Row;
      for (const { column, rule, from, to } of mapped.adjustments) {
        counts.adjusted++;
        const change = { column, from: recordedValue(from), to: recordedValue(to) };
        world.records.push({ kind: 'adjustment', ...about, rule, ...change });
      }
      if (spec.refuses?.(planned.target.name, out)) {
        counts.rejected++;
        const whole = at.map((i) => (i < 0 ? null : (out[i] as Value)));
        const staged = { key: keyText(schema, whole), row: out.map(recordedValue) };
        const refusal = { stage: 'load', column: null, rule: 'refused', ...kept } as const;
        world.records.push({ kind: 'reject', ...about, ...refusal, ...(spec.isStaged ? staged : {}) });
      } else {
        counts.loaded++;
        digest += hashRows(encoded([out]));
        loaded.push(at.map((i) => (i < 0 ? null : (out[i] as Value))));
      }
    }
  }
  const text = BigInt.asUintN(64, digest).toString(16).padStart(16, '0');
  return { run: 'r', mapping: planned.name, part, ...counts, digest: text };
}

function resolve(world: World): void {
  for (let isChanged = true; isChanged; ) {
    isChanged = false;
    for (const reference of world.plan.references) isChanged = resolveOne(world, reference) || isChanged;
  }
}

function resolveOne(world: World, reference: Reference): boolean {
  const child = tableIn(world.target, reference.table);
  const parent = tableIn(world.target, reference.parent);
  const [at = 0] = places(child.schema, [reference.column]);
  const [parentAt = 0] = places(parent.schema, [reference.parentColumn]);
  const parents = new Set(parent.rows.map((row) => row[parentAt]));
  const lost = child.rows.filter((row) => row[at] !== null && !parents.has(row[at] as Value));
  for (const row of lost) recordResolved(world, reference, row, row[at] as string);
  if (reference.orphan === 'null') for (const row of lost) row[at] = null;
  else child.rows = child.rows.filter((row) => !lost.includes(row));
  return lost.length > 0;
}

function recordResolved(world: World, reference: Reference, row: Value[], value: string): void {
  const { schema } = tableIn(world.target, reference.table);
  const key = places(schema, schema.key).map((i) => String(row[i]));
  const { table, column, orphan } = reference;
  const line = orphan === 'reject' ? rowText(row) : null;
  const mapping = (world.plan.mappings.find((m) => m.target.name === table) as PlannedMapping).name;
  world.resolved.push(resolvedRow({ ...reference, mapping }, key, value, line));
  const common = { run: 'r', mapping, part: 0, key: keyText(schema, row), rule: 'orphan', column };
  if (line === null) world.records.push({ kind: 'adjustment', ...common, from: value, to: null });
  else world.records.push({ kind: 'reject', ...common, stage: 'resolve', sqlstate: null, constraint: null, row: line });
}

/** Runs a validator over a world. */
export async function checksOf(
  world: World,
  validator: Validator,
  over: Partial<ValidationContext> = {},
): Promise<Check[]> {
  const { plan, ledger, resolved, records } = world;
  const source = memorySource(world.source, (table) => world.failSource(table));
  const parts: ValidationContext['parts'] = (table) => source.parts(table, PART_ROWS);
  const context: ValidationContext = {
    pipeline: plan.pipeline,
    ...{ plan, ledger, resolved, ...keyedHashes('00'.repeat(16)), ledgerHash: hashRows },
    run: 'r',
    source,
    parts,
    async *encodeAgain(planned, format, { hasOrigins }) {
      yield* encodeAgain(source, planned, format, { parts: await parts(planned.source), fastPath: null, hasOrigins });
    },
    target: memoryTarget(world.target, world.facts),
    async *records(mapping) {
      yield* records.filter((r) => r.mapping === mapping);
    },
    schemaDifferences: async () => {
      await context.target.inspector.catalog();
      return [];
    },
    ddlRows: async () => ({}),
    boundTables: async () => new Map(),
    sourceProblems: async () => [],
    maxKeys: 10,
    ...over,
  };
  const checks: Check[] = [];
  for await (const finding of validator.run(context)) checks.push({ check: validator.name, ...finding });
  return checks;
}

/** Runs a validator and returns its check of one subject. */
export async function checkOf(world: World, validator: Validator, subject: string): Promise<Check> {
  const found = (await checksOf(world, validator)).find((c) => c.subject === subject);
  if (found === undefined) throw new Error(`${validator.name} has no check of ${subject}`);
  return found;
}

/** Sets one cell of the target row whose id column has this text. */
export function setCell(world: World, table: string, id: string, [column, value]: readonly [string, Value]): void {
  const { schema, rows } = tableIn(world.target, table);
  const [at = 0, keyAt = 0] = places(schema, [column, schema.key[0] as string]);
  const row = rows.find((r) => valueText(r[keyAt] as Value) === id);
  if (row === undefined) throw new Error(`${table} has no row ${id}`);
  row[at] = value;
}
