import { WaybillError } from '../../core/model/errors.ts';
import type { Source } from '../../core/ports/source.ts';

/** Files need no closing; but a source that was closed says so, as one with a connection does. */
export function closedGuard(source: Source): Source {
  let isClosed = false;
  const open = <T>(part: T): T => {
    if (!isClosed) return part;
    throw new WaybillError('source-interrupted', `${source.label} was closed.`, { hint: 'Open it again.' });
  };
  const { cells } = source;
  return {
    label: source.label,
    snapshot: source.snapshot,
    inspector: {
      tables: async (...question) => open(source.inspector).tables(...question),
      count: async (...question) => open(source.inspector).count(...question),
      aggregates: async (...question) => open(source.inspector).aggregates(...question),
      orphans: async (...question) => open(source.inspector).orphans(...question),
      duplicates: async (...question) => open(source.inspector).duplicates(...question),
    },
    parts: async (...question) => open(source).parts(...question),
    async *read(...question) {
      yield* open(source).read(...question);
    },
    ...(cells === undefined ? {} : { cells: (...question) => open(cells)(...question) }),
    async close() {
      isClosed = true;
      await source.close();
    },
  };
}
