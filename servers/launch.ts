import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { WaybillError } from '../core/model/errors.ts';
import { freePort } from './free-port.ts';
import { onProcessEnd } from './process-end.ts';
import { endProcess, endProcessSync, identify, type Process } from './processes.ts';
import type { RunningServer } from './running-server.ts';
import type { Claim } from './server-registry.ts';
import { serverUser } from './server-user.ts';

/** What differs between the starts of different database servers. */
export interface Launch {
  readonly product: string;
  /** The environment variable that names an existing server to use instead. */
  readonly urlVariable: string;
  readonly command: string;
  readonly env: NodeJS.ProcessEnv;
  readonly dataDir: string;
  readonly logFile: string;
  /** What the log says when the port was taken in the meantime. */
  readonly portTaken: RegExp;
  args(port: number): readonly string[];
  url(port: number): string;
  /** Whether this process, not another on the same port, takes connections. */
  isReady(pid: number, port: number): boolean | Promise<boolean>;
}

const portAttempts = 5;
const readyTimeoutMs = 120_000;
const stopTimeoutMs = 30_000;
const pollMs = 20;

/**
 * Starts a server on a free port and waits until it takes connections.
 *
 * @throws WaybillError 'server-unavailable' with the end of the log when it does not come up.
 */
export async function launch(plan: Launch, claim: Claim): Promise<RunningServer> {
  for (let attempt = 1; ; attempt++) {
    const logStart = statSync(plan.logFile, { throwIfNoEntry: false })?.size ?? 0;
    const port = await freePort();
    const child = spawnServer(plan, port);
    const server = identify(child.pid ?? -1);
    claim.setServer(server);
    const forget = onProcessEnd(() => {
      endProcessSync(server, claim.stopSignal, stopTimeoutMs);
      claim.release();
    });
    if (await becomesReady(plan, child, port))
      return ownServer(plan.url(port), plan.dataDir, server, { claim, forget });
    await endProcess(server, claim.stopSignal, stopTimeoutMs);
    forget();
    const log = readFileSync(plan.logFile, 'utf8').slice(logStart);
    if (attempt === portAttempts || !plan.portTaken.test(log)) throw notStarted(plan, log);
  }
}

/** Spawns the server in a separate process group, so that Ctrl-C reaches only waybill, which stops the server when it ends. */
function spawnServer(plan: Launch, port: number): ChildProcess {
  const log = openSync(plan.logFile, 'a', 0o600);
  const child = spawn(plan.command, plan.args(port), {
    ...serverUser(),
    cwd: plan.dataDir,
    env: plan.env,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.on('error', () => {});
  child.unref();
  return child;
}

async function becomesReady(plan: Launch, child: ChildProcess, port: number): Promise<boolean> {
  for (const end = Date.now() + readyTimeoutMs; Date.now() < end; await sleep(pollMs)) {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return false;
    if (await plan.isReady(child.pid, port)) return true;
  }
  return false;
}

interface Ending {
  readonly claim: Claim;
  forget(): void;
}

function ownServer(url: string, dataDir: string, server: Process, { claim, forget }: Ending): RunningServer {
  let stopping: Promise<void> | undefined;
  const stopOnce = async () => {
    await endProcess(server, claim.stopSignal, stopTimeoutMs);
    claim.release();
    forget();
  };
  const stop = () => {
    stopping ??= stopOnce();
    return stopping;
  };
  return { url, pid: server.pid, dataDir, stop };
}

function notStarted(plan: Launch, log: string): WaybillError {
  const end = log.trim().split('\n').slice(-8).join('\n');
  return new WaybillError('server-unavailable', `${plan.product} did not start: ${end || `${plan.command} failed.`}`, {
    hint: `Remove the cause that its log names, or set ${plan.urlVariable} to the URL of a running server.`,
  });
}
