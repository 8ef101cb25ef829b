import { inventoryOf, undeclaredProblems } from '../core/inventory/inventory.ts';
import { driftOf } from '../core/mapping/plan/drift.ts';
import { type Plan, planPipeline } from '../core/mapping/plan/plan.ts';
import type { Problem } from '../core/mapping/plan/problem.ts';
import { sourceLosses } from '../core/mapping/plan/source-losses.ts';
import type { InventoryEntry } from '../core/model/inventory.ts';
import { type TableSchema, tablesOfContract } from '../core/model/schema.ts';
import type { Sequence, Source } from '../core/ports/source.ts';
import { shadowOf } from '../core/schema-names.ts';
import { filledColumns, lostIdentities } from '../core/validation/sequences.ts';
import { unmetRequirements } from '../engine/requirements.ts';
import { GatheredFacts } from '../engine/surveys.ts';
import { type UnfoldedRelation, unfoldedRelations } from '../validators/references/unfolded-relations.ts';
import { openSource, openTarget, sourcePlace, targetUrl } from './connections.ts';
import { migrationsOf, typeReaders } from './engine-options.ts';
import { loadPipeline } from './modules/load-pipeline.ts';
import { parametersOf } from './option-values.ts';
import {
  defaultRunsDir,
  type PipelineOptions,
  type RunsOptions,
  type SourceOptions,
  type StrictOptions,
  type TargetOptions,
} from './options.ts';
import { askTarget, type LastRun, type LiveTarget, lastRun } from './plan-target.ts';

/** The options of a plan. The live source and the target are asked if they are given. */
export interface PlanOptions
  extends PipelineOptions,
    SourceOptions,
    StrictOptions,
    Pick<TargetOptions, 'target'>,
    Pick<RunsOptions, 'runsDir'> {
  /** Schema to load into; the pipeline's schema plus `_next` by default. */
  readonly targetSchema?: string | undefined;
}

/** What a run would do, and everything that prevents it. */
export interface PlanResult extends PlanFacts, Pick<LiveSource, 'identities' | 'unfolded' | 'objects'> {
  /** Whether the live source is what the contract says. */
  readonly source: 'not asked' | 'matches' | 'differs';
  /** Rows of the source by its own estimate; null where it was not asked, or does not know. */
  readonly estimatedRows: number | null;
  /** Null when no target is given. */
  readonly target: Pick<LiveTarget, 'label' | 'schema'> | null;
  /** The newest run with a report, as a measure; null when there is none. */
  readonly lastRun: LastRun | null;
  readonly problems: readonly Problem[];
}

/** Plans a run and compares its contract with the live source. Problems are part of the result. */
export async function planRun(options: PlanOptions): Promise<PlanResult> {
  const { environment = {} } = options;
  const pipeline = await loadPipeline(options.pipeline);
  const plan = planPipeline(pipeline, parametersOf(pipeline, options.param), await typeReaders(pipeline));
  const flags = [options.source ?? []].flat();
  const hasSource = flags.length > 0 || Object.keys(environment).some((k) => /^WAYBILL_SOURCE(_\w+)?_URL$/.test(k));
  const live = hasSource
    ? await askSource(plan, await openSource(await sourcePlace(pipeline, flags, environment)))
    : null;
  const target = await liveTarget(options, plan);
  const undeclared = options.strict === true ? undeclaredProblems(live?.objects ?? []) : [];
  const problems = [
    ...plan.problems,
    ...(live?.drift ?? []),
    ...(live?.unmet ?? []),
    ...undeclared,
    ...(target?.problems ?? []),
  ];
  const { identities = null, unfolded = null, objects = null, estimatedRows = null } = live ?? {};
  return {
    ...factsOf(plan),
    source: sourceVerdict(live?.drift ?? null),
    ...{ estimatedRows, identities, unfolded, objects },
    target: target === null ? null : { label: target.label, schema: target.schema },
    lastRun: await lastRun(options.runsDir ?? defaultRunsDir, pipeline.name),
    problems,
  };
}

async function liveTarget(
  { target, targetSchema, environment = {} }: PlanOptions,
  plan: Plan,
): Promise<LiveTarget | null> {
  if (!target && !environment.WAYBILL_TARGET_URL) return null;
  const { pipeline, params } = plan;
  const schema = targetSchema ?? shadowOf(pipeline.target.schema);
  const opened = await openTarget(targetUrl(target, environment), schema, pipeline, params);
  const located = { ...pipeline, target: { ...pipeline.target, migrations: migrationsOf(pipeline) } };
  return askTarget({ ...plan, pipeline: located }, opened, schema);
}

function sourceVerdict(drift: readonly unknown[] | null): PlanResult['source'] {
  if (drift === null) return 'not asked';
  return drift.length === 0 ? 'matches' : 'differs';
}

/** The columns of the source that fill themselves with numbers. */
interface Identities {
  readonly count: number;
  /** Those whose counterpart in the target does not fill itself, `table.column`. */
  readonly lost: readonly string[];
}

interface LiveSource {
  readonly drift: readonly Problem[];
  /** Required rows that are missing. */
  readonly unmet: readonly Problem[];
  /** Null where the source does not know them. */
  readonly identities: Identities | null;
  /** Null where the source differs from the contract. */
  readonly unfolded: readonly UnfoldedRelation[] | null;
  /** Every object of the source; null for a source that has nothing but rows. */
  readonly objects: readonly InventoryEntry[] | null;
  /** Null where the source does not know them. */
  readonly estimatedRows: number | null;
}

/** Asks a source and closes it. */
async function askSource(plan: Plan, source: Source): Promise<LiveSource> {
  const { pipeline, params } = plan;
  try {
    const { source: readType } = await typeReaders(pipeline);
    const schemas = Object.keys(pipeline.source.contract);
    const contract = Object.entries(pipeline.source.contract).flatMap(([s, c]) => tablesOfContract(s, c, readType));
    const tables = await source.inspector.tables(schemas);
    const drift = [...driftOf(contract, tables, 'source'), ...sourceLosses(pipeline.mappings, contract, tables)];
    const unmet = await unmetRequirements(source, pipeline, new GatheredFacts(), { params, readType });
    const identities = identitiesOf(plan, await source.inspector.sequences(schemas));
    const unfolded = drift.length > 0 ? null : await unfoldedRelations(plan, source.inspector);
    const structure = await source.inspector.structure(schemas);
    const objects = structure === null ? null : inventoryOf(plan, structure);
    return { drift, unmet, identities, unfolded, objects, estimatedRows: estimateOf(plan, tables) };
  } finally {
    await source.close();
  }
}

/** The rows that the mappings read. */
function estimateOf({ mappings }: Plan, tables: readonly TableSchema[]): number | null {
  const estimates = new Map(tables.map(({ name, estimatedRows }) => [name, estimatedRows]));
  let sum = 0;
  for (const { source } of mappings) {
    const rows = estimates.get(source.name) ?? null;
    if (rows === null) return null;
    sum += rows;
  }
  return sum;
}

function identitiesOf({ mappings }: Plan, known: readonly Sequence[] | null): Identities | null {
  if (known === null) return null;
  const fills = (table: string, name: string): boolean => {
    const target = mappings.find((m) => m.target.name === table)?.target;
    return target?.columns.find((column) => column.name === name)?.hasDefault ?? false;
  };
  return { count: filledColumns(known).length, lost: lostIdentities(mappings, known, fills) };
}

/** The plan in numbers. */
interface PlanFacts {
  readonly pipeline: string;
  readonly title: string;
  readonly tables: number;
  readonly columns: { readonly accounted: number; readonly unaccounted: number };
  /** Tables of the target that no mapping feeds, with the reason. */
  readonly kept: readonly { readonly table: string; readonly why: string }[];
  /** The hooks that run, in their order. */
  readonly hooks: readonly string[];
  readonly relations: { readonly foreignKeys: number; readonly lookups: number; readonly none: number };
  readonly mappings: readonly {
    readonly source: string;
    readonly target: string;
    readonly columns: number;
    readonly dropped: number;
  }[];
}

function factsOf(plan: Plan): PlanFacts {
  const count = (decision: string): number => plan.pipeline.relations.filter((r) => r.decision === decision).length;
  return {
    pipeline: plan.pipeline.name,
    title: plan.pipeline.title,
    tables: new Set(plan.mappings.map((m) => m.source.name)).size,
    columns: { accounted: plan.accounted, unaccounted: plan.unaccounted },
    kept: Object.entries(plan.pipeline.target.unmapped).map(([table, why]) => ({ table, why })),
    hooks: (plan.pipeline.hooks ?? []).map(({ name }) => name),
    relations: { foreignKeys: count('foreign-key'), lookups: count('lookup'), none: count('none') },
    mappings: plan.mappings.map((m) => ({
      source: m.source.name,
      target: m.target.name,
      columns: m.columns.length,
      dropped: Object.keys(m.mapping.drops).length,
    })),
  };
}
