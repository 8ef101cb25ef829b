import type { KeyObject } from 'node:crypto';
import { open, rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { WaybillError } from '../../core/model/errors.ts';
import { diskError } from './atomic-file.ts';
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
import { headMismatch, readHead, writeHead } from './log-head.ts';

/** What an event tells besides its name; nothing of a row. */
export interface EventFacts {
  readonly counts?: readonly EventCount[];
  readonly [fact: string]: unknown;
}

/**
 * The event log of a run (`docs/formats.md`), each line of which holds the hash of the one before. It is only ever
 * appended to, one event after the other, and an event is durable when its `append` resolves. What an event tells of is
 * durable before it, but for the manifest: a crash in between is healed when the run is gone on with.
 */
export class EventLog {
  private readonly folder: string;
  private readonly run: string;
  private readonly now: () => Date;
  private readonly known = new Map<string, KnownFile>();
  private readonly counted = new Set<string>();
  private readonly staged: RunEvent[] = [];
  private last = '';
  private number = 0;
  /** Of the file; another size means that another process appends to it. */
  private bytes = 0;
  private hash: string;
  /** How many events the head on disk counts. */
  private headEvents = 0;
  /** An append that failed leaves perhaps half a line: all later ones fail as it did. */
  private appending: Promise<void> = Promise.resolve();

  private constructor(folder: string, run: string, now: () => Date) {
    this.folder = folder;
    this.run = run;
    this.now = now;
    this.hash = sha256(run);
  }

  /** Begins the log of a new run; what another attempt left of one goes. */
  static async begin(folder: string, run: string, now: () => Date): Promise<EventLog> {
    await rm(join(folder, eventsFile), { force: true });
    return new EventLog(folder, run, now);
  }

  /**
   * Goes on with a log; a line that a crash cut off is taken away, which the next event says.
   * @throws WaybillError 'part-damaged' when the log does not fit, 'run-unfinished' when there is none.
   */
  static async open(folder: string, run: string, now: () => Date): Promise<EventLog> {
    const found = await readEvents(folder, run);
    const head = await readHead(folder);
    const mismatch = found.mismatch ?? headMismatch(head, run, found);
    if (mismatch !== null) throw damaged(run, mismatch);
    const log = new EventLog(folder, run, now);
    log.takeUp(found);
    log.bytes = found.wholeBytes;
    log.headEvents = head === null || head === 'unreadable' ? 0 : head.events;
    const cut = found.bytes - found.wholeBytes;
    if (cut > 0) {
      await truncate(join(folder, eventsFile), found.wholeBytes);
      await log.append('repaired', { bytes: cut });
    }
    return log;
  }

  /** Where the chain ends. */
  get position(): { readonly events: number; readonly head: string } {
    return { events: this.number, head: this.hash };
  }

  /** Whether an event has counted this slot of a mapping. */
  hasCounted(mapping: string, slot: string): boolean {
    return this.counted.has(`${mapping} ${slot}`);
  }

  /** The events `staged` of this run, in their order. */
  get stagedParts(): readonly RunEvent[] {
    return this.staged;
  }

  /** Whether the log tells of a file. */
  has(path: string): boolean {
    return this.known.has(path);
  }

  /** Whether a file is as the log last said. */
  knows({ path, sha256: found }: FileFacts): boolean {
    return this.known.get(path)?.sha256 === found;
  }

  /** @throws WaybillError 'part-damaged' unless the file is as the log last said, or as it said before that. */
  requireKnown({ path, sha256: found }: FileFacts): void {
    const known = this.known.get(path);
    if (known !== undefined && (known.sha256 === found || known.before === found)) return;
    throw damaged(this.run, `${path}: it is not what ${eventsFile} says of it`);
  }

  /**
   * Appends an event. `files` are what it left: facts, or paths to be looked at now, where a file that is gone no longer
   * counts. What matches `remakes` no longer counts either, since it is about to be made again.
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

  /** Ends a command in good order: from here on a dropped tail shows. */
  async close(signKey: KeyObject | null): Promise<void> {
    if (this.last !== 'closed') await this.append('closed');
    if (this.headEvents === this.number && signKey === null) return;
    await writeHead(this.folder, { run: this.run, ...this.position }, signKey);
    this.headEvents = this.number;
  }

  private async add(name: string, { files, forgets, ...facts }: EventFacts & Listed): Promise<void> {
    const number = this.number + 1;
    const chain = { number, previous: this.hash, at: this.now().toISOString(), event: name };
    const lists = { ...(files.length > 0 && { files }), ...(forgets.length > 0 && { forgets }) };
    const line = JSON.stringify({ ...chain, ...facts, ...lists });
    await this.write(`${line}\n`);
    this.note({ ...chain, ...facts, files, forgets, counts: facts.counts ?? [] }, sha256(line));
  }

  private takeUp({ events, hashes }: Events): void {
    events.forEach((event, i) => {
      this.note(event, hashes[i] as string);
    });
  }

  private note(event: RunEvent, hash: string): void {
    applyEvent(this.known, event);
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
      hint: 'Let it finish, or stop it and resume.',
    });
  }
}

type Listed = Pick<RunEvent, 'files' | 'forgets'>;

function damaged(run: string, mismatch: string): WaybillError {
  return new WaybillError('part-damaged', `The folder of run ${run} is not as waybill left it: ${mismatch}.`, {
    hint: `Put back what was changed, or start a new run; see: waybill verify ${run}`,
  });
}
