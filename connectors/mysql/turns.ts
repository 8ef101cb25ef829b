/** Lets callers use a few things, each of them one caller at a time, in the order in which they came. */
export class Turns<Thing> {
  readonly #free: Thing[];
  readonly #waiting: ((thing: Thing) => void)[] = [];

  constructor(things: readonly Thing[]) {
    this.#free = [...things];
  }

  isFree(thing: Thing): boolean {
    return this.#free.includes(thing);
  }

  /** Resolves when it is the caller's turn, to what it may use until it gives it back. */
  take(): Promise<Thing> {
    const free = this.#free.pop();
    return free === undefined ? new Promise((resolve) => this.#waiting.push(resolve)) : Promise.resolve(free);
  }

  giveBack(thing: Thing): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free.push(thing);
    else next(thing);
  }
}
