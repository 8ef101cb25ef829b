import type { CommandModule } from 'yargs';
import { runFolder } from '../../engine/journal/run-folder.ts';
import { type Arguments, withOptions } from '../arguments.ts';
import { printResult, readReport } from '../output/print-result.ts';
import { writeHtmlAgain } from '../output/write-report.ts';
import { loadPipeline } from '../pipelines.ts';
import { resolveRun } from '../resolve-run.ts';

const optionNames = ['run', 'runs-dir', 'json'] as const;
type ReportArguments = Arguments<(typeof optionNames)[number]>;

/** `waybill report`: the report of a run, printed, and its HTML made anew from the JSON. */
export const reportCommand: CommandModule<object, ReportArguments> = {
  command: 'report <pipeline>',
  describe: 'Print the report of a run and make its HTML again',
  builder: (yargs) => withOptions(yargs, optionNames),
  handler: async (args) => {
    await loadPipeline(args.pipeline);
    const run = await resolveRun(args);
    const folder = runFolder(args['runs-dir'], run).path;
    const report = await readReport(folder, run);
    await writeHtmlAgain(report, folder, run);
    await printResult({ run, folder, verdict: report.verdict }, args.json);
  },
};
