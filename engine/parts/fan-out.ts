/** Takes values one after the other; is done with each when asking for the next. */
export type Taker<T> = (values: AsyncIterable<T>) => Promise<void>;

/**
 * Deals the values of each round to the takers, one a taker in their order. A value is made when the taker before is done
 * with its own, so that all may lie in the same memory. Who returns early is passed over; who fails ends it for all.
 * @throws the first error, of the rounds, of a value or of a taker, once all takers have ended.
 */
export async function deal<T>(
  rounds: AsyncIterable<readonly (() => Promise<T>)[]>,
  takers: readonly Taker<T>[],
): Promise<void> {
  const seats = takers.map((take) => new Seat(take));
  const errors: unknown[] = [];
  try {
    for await (const round of rounds) {
      for (const [place, make] of round.entries()) {
        const seat = seats[place] as Seat<T>;
        if (!(await seat.asks())) continue;
        seat.answer({ done: false, value: await make() });
        await seat.asks();
      }
      if (seats.every(({ isOver }) => isOver)) break;
    }
  } catch (error) {
    errors.push(error);
  }
  for (const seat of seats) {
    if (!(await seat.asks().catch((error: unknown) => void errors.push(error)))) continue;
    seat.answer(errors.length > 0 ? Promise.reject(errors[0]) : { done: true, value: undefined });
  }
  for (const { end } of seats) await end.catch((error: unknown) => void errors.push(error));
  if (errors.length > 0) throw errors[0];
}

/** A taker, which is either asking, at work on its value, or over. */
class Seat<T> {
  isOver = false;
  readonly end: Promise<void>;
  #answer: ((next: IteratorResult<T> | Promise<never>) => void) | null = null;
  #noted: () => void = () => undefined;
  #changed = Promise.resolve();

  constructor(take: Taker<T>) {
    this.#expectChange();
    this.end = take(this.#values()).finally(() => {
      this.isOver = true;
      this.#noted();
    });
    this.end.catch(() => undefined); // asked for by `asks`
  }

  /** Waits until the taker asks for a value. @returns false when it is over instead. @throws what it threw. */
  async asks(): Promise<boolean> {
    while (this.#answer === null) {
      if (this.isOver) {
        await this.end;
        return false;
      }
      await this.#changed;
    }
    return true;
  }

  answer(next: IteratorResult<T> | Promise<never>): void {
    this.#expectChange();
    this.#answer?.(next);
    this.#answer = null;
  }

  #expectChange(): void {
    this.#changed = new Promise((resolve) => {
      this.#noted = resolve;
    });
  }

  async *#values(): AsyncGenerator<T, void, undefined> {
    for (;;) {
      const next = await new Promise<IteratorResult<T>>((resolve) => {
        this.#answer = resolve;
        this.#noted();
      });
      if (next.done === true) return;
      yield next.value;
    }
  }
}
