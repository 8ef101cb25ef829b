import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { endProcess, identify, isRunning, type Process } from './processes.ts';
import { serversFolder } from './servers-folder.ts';

/**
 * One file for every server that a waybill process started: who owns it, what to stop, what to remove. A node process
 * that is killed with SIGKILL leaves its servers running; the next start finds the owner gone and ends them.
 *
 *     claimed (owner, folders) → running (+ server) → released
 *        └─────── owner gone ──────┴→ reaped by the next start
 */
interface Entry {
  readonly host: string;
  readonly owner: Process;
  readonly stopSignal: NodeJS.Signals;
  readonly temporaryFolders: readonly string[];
  readonly server?: Process;
}

/** A server's file in the registry, from before its first folder is made until after its last is removed. */
export interface Claim {
  /** What asks the server to stop. */
  readonly stopSignal: NodeJS.Signals;
  /** Says that this folder goes when the server goes. */
  addFolder(folder: string): void;
  /** Says which process is the server; called in the same tick as its spawn. */
  setServer(server: Process): void;
  /** Removes the folders, then the file; the server must be gone. */
  release(): void;
}

const stopTimeoutMs = 10_000;

/** Opens a server's file, after ending the servers whose owner is gone. */
export async function claimServer(stopSignal: NodeJS.Signals): Promise<Claim> {
  const registry = path.join(await serversFolder(), 'registry');
  mkdirSync(registry, { recursive: true, mode: 0o700 });
  await reapOrphans(registry);
  const file = path.join(registry, `${process.pid}-${randomUUID()}.json`);
  let entry: Entry = { host: os.hostname(), owner: identify(process.pid), stopSignal, temporaryFolders: [] };
  const update = (change: Partial<Entry>) => {
    entry = { ...entry, ...change };
    writeWhole(file, entry);
  };
  update({});
  return {
    stopSignal,
    addFolder: (folder) => update({ temporaryFolders: [...entry.temporaryFolders, folder] }),
    setServer: (server) => update({ server }),
    release: () => {
      for (const folder of entry.temporaryFolders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
      rmSync(file, { force: true });
    },
  };
}

function writeWhole(file: string, entry: Entry): void {
  writeFileSync(`${file}.new`, JSON.stringify(entry), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

async function reapOrphans(registry: string): Promise<void> {
  const files = (await readdir(registry)).filter((name) => name.endsWith('.json'));
  await Promise.all(files.map((name) => reap(path.join(registry, name))));
}

async function reap(file: string): Promise<void> {
  const entry = readEntry(file);
  // Another container may share the temporary folder: its process numbers mean nothing here.
  if (entry === undefined || entry.host !== os.hostname() || isRunning(entry.owner)) return;
  if (entry.server !== undefined) await endProcess(entry.server, entry.stopSignal, stopTimeoutMs);
  for (const each of entry.temporaryFolders) await rm(each, { recursive: true, force: true, maxRetries: 5 });
  await rm(file, { force: true });
}

/** Undefined when another process reaped it just now. */
function readEntry(file: string): Entry | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Entry;
  } catch {
    return undefined;
  }
}
