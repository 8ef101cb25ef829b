import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { CommandModule } from 'yargs';
import { WaybillError } from '../../core/model/errors.ts';
import { shadowOf } from '../../core/schema-names.ts';
import { startPostgres } from '../../servers/embedded-postgres.ts';
import { parametersOf } from '../arguments.ts';
import { openTarget } from '../connections.ts';
import { packageRoot } from '../package-root.ts';
import { loadPipeline } from '../pipelines.ts';
import { runMigration } from './run.ts';

interface DemoArguments {
  pipeline: string;
  'runs-dir': string;
  json: boolean;
  quiet: boolean;
}

/** The committed data holds planted defects, some of them rejects; more than these would be a surprise. */
const DEMO_MAX_REJECTS = '100';

/** `waybill demo`: the main job on the committed data set, into an embedded PostgreSQL that needs nothing installed. */
export const demoCommand: CommandModule<object, DemoArguments> = {
  command: 'demo [pipeline]',
  describe: 'Migrate the committed data set into an embedded PostgreSQL, through all four stages',
  builder: (yargs) =>
    yargs
      .positional('pipeline', { type: 'string', default: 'aries', describe: 'Name of the pipeline' })
      .option('runs-dir', { type: 'string', default: '.waybill/runs', describe: 'Where run folders lie' })
      .option('json', { type: 'boolean', default: false, describe: 'Print the result as JSON' })
      .option('quiet', { type: 'boolean', default: false, describe: 'No progress' }) as never,
  handler: async (args) => {
    const pipeline = await loadPipeline(args.pipeline);
    const data = join(packageRoot, 'fixtures', args.pipeline, 'data');
    if (!existsSync(data)) {
      throw new WaybillError('configuration', `The pipeline ${args.pipeline} has no committed data set.`, {
        hint: `Run it on a source of your own: waybill run ${args.pipeline} --source URL --target URL`,
      });
    }
    const server = await startPostgres({ dataDir: resolve('.waybill/demo-postgres') });
    try {
      const old = await openTarget(server.url, shadowOf(pipeline.target.schema), pipeline, parametersOf(pipeline, []));
      await old.drop();
      await old.close();
      const migration = {
        ...args,
        source: [`jsonl:${data}`],
        target: server.url,
        'target-database': undefined,
        'target-schema': undefined,
        param: [],
        tables: [],
        run: undefined,
        resume: false,
        'max-rejects': [DEMO_MAX_REJECTS],
        'silence-timeout': 300,
        'part-rows': 50_000,
        jobs: undefined,
        reference: false,
        'check-rows': true,
        gzip: false,
        'sign-key': undefined,
        'metrics-port': undefined,
        'metrics-host': undefined,
        staged: true,
        'dry-run': false,
      };
      // A demo that stopped begins anew.
      await runMigration(migration, { run: '' });
    } finally {
      await server.stop();
    }
  },
};
