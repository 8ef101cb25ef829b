import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { CommandModule } from 'yargs';
import { WaybillError } from '../../core/model/errors.ts';
import { shadowOf } from '../../core/schema-names.ts';
import { databaseOf } from '../../operations/confirm-target.ts';
import { openTarget } from '../../operations/connections.ts';
import { loadPipeline } from '../../operations/modules/load-pipeline.ts';
import { parametersOf } from '../../operations/option-values.ts';
import { packageRoot } from '../../operations/package-root.ts';
import { startPostgres } from '../../servers/embedded-postgres.ts';
import { type Arguments, withOptions } from '../command-options.ts';
import { runMigration } from './run.ts';

/** The committed data has planted defects that end as rejects, fewer than this. */
const DEMO_MAX_REJECTS = '100';

/** `waybill demo`: a whole migration of the committed data set into an embedded PostgreSQL. Nothing has to be installed. */
export const demoCommand: CommandModule<object, Arguments<'demo'>> = {
  command: 'demo [pipeline]',
  describe: 'Migrate the committed data set into an embedded PostgreSQL, in all four stages',
  builder: (yargs) =>
    withOptions(
      yargs.positional('pipeline', { type: 'string', default: 'aries', describe: 'Name of the pipeline' }),
      'demo',
    ) as never,
  handler: async (args) => {
    const pipeline = await loadPipeline(args.pipeline);
    const data = join(packageRoot, 'fixtures', args.pipeline, 'data');
    if (!existsSync(data)) {
      throw new WaybillError('configuration', `The pipeline ${args.pipeline} has no committed data set.`, {
        hint: `Run it on your own source: waybill run ${args.pipeline} --source URL --target URL`,
      });
    }
    const server = await startPostgres({ dataDir: resolve('.waybill/demo-postgres') });
    try {
      const previous = await openTarget(server.url, shadowOf(pipeline.target.schema), pipeline, parametersOf(pipeline));
      await previous.drop();
      await previous.close();
      const migration = {
        ...args,
        source: [`jsonl:${data}`],
        target: server.url,
        'target-database': databaseOf(server.url),
        'target-schema': undefined,
        param: [],
        tables: [],
        run: undefined,
        resume: false,
        'max-rejects': [DEMO_MAX_REJECTS],
        'idle-timeout': 300,
        'part-rows': 50_000,
        jobs: undefined,
        strict: false,
        reference: false,
        'check-rows': true,
        gzip: false,
        full: args.full,
        'sign-key': undefined,
        'metrics-port': undefined,
        'metrics-host': undefined,
        staged: true,
        'dry-run': false,
      };
      await runMigration(migration, args, null); // its server stops with it
    } finally {
      await server.stop();
    }
  },
};
