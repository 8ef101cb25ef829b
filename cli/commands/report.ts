import type { CommandModule } from 'yargs';
import { runFolder } from '../../engine/journal/run-folder.ts';
import { loadPipeline } from '../../operations/modules/load-pipeline.ts';
import { readReport } from '../../operations/read-report.ts';
import { resolveRun } from '../../operations/resolve-run.ts';
import { writeHtmlAgain } from '../../operations/write-report.ts';
import { optionsOf } from '../arguments.ts';
import { type Arguments, withPipeline } from '../command-options.ts';
import { printResult } from '../output/print-result.ts';

/** `waybill report`: prints the report of a run and renders its HTML again from the JSON. */
export const reportCommand: CommandModule<object, Arguments<'report'>> = {
  command: 'report <pipeline>',
  describe: 'Print the report of a run and regenerate its HTML',
  builder: (yargs) => withPipeline(yargs, 'report'),
  handler: async (args) => {
    const options = optionsOf(args);
    const run = await resolveRun(options, await loadPipeline(args.pipeline));
    const folder = runFolder(args['runs-dir'], run).path;
    const report = await readReport(folder, run);
    await writeHtmlAgain(report, folder, options);
    await printResult({ folder, verdict: report.verdict, report }, args);
  },
};
