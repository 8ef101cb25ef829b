/** Consumes values one after the other. It is done with a value when it asks for the next one. */
export type Consumer<T> = (values: AsyncIterable<T>) => Promise<void>;

/**
 * Feeds each round to every consumer in turn. A value is made when the consumer before is done with its value, so that all
 * values may use the same memory. A consumer that returns early is skipped; one that throws stops them all.
 * @throws the first error of the rounds, a value or a consumer, once all consumers have ended.
 */
export async function fanOut<T>(
  rounds: AsyncIterable<readonly (() => Promise<T>)[]>,
  consumers: readonly Consumer<T>[],
): Promise<void> {
  const feeds = consumers.map((consume) => new Feed(consume));
  const errors: unknown[] = [];
  try {
    for await (const round of rounds) {
      for (const [place, make] of round.entries()) {
        const feed = feeds[place] as Feed<T>;
        if (!(await feed.isWaiting())) continue;
        feed.push({ done: false, value: await make() });
        await feed.isWaiting();
      }
      if (feeds.every(({ hasEnded }) => hasEnded)) break;
    }
  } catch (error) {
    errors.push(error);
  }
  for (const feed of feeds) {
    if (!(await feed.isWaiting().catch((error: unknown) => void errors.push(error)))) continue;
    feed.push(errors.length > 0 ? Promise.reject(errors[0]) : { done: true, value: undefined });
  }
  for (const { end } of feeds) await end.catch((error: unknown) => void errors.push(error));
  if (errors.length > 0) throw errors[0];
}

/** The values of one consumer. The consumer is waiting, at work on its value, or has ended. */
class Feed<T> {
  hasEnded = false;
  readonly end: Promise<void>;
  #deliver: ((next: IteratorResult<T> | Promise<never>) => void) | null = null;
  #signalChange: () => void = () => undefined;
  #changed = Promise.resolve();

  constructor(consume: Consumer<T>) {
    this.#expectChange();
    this.end = consume(this.#values()).finally(() => {
      this.hasEnded = true;
      this.#signalChange();
    });
    this.end.catch(() => undefined); // `isWaiting` reports it
  }

  /** Waits until the consumer wants a value. @returns false when it has ended instead. @throws what it threw. */
  async isWaiting(): Promise<boolean> {
    while (this.#deliver === null) {
      if (this.hasEnded) {
        await this.end;
        return false;
      }
      await this.#changed;
    }
    return true;
  }

  push(next: IteratorResult<T> | Promise<never>): void {
    this.#expectChange();
    this.#deliver?.(next);
    this.#deliver = null;
  }

  #expectChange(): void {
    this.#changed = new Promise((resolve) => {
      this.#signalChange = resolve;
    });
  }

  async *#values(): AsyncGenerator<T, void, undefined> {
    for (;;) {
      const next = await new Promise<IteratorResult<T>>((resolve) => {
        this.#deliver = resolve;
        this.#signalChange();
      });
      if (next.done === true) return;
      yield next.value;
    }
  }
}
