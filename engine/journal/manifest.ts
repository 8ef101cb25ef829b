import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { WaybillError } from '../../core/model/errors.ts';
import { hookPoints } from '../../core/model/hook.ts';
import { checkVerdicts } from '../../core/validation/check.ts';
import { stageNames } from '../progress.ts';
import type { EventFacts, EventLog } from './event-log.ts';
import { factsOfText } from './file-facts.ts';
import { writeRunFile } from './run-file.ts';
import { type RunFolder, unknownRun } from './run-folder.ts';

const part = z.strictObject({
  number: z.int().positive(),
  after: z.array(z.string()).nullable(),
  upTo: z.array(z.string()).nullable(),
});

const stage = z.strictObject({
  stage: z.enum(stageNames),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  seconds: z.number().nonnegative(),
  rows: z.int().nonnegative(),
});

const sequence = z.strictObject({
  name: z.string(),
  next: z.string().nullable(),
  increment: z.string(),
  cycles: z.boolean(),
  columns: z.array(z.strictObject({ table: z.string(), column: z.string() })).readonly(),
});

/** Null where there is no server, as with files. */
const server = z
  .strictObject({ version: z.string(), encryption: z.string().nullable(), isLocal: z.boolean() })
  .nullable();

const rejectLimit = z.strictObject({
  table: z.string().nullable(),
  max: z.number().nonnegative(),
  isPercent: z.boolean(),
});

const hook = z.strictObject({
  point: z.enum(hookPoints),
  name: z.string(),
  sha256: z.string(),
  at: z.iso.datetime(),
  seconds: z.number().nonnegative(),
});

const manifest = z.strictObject({
  waybill: z.string(),
  run: z.string(),
  pipeline: z.string(),
  /** The folder or file of a pipeline that is not shipped with waybill; null for one that is. */
  module: z.string().nullable(),
  params: z.record(z.string(), z.string()),
  /** Hash of everything that decides the result; a resume with another one is refused. */
  fingerprint: z.string(),
  /** Fingerprint components by name; absent in runs from before replays existed. */
  components: z.record(z.string(), z.string()).optional(),
  mode: z.enum(['direct', 'staged']),
  /** The tables of `--tables`; empty means all. */
  tables: z.array(z.string()),
  /** The limits of `--max-rejects`, which a resume keeps; empty where none was given, so that no row may be rejected. */
  rejectLimits: z.array(rejectLimit),
  startedAt: z.iso.datetime(),
  /** Null while the run is in progress or stopped. */
  finishedAt: z.iso.datetime().nullable(),
  source: z.strictObject({ label: z.string(), isConsistent: z.boolean(), note: z.string(), server }).nullable(),
  /** The sequences of the source, which the target's go on from; null where the source does not know them. */
  sequences: z.array(sequence).readonly().nullable(),
  target: z.strictObject({ label: z.string(), schema: z.string(), server }).nullable(),
  /** How each source table was cut; a resume keeps the cut. */
  parts: z.record(z.string(), z.array(part)),
  stages: z.array(stage),
  /** The hooks that ran, in their order; absent before the first. Those after a cutover are in the event log. */
  hooks: z.array(hook).exactOptional(),
  /** The last validation: the key of its hashes, and how many checks had each verdict. Null before. */
  validation: z
    .strictObject({
      seed: z.string().regex(/^[\da-f]{32}$/),
      checks: z.record(z.enum(checkVerdicts), z.int()),
      /** The state of the target before the first check, which a cutover compares with. */
      state: z.string(),
    })
    .nullable(),
});

/** The manifest of a run, `.waybill/runs/<id>/manifest.json`. */
export type Manifest = z.infer<typeof manifest>;

export const manifestFile = 'manifest.json';

/** Appends an event with the new manifest's hash, then writes the manifest. A crash leaves the old state or the new one. */
export async function writeManifest(
  { folder, manifest: value, log }: { readonly folder: RunFolder; readonly manifest: Manifest; readonly log: EventLog },
  event: string,
  facts: EventFacts,
): Promise<void> {
  const text = `${JSON.stringify(value, null, 2)}\n`;
  await log.append(event, facts, [factsOfText(manifestFile, text)]);
  await writeRunFile(join(folder.path, manifestFile), [text]);
}

/**
 * Reads the manifest of a run.
 * @throws WaybillError 'run-unknown' when there is none, 'part-damaged' when it does not parse.
 */
export async function readManifest(folder: string, run: string): Promise<Manifest> {
  let text: string;
  try {
    text = await readFile(join(folder, manifestFile), 'utf8');
  } catch (cause) {
    throw await unknownRun(dirname(folder), run, cause);
  }
  try {
    return manifest.parse(JSON.parse(text));
  } catch (cause) {
    throw new WaybillError('part-damaged', `The manifest of run ${run} cannot be read.`, {
      hint: 'Start a new run. You may move the damaged folder away.',
      cause,
    });
  }
}
