import { applyEvent, type Events, eventsFile, type KnownFile, readEvents } from '../journal/events.ts';
import { headFile, headMismatch, isSignedBy, type LogHead, readHead } from '../journal/log-head.ts';
import { manifestFile } from '../journal/manifest.ts';
import { verifyFiles } from './verify-files.ts';
import { type VerifyOptions, verifyReport } from './verify-report.ts';

/** What looking at a run folder came to. */
export type Verification = { readonly run: string } & (
  | { readonly mismatch: string }
  | {
      readonly mismatch: null;
      readonly events: number;
      readonly head: string;
      readonly files: number;
      /** False: stopped, under way, or not validated since the last load. */
      readonly isFinished: boolean;
      /** Files of a run that was stopped, or is under way, which no event tells of yet. */
      readonly unknownFiles: number;
      readonly isSigned: boolean;
    }
);

/**
 * Looks whether a run folder is what its event log says, without a database, and tells the first thing that does not fit:
 * first of the log itself and its head, then of the files in the order of their paths, then of what they say.
 * @throws WaybillError 'run-unfinished' when there is no event log.
 */
export async function verifyRun(options: VerifyOptions): Promise<Verification> {
  const { folder } = options;
  const { run } = folder;
  const log = await readEvents(folder.path, run);
  const head = await readHead(folder.path);
  const chain =
    log.mismatch ?? headMismatch(head, run, log) ?? endMismatch(log, head) ?? witnessMismatch(options, log, head);
  if (chain !== null) return { run, mismatch: chain };
  const isClosed = log.events.at(-1)?.event === 'closed';
  const known = knownFiles(log);
  const files = await verifyFiles(folder.path, run, known, isClosed);
  const mismatch = files.mismatch ?? (await contentMismatch(options, log, known));
  if (mismatch !== null) return { run, mismatch };
  return {
    run,
    mismatch: null,
    events: log.events.length,
    head: log.hashes.at(-1) as string,
    files: known.size,
    isFinished: isClosed && isReported(log),
    unknownFiles: files.unknown,
    isSigned: head !== null && head !== 'unreadable' && head.signature !== null,
  };
}

function knownFiles({ events }: Events): ReadonlyMap<string, KnownFile> {
  const known = new Map<string, KnownFile>();
  for (const event of events) applyEvent(known, event);
  return known;
}

/** Whether the last report is of all that was done. */
function isReported({ events }: Events): boolean {
  const last = (name: string): number => events.findLastIndex(({ event }) => event === name);
  return last('reported') > last('stage-begun');
}

/** A command that ended in good order left a head that counts all, and nothing behind the last line. */
function endMismatch({ events, wholeBytes, bytes }: Events, head: LogHead | 'unreadable' | null): string | null {
  if (events.at(-1)?.event !== 'closed') return null;
  if (wholeBytes < bytes) return `${eventsFile} line ${events.length + 1}: it has no line break at its end: it is cut`;
  if (head === null) return `${headFile}: it is missing, unless the run was killed in its last moment: then resume it`;
  const isOld = head === 'unreadable' || head.events < events.length;
  return isOld ? `${headFile}: it counts fewer events than ${eventsFile} holds` : null;
}

function witnessMismatch(
  { head: seen, publicKey }: VerifyOptions,
  { hashes }: Events,
  head: LogHead | 'unreadable' | null,
): string | null {
  if (seen !== null && !hashes.includes(seen)) {
    return `${eventsFile}: no event has the hash that --head names: events were dropped, or the log was made anew`;
  }
  if (publicKey === null) return null;
  if (head === null || head === 'unreadable') return `${headFile}: it is missing, and with it the signature`;
  if (head.signature === null) return `${headFile}: it is not signed`;
  return isSignedBy(publicKey, head) ? null : `${headFile}: the signature is not of this key`;
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
