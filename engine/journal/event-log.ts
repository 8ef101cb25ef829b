import type { KeyObject } from 'node:crypto';
import { open, rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { WaybillError } from '../../core/model/errors.ts';
import type { RunCommand } from '../../core/model/run-command.ts';
import {
  applyEvent,
  type EventCount,
  type Events,
  eventsFile,
  type KnownFile,
  type RunEvent,
  readEvents,
  sha256,
} from './events.ts';
import { type FileFacts, factsOfFile } from './file-facts.ts';
import { headMismatch, type LogHead, readHead, writeHead } from './log-head.ts';
import { diskError } from './run-file.ts';

/** The facts of an event. They never contain a value of a row. */
export interface EventFacts {
  readonly counts?: readonly EventCount[];
  readonly [fact: string]: unknown;
}

/** The command that appends to a log. */
interface LogAuthor {
  readonly now: () => Date;
  readonly by?: RunCommand | null | undefined;
}

/**
 * The event log of a run (`docs/formats.md`). Each line holds the hash of the line before. The log is append-only, and an event
 * is durable when its `append` resolves. The files that an event lists are durable before it, except the manifest, which is
 * written after its event: a resume repairs a crash between the two.
 */
export class EventLog {
  private readonly folder: string;
  private readonly run: string;
  private readonly now: () => Date;
  /** Written into the next event, then null. */
  private by: RunCommand | null;
  private readonly ran: (RunCommand & { readonly at: string })[] = [];
  private readonly known = new Map<string, KnownFile>();
  private readonly counted = new Set<string>();
  private readonly staged: RunEvent[] = [];
  private last = '';
  private number = 0;
  /** Size of the file. Another size on disk means that another process appends to it. */
  private bytes = 0;
  private hash: string;
  /** Number of events that the head on disk counts, and what it has signed. */
  private headEvents = 0;
  private signed: Pick<LogHead, 'signature' | 'signed'> | null = null;
  /** A failed append may leave half a line, so every later append fails with the same error. */
  private appending: Promise<void> = Promise.resolve();

  private constructor(folder: string, run: string, { now, by = null }: LogAuthor) {
    this.folder = folder;
    this.run = run;
    this.now = now;
    this.by = by;
    this.hash = sha256(run);
  }

  /** Begins the log of a new run and removes what an earlier attempt left. */
  static async begin(folder: string, run: string, author: LogAuthor): Promise<EventLog> {
    await rm(join(folder, eventsFile), { force: true });
    return new EventLog(folder, run, author);
  }

  /**
   * Opens a log to append to it. A last line that a crash cut off is removed, and an event `repaired` records that.
   * @throws WaybillError 'part-damaged' when the log is tampered with, 'run-unfinished' when there is none.
   */
  static async open(folder: string, run: string, author: LogAuthor): Promise<EventLog> {
    const found = await readEvents(folder, run);
    const head = await readHead(folder);
    const mismatch = found.mismatch ?? headMismatch(head, run, found);
    if (mismatch !== null) throw damaged(run, mismatch);
    const log = new EventLog(folder, run, author);
    log.restore(found);
    log.bytes = found.wholeBytes;
    if (head !== null && head !== 'unreadable') {
      log.headEvents = head.events;
      log.signed = { signature: head.signature, signed: head.signed };
    }
    const cut = found.bytes - found.wholeBytes;
    if (cut > 0) {
      await truncate(join(folder, eventsFile), found.wholeBytes);
      await log.append('repaired', { bytes: cut });
    }
    return log;
  }

  /** The end of the chain. */
  get position(): { readonly events: number; readonly head: string } {
    return { events: this.number, head: this.hash };
  }

  /** The commands that worked on the run, in order. */
  get commands(): readonly (RunCommand & { readonly at: string })[] {
    return this.ran;
  }

  /** Whether an event has counted this slot of a mapping. */
  hasCounted(mapping: string, slot: string): boolean {
    return this.counted.has(`${mapping} ${slot}`);
  }

  /** The events `staged` of this run, in order. */
  get stagedParts(): readonly RunEvent[] {
    return this.staged;
  }

  /** Whether the log lists a file. */
  has(path: string): boolean {
    return this.known.has(path);
  }

  /** Whether a file is as the log last recorded it. */
  knows({ path, sha256: found }: FileFacts): boolean {
    return this.known.get(path)?.sha256 === found;
  }

  /** @throws WaybillError 'part-damaged' unless the file is as the log recorded it last, or the time before. */
  requireKnown({ path, sha256: found }: FileFacts): void {
    const known = this.known.get(path);
    if (known !== undefined && (known.sha256 === found || known.before === found)) return;
    throw damaged(this.run, `${path}: it differs from what ${eventsFile} records`);
  }

  /**
   * Appends an event with the files that it leaves: facts, or paths to hash now. The log forgets a path whose file is gone, and
   * every known path that matches `remakes`, because the stage that begins makes it again.
   */
  append(
    event: string,
    facts: EventFacts = {},
    files: readonly (string | FileFacts)[] = [],
    remakes: Pick<RegExp, 'test'> | null = null,
  ): Promise<void> {
    this.appending = this.appending.then(async () => {
      const found = await Promise.all(files.map((f) => (typeof f === 'string' ? factsOfFile(this.folder, f) : f)));
      const left = found.filter((f) => f !== null);
      const gone = files.filter((f, i) => typeof f === 'string' && found[i] === null && this.known.has(f));
      const remade = remakes === null ? [] : [...this.known.keys()].filter((path) => remakes.test(path));
      await this.add(event, { ...facts, files: left, forgets: [...gone, ...remade] as string[] });
    });
    return this.appending;
  }

  /** Ends a command in good order and writes the head, so that a dropped tail shows from now on. */
  async close(signKey: KeyObject | null): Promise<void> {
    if (this.last !== 'closed') await this.append('closed');
    if (this.headEvents === this.number && signKey === null) return;
    await writeHead(this.folder, { run: this.run, ...this.position }, signKey, this.signed);
    this.headEvents = this.number;
  }

  private async add(name: string, { files, forgets, ...facts }: EventFacts & Listed): Promise<void> {
    const number = this.number + 1;
    const chain = { number, previous: this.hash, at: this.now().toISOString(), event: name };
    const lists = { ...(files.length > 0 && { files }), ...(forgets.length > 0 && { forgets }) };
    const by = this.by === null ? {} : { by: this.by };
    const line = JSON.stringify({ ...chain, ...facts, ...by, ...lists });
    await this.write(`${line}\n`);
    this.by = null;
    this.apply({ ...chain, ...facts, ...by, files, forgets, counts: facts.counts ?? [] }, sha256(line));
  }

  private restore({ events, hashes }: Events): void {
    events.forEach((event, i) => {
      this.apply(event, hashes[i] as string);
    });
  }

  private apply(event: RunEvent, hash: string): void {
    applyEvent(this.known, event);
    if (event.by !== undefined) this.ran.push({ at: event.at, ...event.by });
    if (event.event === 'staged') this.staged.push(event);
    for (const { mapping, slot } of event.counts) this.counted.add(`${mapping} ${slot}`);
    this.last = event.event;
    this.number = event.number;
    this.hash = hash;
  }

  private async write(text: string): Promise<void> {
    const path = join(this.folder, eventsFile);
    try {
      const file = await open(path, 'a', 0o600);
      try {
        if ((await file.stat()).size !== this.bytes) throw this.locked();
        await file.writeFile(text);
        this.bytes += Buffer.byteLength(text);
        await file.sync();
      } finally {
        await file.close();
      }
    } catch (cause) {
      throw diskError(path, cause);
    }
  }

  private locked(): WaybillError {
    return new WaybillError('run-locked', `Another process works on run ${this.run}.`, {
      hint: 'Wait until it ends, or stop it and resume the run.',
    });
  }
}

type Listed = Pick<RunEvent, 'files' | 'forgets'>;

function damaged(run: string, mismatch: string): WaybillError {
  return new WaybillError('part-damaged', `The folder of run ${run} was changed since waybill wrote it: ${mismatch}.`, {
    hint: `Restore the changed file, or start a new run. See: waybill verify ${run}`,
  });
}
