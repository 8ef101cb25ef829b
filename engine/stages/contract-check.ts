import { driftOf } from '../../core/mapping/plan/drift.ts';
import type { Problem } from '../../core/mapping/plan/problem.ts';
import { sourceLosses } from '../../core/mapping/plan/source-losses.ts';
import { type TableSchema, tablesOfContract } from '../../core/model/schema.ts';
import type { Source } from '../../core/ports/source.ts';
import type { Target } from '../../core/ports/target.ts';
import { pipelineArgument } from '../options.ts';
import { unmetRequirements } from '../requirements.ts';
import { type RunContext, refuse } from '../run-context.ts';
import { takeInventory } from './take-inventory.ts';

/**
 * Compares the live source with its contract, as far as the run reads it, and lists its objects. A run of all tables also needs the
 * required rows.
 * @returns the contract's tables with the live estimates, by name.
 * @throws WaybillError 'drift', all differences at once; 'plan-refused' for missing rows, and for undeclared objects of a strict run.
 */
export async function checkSource(context: RunContext, source: Source): Promise<ReadonlyMap<string, TableSchema>> {
  const { contract, live } = await refuseDrift(context, source, 'differs from its contract');
  await refuseUnmet(context, source);
  await takeInventory(context, source);
  const { isConsistent, note } = source.snapshot;
  // A staged run reads its own export later. The manifest keeps the first source.
  const sequences = await source.inspector.sequences(Object.keys(context.options.pipeline.source.contract));
  context.manifest = {
    ...context.manifest,
    source: context.manifest.source ?? {
      ...{ label: source.label, isConsistent, note },
      server: await source.inspector.server(),
    },
    sequences: sequences ?? context.manifest.sequences,
  };
  const estimates = new Map(live.map((t) => [t.name, t.estimatedRows]));
  return new Map(contract.map((t) => [t.name, { ...t, estimatedRows: estimates.get(t.name) ?? null }]));
}

async function refuseUnmet({ options, plan, selected, facts }: RunContext, source: Source): Promise<void> {
  if (selected.length < plan.mappings.length) return;
  const { pipeline, params, types } = options;
  const problems = await unmetRequirements(source, pipeline, facts, { params, readType: types.source });
  refuse(problems, 'plan-refused', `${source.label} lacks rows that the run needs`, pipelineArgument(options));
}

/** Compares again after everything was read. @throws WaybillError 'drift' that names what changed meanwhile. */
export async function checkSourceAgain(context: RunContext, source: Source): Promise<void> {
  await refuseDrift(context, source, 'was changed while it was read');
}

/** Compares the live source with its contract, as far as the run reads it. */
export async function sourceProblems(context: RunContext, source: Source): Promise<readonly Problem[]> {
  return (await compareSource(context, source)).problems;
}

async function refuseDrift(context: RunContext, source: Source, what: string): Promise<Compared> {
  const compared = await compareSource(context, source);
  refuse(compared.problems, 'drift', `${source.label} ${what}`, pipelineArgument(context.options));
  return compared;
}

async function compareSource(context: RunContext, source: Source): Promise<Compared> {
  const { pipeline, types } = context.options;
  const isPartial = context.selected.length < context.plan.mappings.length;
  const needed = new Set(context.selected.map((m) => m.source.name));
  const takesPart = (table: TableSchema): boolean => !isPartial || needed.has(table.name);
  const contract = Object.entries(pipeline.source.contract)
    .flatMap(([s, c]) => tablesOfContract(s, c, types.source))
    .filter(takesPart);
  const live = (await source.inspector.tables(Object.keys(pipeline.source.contract))).filter(takesPart);
  const problems = [...driftOf(contract, live, 'source'), ...sourceLosses(pipeline.mappings, contract, live)];
  return { contract, live, problems };
}

/** Compares the target's load version with its contract. @throws WaybillError 'drift'. */
export async function checkTarget(context: RunContext, target: Target): Promise<void> {
  const { pipeline, types } = context.options;
  const contract = tablesOfContract('', pipeline.target.contract, types.target);
  refuse(
    driftOf(contract, await target.inspector.tables(['']), 'target'),
    'drift',
    `${target.label} differs from its contract`,
    pipelineArgument(context.options),
  );
}

interface Compared {
  readonly contract: readonly TableSchema[];
  readonly live: readonly TableSchema[];
  readonly problems: readonly Problem[];
}
