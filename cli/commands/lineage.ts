import type { CommandModule } from 'yargs';
import { selectMappings } from '../../core/mapping/plan/selection.ts';
import { planOrRefuse } from '../../engine/run-context.ts';
import { type Arguments, parametersOf, tableNames, withOptions } from '../arguments.ts';
import { typeReaders } from '../engine-options.ts';
import { loadPipeline } from '../pipelines.ts';

const optionNames = ['param', 'tables', 'json'] as const;
type LineageArguments = Arguments<(typeof optionNames)[number]>;

/** `waybill lineage`: target column ← source columns, by which rule; and what is left behind, why. */
export const lineageCommand: CommandModule<object, LineageArguments> = {
  command: 'lineage <pipeline>',
  describe: 'Show where every target column comes from, and what is left behind and why',
  builder: (yargs) => withOptions(yargs, optionNames),
  handler: async (args) => {
    const pipeline = await loadPipeline(args.pipeline);
    const plan = planOrRefuse({
      pipeline,
      params: parametersOf(pipeline, args.param),
      types: await typeReaders(pipeline),
    });
    const entries = selectMappings(plan, tableNames(args.tables)).map(({ mapping }) => ({
      source: mapping.from,
      target: mapping.to,
      columns: Object.entries(mapping.columns).map(([column, { reads, name }]) => ({ column, reads, rule: name })),
      drops: Object.entries(mapping.drops).map(([column, why]) => ({ column, why: why ?? '' })),
    }));
    process.stdout.write(args.json ? `${JSON.stringify(entries)}\n` : entries.map(entryText).join('\n'));
  },
};

function entryText(entry: {
  source: string;
  target: string;
  columns: readonly { column: string; reads: readonly string[]; rule: string }[];
  drops: readonly { column: string; why: string }[];
}): string {
  const width = Math.max(0, ...entry.columns.map((c) => c.column.length));
  return [
    `${entry.target} ← ${entry.source}`,
    ...entry.columns.map((c) => `  ${c.column.padEnd(width)}  ← ${c.reads.join(', ') || '(none)'}  ${c.rule}`),
    ...entry.drops.map((d) => `  left behind: ${d.column}  ${d.why}`),
    '',
  ].join('\n');
}
