import type { CommandModule } from 'yargs';
import { isIdOf, keyOfId } from '../../core/mapping/ids/entity-ids.ts';
import type { Pipeline } from '../../core/mapping/pipeline.ts';
import { WaybillError } from '../../core/model/errors.ts';
import { readManifest } from '../../engine/journal/manifest.ts';
import { listRuns, runFolder } from '../../engine/journal/run-folder.ts';
import { loadPipeline, pipelineNames } from '../../operations/modules/load-pipeline.ts';
import { type CommandArguments, withOptions } from '../command-options.ts';

type IdArguments = CommandArguments<'id'> & { uuid: string; tenant: string[] };

/** `waybill id`: reads tenant, entity and legacy key back from an id. */
export const idCommand: CommandModule<object, IdArguments> = {
  command: 'id <uuid>',
  describe: 'Read tenant, entity and legacy key back from an id',
  builder: (yargs) =>
    withOptions(
      yargs
        .positional('uuid', { type: 'string', demandOption: true, describe: 'An id made by waybill' })
        .option('tenant', {
          type: 'string',
          array: true,
          describe: 'Tenants to try in addition to those of the runs',
        }),
      'id',
    ) as never,
  handler: async (args) => {
    const uuid = args.uuid.toLowerCase();
    const key = keyOfId(uuid);
    if (key === null) throw notReversible();
    const found = await ownerOf(uuid, args);
    if (found === null) throw unknownOwner();
    const facts = { uuid, tenant: found.tenant, entity: found.entity, key: key.toString() };
    const text = `tenant  ${facts.tenant ?? '(shared)'}\nentity  ${facts.entity}\nkey     ${facts.key}\n`;
    process.stdout.write(args.json ? `${JSON.stringify(facts)}\n` : text);
  },
};

async function ownerOf(uuid: string, args: IdArguments): Promise<{ tenant: string | null; entity: string } | null> {
  const tenants = new Set([...args.tenant, ...(await tenantsOfRuns(args['runs-dir']))]);
  for (const name of await pipelineNames()) {
    const pipeline = await loadPipeline(name);
    for (const tenant of [null, ...tenants, ...defaultTenant(pipeline)]) {
      const entity = pipeline.mappings.find((m) => isIdOf(uuid, tenant, m.to));
      if (entity !== undefined) return { tenant, entity: entity.to };
    }
  }
  return null;
}

function defaultTenant({ params, tenantParam }: Pipeline): string[] {
  const param = tenantParam === null ? undefined : params[tenantParam];
  return param === undefined ? [] : [param.default];
}

async function tenantsOfRuns(runsPath: string): Promise<string[]> {
  const runs = await listRuns(runsPath);
  const manifests = runs.map((run) => readManifest(runFolder(runsPath, run).path, run).catch(() => null));
  return (await Promise.all(manifests)).flatMap((m) => Object.values(m?.params ?? {}));
}

function notReversible(): WaybillError {
  return new WaybillError('usage', 'This id carries no legacy key: it is not a version 8 UUID.', {
    hint: 'Ids of text keys, of negative numbers and of numbers from 2^62 on are hashes. Find the source row by its other columns.',
  });
}

function unknownOwner(): WaybillError {
  return new WaybillError('usage', 'This id belongs to no entity of any pipeline for the known tenants.', {
    hint: 'Name the tenant with --tenant.',
  });
}
