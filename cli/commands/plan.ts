import type { CommandModule } from 'yargs';
import type { Pipeline } from '../../core/mapping/pipeline.ts';
import { driftOf } from '../../core/mapping/plan/drift.ts';
import { type Plan, planPipeline } from '../../core/mapping/plan/plan.ts';
import type { Problem } from '../../core/mapping/plan/problem.ts';
import { sourceLosses } from '../../core/mapping/plan/source-losses.ts';
import { WaybillError } from '../../core/model/errors.ts';
import { tablesOfContract } from '../../core/model/schema.ts';
import type { Sequence } from '../../core/ports/source.ts';
import { filledColumns, lostIdentities } from '../../core/validation/sequences.ts';
import { unmetRequirements } from '../../engine/requirements.ts';
import { GatheredFacts } from '../../engine/surveys.ts';
import { type UnfoldedRelation, unfoldedRelations } from '../../validators/references/unfolded-relations.ts';
import { parametersOf } from '../arguments.ts';
import { type Arguments, withPipeline } from '../command-options.ts';
import { openSource, sourcePlace } from '../connections.ts';
import { typeReaders } from '../engine-options.ts';
import { loadPipeline } from '../modules/load-pipeline.ts';

/** `waybill plan`: shows what a run would do, and all problems that prevent it. */
export const planCommand: CommandModule<object, Arguments<'plan'>> = {
  command: 'plan <pipeline>',
  describe: 'Show what a run would do and list its problems, compared with the live source if one is given',
  builder: (yargs) => withPipeline(yargs, 'plan'),
  handler: async (args) => {
    const pipeline = await loadPipeline(args.pipeline);
    const types = await typeReaders(pipeline);
    const params = parametersOf(pipeline, args.param);
    const plan = planPipeline(pipeline, params, types);
    const hasSource =
      args.source.length > 0 || Object.keys(process.env).some((k) => /^WAYBILL_SOURCE(_\w+)?_URL$/.test(k));
    const live = hasSource ? await askSource(pipeline, plan, args.source) : null;
    const problems = [...plan.problems, ...(live?.drift ?? []), ...(live?.unmet ?? [])];
    const source = sourceVerdict(live?.drift ?? null);
    const { identities = null, unfolded = null } = live ?? {};
    const facts = { ...factsOf(plan), source, identities, unfolded, problems };
    process.stdout.write(args.json ? `${JSON.stringify(facts)}\n` : planText(facts));
    if (problems.length === 0) return;
    const count = problems.length === 1 ? 'one problem' : `${problems.length} problems`;
    throw new WaybillError('plan-refused', `The plan of ${args.pipeline} has ${count}, listed above.`, {
      hint: 'Fix the mappings or the contract until the plan lists no problem.',
    });
  },
};

function sourceVerdict(drift: readonly unknown[] | null): string {
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
}

async function askSource(pipeline: Pipeline, plan: Plan, flags: readonly string[]): Promise<LiveSource> {
  const { source: readType } = await typeReaders(pipeline);
  const source = await openSource(await sourcePlace(pipeline, flags, process.env));
  try {
    const schemas = Object.keys(pipeline.source.contract);
    const contract = Object.entries(pipeline.source.contract).flatMap(([s, c]) => tablesOfContract(s, c, readType));
    const tables = await source.inspector.tables(schemas);
    const drift = [...driftOf(contract, tables, 'source'), ...sourceLosses(pipeline.mappings, contract, tables)];
    const { params } = plan;
    const unmet = await unmetRequirements(source, pipeline, new GatheredFacts(), { params, readType });
    const identities = identitiesOf(plan, await source.inspector.sequences(schemas));
    const unfolded = drift.length > 0 ? null : await unfoldedRelations(plan, source.inspector);
    return { drift, unmet, identities, unfolded };
  } finally {
    await source.close();
  }
}

function identitiesOf({ mappings }: Plan, known: readonly Sequence[] | null): Identities | null {
  if (known === null) return null;
  const fills = (table: string, name: string): boolean => {
    const target = mappings.find((m) => m.target.name === table)?.target;
    return target?.columns.find((column) => column.name === name)?.hasDefault ?? false;
  };
  return { count: filledColumns(known).length, lost: lostIdentities(mappings, known, fills) };
}

interface PlanFacts {
  readonly pipeline: string;
  readonly title: string;
  readonly tables: number;
  readonly columns: { readonly accounted: number; readonly unaccounted: number };
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
    relations: { foreignKeys: count('foreign-key'), lookups: count('lookup'), none: count('none') },
    mappings: plan.mappings.map((m) => ({
      source: m.source.name,
      target: m.target.name,
      columns: m.columns.length,
      dropped: Object.keys(m.mapping.drops).length,
    })),
  };
}

interface PrintedFacts extends PlanFacts, Pick<LiveSource, 'identities' | 'unfolded'> {
  readonly source: string;
  readonly problems: readonly Problem[];
}

function planText(facts: PrintedFacts): string {
  const width = Math.max(0, ...facts.mappings.map((m) => m.source.length));
  const lines = facts.mappings.map(
    (m) =>
      `  ${m.source.padEnd(width)}  → ${m.target} (${m.columns} columns${m.dropped === 0 ? '' : `, ${m.dropped} dropped`})`,
  );
  const { foreignKeys, lookups, none } = facts.relations;
  return [
    `${facts.pipeline}: ${facts.title}`,
    ...lines,
    `${facts.tables} tables, ${facts.columns.accounted} columns accounted for, ${facts.columns.unaccounted} columns unaccounted`,
    `${foreignKeys + lookups + none} relations: ${foreignKeys} foreign keys, ${lookups} lookups, ${none} no relation`,
    `live source: ${facts.source}`,
    ...(facts.identities === null ? [] : [identitiesText(facts.identities)]),
    ...(facts.unfolded ?? []).map(unfoldedText),
    ...facts.problems.map((p) => `  problem  ${p.subject}: ${p.message}`),
    '',
  ].join('\n');
}

function unfoldedText({ relation, rows }: UnfoldedRelation): string {
  const subject = rows === 1 ? 'one row finds its parent' : `${rows} rows find their parent`;
  return `  spelling  ${relation}: in the source, ${subject} only because its collation folds keys; the reference does not say fold`;
}

/** Names of columns shown. */
const MAX_LOST = 10;

function identitiesText({ count, lost }: Identities): string {
  const all = `identities and sequences of the source: they fill ${count === 1 ? 'one column' : `${count} columns`}`;
  if (lost.length === 0) return `${all}; all have a counterpart in the target`;
  const names = `${lost.slice(0, MAX_LOST).join(', ')}${lost.length > MAX_LOST ? ', …' : ''}`;
  return `${all}; ${lost.length} without a counterpart in the target: ${names}`;
}
