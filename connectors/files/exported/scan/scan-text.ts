import type { LineStore } from '../../../../storage/line-gatherer.ts';
import { ScanMachine, type ScanTask } from './scan-machine.ts';

/** Machines released by finished readings; never more than there were simultaneous readings. */
const idle: ScanMachine[] = [];

function acquireMachine(task: ScanTask): ScanMachine {
  const machine = idle.pop() ?? new ScanMachine();
  machine.load(task);
  return machine;
}

/** Drops a machine whose memory has grown, because memory never shrinks. */
function release(machine: ScanMachine): void {
  if (!machine.isOutsized) idle.push(machine);
}

/** The lines of one reading, in the memory of the machine that scans them. */
export class ScanText implements LineStore {
  readonly #task: ScanTask;
  #machine: ScanMachine;

  constructor(task: ScanTask) {
    this.#task = task;
    this.#machine = acquireMachine(task);
  }

  get machine(): ScanMachine {
    return this.#machine;
  }

  get bytes(): Buffer {
    return this.#machine.text;
  }

  resize(bytes: number, from: number, to: number): void {
    const before = this.#machine;
    if (bytes > before.text.length) {
      before.grow(bytes);
      before.text.copyWithin(0, from, to);
      return;
    }
    this.#machine = acquireMachine(this.#task);
    this.#machine.text.set(before.text.subarray(from, to));
    release(before);
  }

  /** Releases the machine. Call it once, when the bytes are no longer used. */
  close(): void {
    release(this.#machine);
  }
}
