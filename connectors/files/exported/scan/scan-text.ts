import type { LineStore } from '../../../../storage/line-gatherer.ts';
import { ScanMachine, type ScanTask } from './scan-machine.ts';

/** Given back by readings that are over; never more than there were readings at the same time. */
const idle: ScanMachine[] = [];

function machineFor(task: ScanTask): ScanMachine {
  const machine = idle.pop() ?? new ScanMachine();
  machine.load(task);
  return machine;
}

/** A memory that grew stays large: it goes with the lines that needed it. */
function giveBack(machine: ScanMachine): void {
  if (!machine.isOutsized) idle.push(machine);
}

/** The lines of one reading, in the memory of a machine that scans them there. */
export class ScanText implements LineStore {
  readonly #task: ScanTask;
  #machine: ScanMachine;

  constructor(task: ScanTask) {
    this.#task = task;
    this.#machine = machineFor(task);
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
    this.#machine = machineFor(this.#task);
    this.#machine.text.set(before.text.subarray(from, to));
    giveBack(before);
  }

  /** Once, when nobody looks at the bytes any more. */
  close(): void {
    giveBack(this.#machine);
  }
}
