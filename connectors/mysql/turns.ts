/** Lets callers in one after the other. */
export class Turns {
  #last: Promise<void> = Promise.resolve();
  #waiting = 0;

  /** Whether nobody has a turn or waits for one. */
  get isFree(): boolean {
    return this.#waiting === 0;
  }

  /** Resolves when it is the caller's turn, to the function that ends it. */
  async take(): Promise<() => void> {
    const before = this.#last;
    let end = () => {};
    this.#last = new Promise((resolve) => {
      end = resolve;
    });
    this.#waiting += 1;
    await before;
    return () => {
      this.#waiting -= 1;
      end();
    };
  }
}
