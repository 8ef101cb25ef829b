import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { processIdentity, signal, waitUntilGone } from './processes.ts';
import { serversFolder } from './server-user.ts';

/**
 * One file for every server that a waybill process started: who owns it, what to stop, what to remove. A node process
 * that is killed with SIGKILL leaves its servers running; the next start finds their owner gone and ends them.
 *
 *     claimed (folders) → running (folders, process) → released
 *         └───────────── owner gone ─────┴→ reaped by the next start
 */

interface Process {
  readonly pid: number;
  readonly identity: string;
}

interface Entry {
  readonly host: string;
  readonly owner: Process;
  readonly stopSignal: NodeJS.Signals;
  readonly temporaryFolders: readonly string[];
  readonly server?: Process;
}

/** A server's file in the registry, from before its first folder is made until after its last is removed. */
export interface Claim {
  /** Says that this folder goes when the server goes. */
  addFolder(folder: string): void;
  /** Says which process is the server; called in the same tick as its spawn. */
  setServer(pid: number): void;
  /** The folders so far. */
  folders(): readonly string[];
  /** Removes the file; the server and its folders must be gone. */
  release(): void;
}

const stopTimeoutMs = 10_000;

async function registryFolder(): Promise<string> {
  const folder = path.join(await serversFolder(), 'registry');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** Opens a file in the registry for a server about to start. */
export async function claimServer(stopSignal: NodeJS.Signals): Promise<Claim> {
  const file = path.join(await registryFolder(), `${process.pid}-${randomUUID()}.json`);
  const owner = { pid: process.pid, identity: processIdentity(process.pid) ?? '' };
  let entry: Entry = { host: os.hostname(), owner, stopSignal, temporaryFolders: [] };
  const update = (change: Partial<Entry>) => {
    entry = { ...entry, ...change };
    writeWhole(file, entry);
  };
  update({});
  return {
    addFolder: (folder) => update({ temporaryFolders: [...entry.temporaryFolders, folder] }),
    setServer: (pid) => update({ server: { pid, identity: processIdentity(pid) ?? '' } }),
    folders: () => entry.temporaryFolders,
    release: () => rmSync(file, { force: true }),
  };
}

function writeWhole(file: string, entry: Entry): void {
  writeFileSync(`${file}.new`, JSON.stringify(entry), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** Ends the servers whose owner is gone and removes their folders; every start calls it first. */
export async function reapOrphans(): Promise<void> {
  const folder = await registryFolder();
  const files = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  await Promise.all(files.map((name) => reap(path.join(folder, name))));
}

async function reap(file: string): Promise<void> {
  const entry = readEntry(file);
  // Another container may share the temporary folder: its process numbers mean nothing here.
  if (entry === undefined || entry.host !== os.hostname()) return;
  if (isRunning(entry.owner)) return;
  if (entry.server !== undefined && isRunning(entry.server)) await end(entry.server, entry.stopSignal);
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

function isRunning({ pid, identity }: Process): boolean {
  return processIdentity(pid) === identity;
}

async function end({ pid, identity }: Process, stopSignal: NodeJS.Signals): Promise<void> {
  signal(pid, stopSignal);
  if (await waitUntilGone(pid, identity, stopTimeoutMs)) return;
  signal(pid, 'SIGKILL');
  await waitUntilGone(pid, identity, stopTimeoutMs);
}
