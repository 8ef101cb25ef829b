/** JavaScript's own Set refuses more than 2²⁴ members. */
const SHARD_SIZE = 2 ** 23;

/** A set of texts that may grow past 2²⁴ members, up to `limit`. */
export interface TextSet {
  readonly size: number;
  has(text: string): boolean;
  /** @returns false when the set is full and the text was not added. */
  add(text: string): boolean;
}

/** Makes an empty set. Short integers are kept as numbers, which take a fraction of a string's memory. */
export function textSet(limit: number, shardSize = SHARD_SIZE): TextSet {
  const shards: Set<string | number>[] = [new Set()];
  let size = 0;
  const holds = (key: string | number) => shards.some((shard) => shard.has(key));
  return {
    get size() {
      return size;
    },
    has: (text) => holds(compact(text)),
    add: (text) => {
      const key = compact(text);
      if (holds(key)) return true;
      if (size === limit) return false;
      if (size > 0 && size % shardSize === 0) shards.push(new Set());
      shards.at(-1)?.add(key);
      size += 1;
      return true;
    },
  };
}

function compact(text: string): string | number {
  return /^(?:0|-?[1-9]\d{0,8})$/.test(text) ? Number(text) : text;
}
