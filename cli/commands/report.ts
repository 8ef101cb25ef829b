import type { CommandModule } from 'yargs';
import { runFolder } from '../../engine/journal/run-folder.ts';
import { type Arguments, withPipeline } from '../command-options.ts';
import { loadPipeline } from '../modules/load-pipeline.ts';
import { printResult, readReport } from '../output/print-result.ts';
import { writeHtmlAgain } from '../output/write-report.ts';
import { resolveRun } from '../resolve-run.ts';

/** `waybill report`: prints the report of a run and renders its HTML again from the JSON. */
export const reportCommand: CommandModule<object, Arguments<'report'>> = {
  command: 'report <pipeline>',
  describe: 'Print the report of a run and write its HTML again',
  builder: (yargs) => withPipeline(yargs, 'report'),
  handler: async (args) => {
    const run = await resolveRun(args, await loadPipeline(args.pipeline));
    const folder = runFolder(args['runs-dir'], run).path;
    const report = await readReport(folder, run);
    await writeHtmlAgain(report, folder, run);
    await printResult({ run, folder, verdict: report.verdict }, args.json);
  },
};
