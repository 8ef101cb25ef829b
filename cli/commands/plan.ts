import type { CommandModule } from 'yargs';
import { errorCodes, exitCodes, WaybillError } from '../../core/model/errors.ts';
import { visible } from '../../core/visible-text.ts';
import { type PlanResult, planRun } from '../../operations/plan.ts';
import { counted, duration, grouped, outcomesText } from '../../reports/wording.ts';
import { optionsOf } from '../arguments.ts';
import { type Arguments, withPipeline } from '../command-options.ts';

/** `waybill plan`: shows what a run would do, and all problems that prevent it. */
export const planCommand: CommandModule<object, Arguments<'plan'>> = {
  command: 'plan <pipeline>',
  describe: 'Show what a run would do and list its problems, compared with the live source if one is given',
  builder: (yargs) => withPipeline(yargs, 'plan'),
  handler: async (args) => {
    const plan = await planRun(optionsOf(args));
    const { problems } = plan;
    if (args.json) {
      // The document has the problems; an error beside it would be a second document.
      process.stdout.write(`${JSON.stringify(plan)}\n`);
      process.exitCode = problems.length === 0 ? exitCodes.passed : errorCodes['plan-refused'];
      return;
    }
    process.stdout.write(planText(plan));
    if (problems.length === 0) return;
    const count = problems.length === 1 ? 'one problem' : `${problems.length} problems`;
    throw new WaybillError('plan-refused', `The plan of ${args.pipeline} has ${count}, listed above.`, {
      hint: 'Fix the mappings or the contract until the plan lists no problem.',
    });
  },
};

/** Mappings shown; `--json` has all. */
const MAX_MAPPINGS = 200;

function planText(facts: PlanResult): string {
  const shown = facts.mappings.slice(0, MAX_MAPPINGS);
  const more = facts.mappings.length - shown.length;
  const width = Math.max(0, ...shown.map((m) => m.source.length));
  const lines = shown.map(
    (m) =>
      `  ${m.source.padEnd(width)}  → ${m.target} (${m.columns} columns${m.dropped === 0 ? '' : `, ${m.dropped} dropped`})`,
  );
  const { foreignKeys, lookups, none } = facts.relations;
  return [
    `${facts.pipeline}: ${facts.title}`,
    ...lines,
    ...(more === 0 ? [] : [`  … and ${more} more mappings, which --json lists`]),
    `${facts.tables} tables, ${facts.columns.accounted} columns accounted for, ${facts.columns.unaccounted} columns unaccounted`,
    `${foreignKeys + lookups + none} relations: ${foreignKeys} foreign keys, ${lookups} lookups, ${none} no relation`,
    ...facts.kept.map(({ table, why }) => `  not fed  ${table}: ${why}`),
    ...facts.hooks.map((name) => `  hook  ${name}`),
    `live source: ${facts.source}`,
    ...(facts.identities === null ? [] : [identitiesText(facts.identities)]),
    ...objectsText(facts),
    ...sizeText(facts),
    ...(facts.target === null ? [] : [targetText(facts)]),
    ...(facts.unfolded ?? []).map(unfoldedText),
    ...facts.problems.map((p) => `  problem  ${p.subject}: ${p.message}`),
    '',
  ].join('\n');
}

/** Nothing where no live source was asked. */
function objectsText({ source, objects }: PlanResult): string[] {
  if (source === 'not asked') return [];
  if (objects === null) return ['objects of the source: none, files have rows only'];
  const open = objects.filter(({ outcome }) => outcome === 'undeclared');
  return [
    `objects of the source: ${outcomesText(objects)}`,
    ...open.map(({ kind, name }) => visible(`  undeclared  ${kind} ${name}`)),
  ];
}

function targetText({ target, problems }: PlanResult): string {
  const open = problems.filter(({ subject }) => subject === 'target').length;
  const state = open === 0 ? 'ready' : open === 1 ? 'one problem' : `${open} problems`;
  return `target: ${target?.label}, schema ${target?.schema}: ${state}`;
}

/** The rows to expect, and the time that they took before, in proportion. */
function sizeText({ estimatedRows, lastRun }: PlanResult): string[] {
  const rows = estimatedRows === null ? [] : [`rows of the source: about ${grouped(estimatedRows)}`];
  if (lastRun === null) return rows;
  const { run, rows: before, seconds } = lastRun;
  const then = `the last run, ${run}, read ${counted(before, 'row')} in ${duration(seconds)}`;
  if (estimatedRows === null || before === 0) return [...rows, then];
  return [...rows, `${then}; expect about ${duration(Math.ceil((seconds * estimatedRows) / before))}`];
}

function unfoldedText({ relation, rows }: NonNullable<PlanResult['unfolded']>[number]): string {
  const subject = rows === 1 ? 'one row finds its parent' : `${rows} rows find their parent`;
  return `  spelling  ${relation}: in the source, ${subject} only because its collation folds keys; the reference does not say fold`;
}

/** Names of columns shown. */
const MAX_LOST = 10;

function identitiesText({ count, lost }: NonNullable<PlanResult['identities']>): string {
  const all = `identities and sequences of the source: they fill ${count === 1 ? 'one column' : `${count} columns`}`;
  if (lost.length === 0) return `${all}; all have a counterpart in the target`;
  const names = `${lost.slice(0, MAX_LOST).join(', ')}${lost.length > MAX_LOST ? ', …' : ''}`;
  return `${all}; ${lost.length} without a counterpart in the target: ${names}`;
}
