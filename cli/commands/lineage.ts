import type { CommandModule } from 'yargs';
import { selectMappings } from '../../core/mapping/plan/selection.ts';
import { planOrRefuse } from '../../engine/run-context.ts';
import { typeReaders } from '../../operations/engine-options.ts';
import { loadPipeline } from '../../operations/modules/load-pipeline.ts';
import { parametersOf } from '../../operations/option-values.ts';
import { optionsOf, tableNames } from '../arguments.ts';
import { type Arguments, withPipeline } from '../command-options.ts';

/** `waybill lineage`: target column ← source columns with the rule, and dropped columns with the reason. */
export const lineageCommand: CommandModule<object, Arguments<'lineage'>> = {
  command: 'lineage <pipeline>',
  describe: 'Show the source of every target column, and which columns are left behind and why',
  builder: (yargs) => withPipeline(yargs, 'lineage'),
  handler: async (args) => {
    const pipeline = await loadPipeline(args.pipeline);
    const plan = planOrRefuse({
      pipeline,
      params: parametersOf(pipeline, optionsOf(args).param),
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
