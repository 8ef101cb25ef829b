import type { KeyObject } from 'node:crypto';
import { applyEvent, type Events, eventsFile, type KnownFile, readEvents } from '../journal/events.ts';
import { headFile, headMismatch, isSignedBy, type LogHead, readHead, signedMismatch } from '../journal/log-head.ts';
import { manifestFile } from '../journal/manifest.ts';
import { verifyFiles } from './verify-files.ts';
import { type ReportToVerify, verifyReport } from './verify-report.ts';

/** The run folder to verify, and what to verify it with. */
export interface VerifyOptions extends ReportToVerify {
  /** Hash of the head as a run printed it or a report shows it; null when there is none. */
  readonly head: string | null;
  /** Null: the signature is not verified. */
  readonly publicKey: KeyObject | null;
  /** Opens a JSON Lines directory, which checks its manifest. */
  openDirectory(path: string): Promise<{ close(): Promise<void> }>;
}

/** The result of verifying a run folder. */
export type Verification = { readonly run: string } & (
  | { readonly mismatch: string }
  | {
      readonly mismatch: null;
      readonly events: number;
      readonly head: string;
      readonly files: number;
      /** False when the run is stopped, in progress, or not validated since the last load. */
      readonly isFinished: boolean;
      /** Number of files that no event lists yet, in a run that is stopped or in progress. */
      readonly unknownFiles: number;
      readonly isSigned: boolean;
      /** The signature covers the first so many events. */
      readonly signedEvents: number;
    }
);

/**
 * Verifies a run folder against its event log, without a database, and returns the first mismatch. It checks the log and its
 * head first, then the files in the order of their paths, then their content.
 * @throws WaybillError 'run-unfinished' when there is no event log.
 */
export async function verifyRun(options: VerifyOptions): Promise<Verification> {
  const { folder } = options;
  const { run } = folder;
  const log = await readEvents(folder.path, run);
  const head = await readHead(folder.path);
  const chain =
    log.mismatch ??
    headMismatch(head, run, log) ??
    endMismatch(log, head) ??
    witnessMismatch(options, log, head) ??
    signedMismatch(head, log);
  if (chain !== null) return { run, mismatch: chain };
  const isClosed = log.events.at(-1)?.event === 'closed';
  const known = knownFiles(log);
  const files = await verifyFiles(folder.path, run, known, isClosed);
  const mismatch = files.mismatch ?? (await contentMismatch(options, log, known));
  if (mismatch !== null) return { run, mismatch };
  const signedEvents = head === null || head === 'unreadable' ? 0 : (head.signed?.events ?? 0);
  return {
    run,
    mismatch: null,
    events: log.events.length,
    head: log.hashes.at(-1) as string,
    files: known.size,
    isFinished: isClosed && isReported(log),
    unknownFiles: files.unknown,
    isSigned: signedEvents > 0,
    signedEvents,
  };
}

function knownFiles({ events }: Events): ReadonlyMap<string, KnownFile> {
  const known = new Map<string, KnownFile>();
  for (const event of events) applyEvent(known, event);
  return known;
}

/** Whether the last report covers every stage that began. */
function isReported({ events }: Events): boolean {
  const last = (name: string): number => events.findLastIndex(({ event }) => event === name);
  return last('reported') > last('stage-begun');
}

/** A command that ended in good order leaves a head that counts every event, and no bytes after the last line. */
function endMismatch({ events, wholeBytes, bytes }: Events, head: LogHead | 'unreadable' | null): string | null {
  if (events.at(-1)?.event !== 'closed') return null;
  if (wholeBytes < bytes)
    return `${eventsFile} line ${events.length + 1}: it has no line break at its end: it is truncated`;
  if (head === null) return `${headFile}: it is missing; if the run was killed at its very end, resume it`;
  const isOld = head === 'unreadable' || head.events < events.length;
  return isOld ? `${headFile}: it counts fewer events than ${eventsFile} holds` : null;
}

function witnessMismatch(
  { head: seen, publicKey }: VerifyOptions,
  { hashes }: Events,
  head: LogHead | 'unreadable' | null,
): string | null {
  if (seen !== null && !hashes.includes(seen)) {
    return `${eventsFile}: no event has the hash of --head: events were dropped, or the log was written again`;
  }
  if (publicKey === null) return null;
  if (head === null || head === 'unreadable') return `${headFile}: it is missing, and with it the signature`;
  if (head.signature === null) return `${headFile}: it is not signed`;
  return isSignedBy(publicKey, head) ? null : `${headFile}: the signature was not made with this key`;
}

async function contentMismatch(
  options: VerifyOptions,
  log: Events,
  known: ReadonlyMap<string, KnownFile>,
): Promise<string | null> {
  const { exportPath, transformPath } = options.folder;
  for (const [name, path] of [
    ['export', exportPath],
    ['transform', transformPath],
  ] as const) {
    if (!known.has(`${name}/${manifestFile}`)) continue;
    try {
      await (await options.openDirectory(path)).close();
    } catch (error) {
      return `${name}/${error instanceof Error ? error.message : manifestFile}`;
    }
  }
  return known.has('report.json') ? verifyReport(options, log) : null;
}
