/** A fixed number of items, each acquired by one caller at a time. Waiting callers are served in order. */
export class FixedPool<Item> {
  readonly #free: Item[];
  readonly #waiting: ((item: Item) => void)[] = [];

  constructor(items: readonly Item[]) {
    this.#free = [...items];
  }

  isFree(item: Item): boolean {
    return this.#free.includes(item);
  }

  /** Resolves when an item is free. The caller must release it. */
  acquire(): Promise<Item> {
    const free = this.#free.pop();
    return free === undefined ? new Promise((resolve) => this.#waiting.push(resolve)) : Promise.resolve(free);
  }

  release(item: Item): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free.push(item);
    else next(item);
  }
}
