import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { WaybillError } from '../../core/model/errors.ts';
import type { RunCommand } from '../../core/model/run-command.ts';
import { type FileFacts, fileFactsShape } from './file-facts.ts';

export const eventsFile = 'events.jsonl';

const LINE_FEED = 0x0a;

/**
 * Counts that an event adds to the tally of a mapping; for resolved references, `loaded` is negative. A later event with the
 * same mapping and slot (`part 3`, `resolved`) replaces these counts.
 */
const count = z.strictObject({
  mapping: z.string(),
  slot: z.string(),
  read: z.int(),
  loaded: z.int(),
  rejected: z.int(),
  filtered: z.int(),
  adjusted: z.int(),
  /** 16 hex digits; zeros when no rows are added. */
  digest: z.string().regex(/^[\da-f]{16}$/),
});

const runCommand = z.strictObject({
  operator: z.strictObject({ name: z.string(), from: z.enum(['option', 'login']) }).nullable(),
  host: z.string(),
  command: z.string().nullable(),
  waybill: z.string(),
  node: z.string(),
  settings: z.record(z.string(), z.string()),
}) satisfies z.ZodType<RunCommand>;

const event = z.looseObject({
  /** From 1, without a gap. */
  number: z.int().positive(),
  /** SHA-256 of the line before, without its line break. In the first event, SHA-256 of the run's id. */
  previous: z.string(),
  at: z.iso.datetime(),
  event: z.string(),
  /** Files as they are after the event. Only the manifest is written after its event. */
  files: z.array(fileFactsShape).readonly().default([]),
  /** Paths that no longer count, because they were removed or are about to be made again. */
  forgets: z.array(z.string()).readonly().default([]),
  counts: z.array(count).readonly().default([]),
  /** The command that appended the event, in its first event. */
  by: runCommand.optional(),
});

/** One line of the event log. */
export type RunEvent = Readonly<z.infer<typeof event>>;

/** The counts of one slot of a mapping. */
export type EventCount = Readonly<z.infer<typeof count>>;

/** The event log of a run up to the first mismatch. */
export interface Events {
  readonly events: readonly RunEvent[];
  /** SHA-256 of each line, in hex; the last one is the head of the chain. */
  readonly hashes: readonly string[];
  /** Bytes of whole lines; any bytes after them belong to a line that was cut off. */
  readonly wholeBytes: number;
  readonly bytes: number;
  /** The first mismatch, or null. */
  readonly mismatch: string | null;
}

/**
 * Reads the event log and checks its chain of hashes.
 * @throws WaybillError 'run-unfinished' when there is none.
 */
export async function readEvents(folder: string, run: string): Promise<Events> {
  const bytes = await readFile(join(folder, eventsFile)).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'ENOENT') throw cause;
    throw new WaybillError('run-unfinished', `Run ${run} has no ${eventsFile}.`, {
      hint: 'Start a new run: this one is from before waybill kept an event log, or the file was removed.',
      cause,
    });
  });
  const events: RunEvent[] = [];
  const hashes: string[] = [];
  let start = 0;
  let mismatch: string | null = null;
  for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, start)) {
    const line = bytes.subarray(start, end);
    start = end + 1;
    const parsed = parseEvent(line.toString('utf8'));
    mismatch = mismatchOf(parsed, events.length + 1, hashes.at(-1) ?? sha256(run));
    if (parsed === null || mismatch !== null) break;
    events.push(parsed);
    hashes.push(sha256(line));
  }
  if (mismatch === null && events.length === 0) mismatch = `${eventsFile}: it has no events`;
  return { events, hashes, wholeBytes: start, bytes: bytes.length, mismatch };
}

function parseEvent(line: string): RunEvent | null {
  try {
    return event.parse(JSON.parse(line));
  } catch {
    return null;
  }
}

function mismatchOf(found: RunEvent | null, number: number, previous: string): string | null {
  const place = `${eventsFile} line ${number}`;
  if (found === null) return `${place}: it is not an event: it was changed`;
  if (found.number > number) return `${place}: it holds event ${found.number}: event ${number} is missing or was moved`;
  if (found.number < number) return `${place}: it holds event ${found.number} again`;
  if (found.previous === previous) return null;
  if (number === 1) return `${place}: it begins the log of another run`;
  return `${eventsFile} line ${number - 1}: it was changed, or line ${number} was: their hashes do not link`;
}

/** Returns the SHA-256 in hex. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** A file as the log last recorded it. */
export interface KnownFile extends FileFacts {
  /** Number of the event that recorded it. */
  readonly number: number;
  /** SHA-256 of the state before this one; null when there was none. */
  readonly before: string | null;
}

/** Updates the known files with one more event. */
export function applyEvent(
  known: Map<string, KnownFile>,
  { number, files, forgets }: Pick<RunEvent, 'number' | 'files' | 'forgets'>,
): void {
  for (const path of forgets) known.delete(path);
  for (const file of files) {
    known.set(file.path, { ...file, number, before: known.get(file.path)?.sha256 ?? null });
  }
}
