import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { runFailpoints } from '../../engine/failpoint.ts';
import type { Random } from '../../fixtures/random.ts';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** Where a drill's runs read and load. */
export interface DrillWorld {
  /** Directory for run folders. */
  readonly folder: string;
  readonly sourceUrl: string;
  readonly targetUrl: string;
  readonly partRows: number;
}

interface KillPlan {
  /** The maximum number of kills. Fewer if the run ends before. */
  readonly kills: number;
  /** Duration of an undisturbed run. */
  readonly wholeMs: number;
  readonly random: Random;
}

interface Ending {
  readonly code: number | null;
  readonly stderr: string;
}

/** One run in separate processes. Its schema has the run's name. */
export class KilledRun {
  readonly name: string;
  readonly isStaged: boolean;
  /** Number of resumes. */
  resumes = 0;
  readonly #world: DrillWorld;
  #hasBegun = false;

  constructor(world: DrillWorld, name: string, isStaged = false) {
    this.#world = world;
    this.name = name;
    this.isStaged = isStaged;
  }

  /**
   * Kills the run after random delays and resumes it each time. Every third kill is at a random failpoint, if the run
   * reaches one first. A delay is at most half the duration of an undisturbed run, because a resumed run has less to
   * do.
   * @returns the number of kills. A finished run is not killed again.
   * @throws Error if a process ends other than by a kill or as a passed run.
   */
  async killAtRandom({ kills, wholeMs, random }: KillPlan): Promise<number> {
    for (let done = 0; done < kills; ) {
      const isNamed = random.chance(1 / 3);
      const delayMs = 400 + random.skewed(wholeMs / 2);
      const name = random.pick(runFailpoints);
      const nth = 1 + random.int(10);
      const ending = await this.#go(isNamed ? { failpoint: `${name}:${nth}`, delayMs } : { delayMs });
      if (ending.code === 0) return done;
      if (ending.code === null) done++;
      else if (!this.#isUnborn(ending)) throw new Error(`${this.name} ended with ${ending.code}\n${ending.stderr}`);
    }
    return kills;
  }

  /** Lets the run finish. @throws Error unless it passes. */
  async end(): Promise<void> {
    const first = await this.#go({});
    const { code, stderr } = this.#isUnborn(first) ? await this.#go({}) : first;
    if (code !== 0) throw new Error(`${this.name} ended with ${code}\n${stderr}`);
  }

  /** A run that was killed before its manifest was written has not begun. Its id can be used again. */
  #isUnborn({ code, stderr }: Ending): boolean {
    if (code !== 2 || !stderr.includes('There is no run')) return false;
    this.#hasBegun = false;
    return true;
  }

  async #go(kill: { readonly failpoint?: string; readonly delayMs?: number }): Promise<Ending> {
    const { folder, sourceUrl, targetUrl, partRows } = this.#world;
    const args = ['run', 'aries', '--source', sourceUrl, '--target', targetUrl, '--run', this.name];
    args.push(
      '--target-database',
      new URL(targetUrl).pathname.slice(1),
      '--target-schema',
      this.name,
      '--part-rows',
      String(partRows),
      '--max-rejects',
      '1000',
      '--quiet',
    );
    if (this.isStaged) args.push('--staged');
    if (this.#hasBegun) {
      args.push('--resume');
      this.resumes++;
    }
    this.#hasBegun = true;
    const faults = kill.failpoint === undefined ? {} : { WAYBILL_FAULTS: 'on', WAYBILL_FAILPOINT: kill.failpoint };
    const child = spawn(process.execPath, [main, ...args], {
      cwd: folder,
      env: { ...process.env, ...faults },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const timer = kill.delayMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), kill.delayMs);
    const [code] = (await once(child, 'close')) as [number | null];
    clearTimeout(timer);
    return { code, stderr };
  }
}
