import { pipeline, Readable } from 'node:stream';
import { parser } from 'stream-json';
import { damaged, notJson } from '../fault.ts';

/** How a token changes the depth. */
const depthStep: Partial<Record<parser.Token['name'], number>> = {
  startObject: 1,
  startArray: 1,
  endObject: -1,
  endArray: -1,
};

/**
 * Finds the column names that a row shows: the properties of its object in written order, a repeated name as often as it
 * occurs. `text` has been checked as UTF-8; `at` is its place in the file.
 * @throws WaybillError 'not-json' | 'part-damaged' when the text is not JSON or not an object.
 */
export async function propertyNames(file: string, at: string, text: string): Promise<readonly string[]> {
  const names: string[] = [];
  let depth = 0;
  let isObject = false;
  for await (const token of tokensOf(file, at, text)) {
    if (token.name === 'startObject' && depth === 0) isObject = true;
    if (token.name === 'keyValue' && depth === 1) names.push(token.value);
    depth += depthStep[token.name] ?? 0;
  }
  if (isObject) return names;
  throw damaged(file, `${at} is not a JSON object`);
}

async function* tokensOf(file: string, at: string, text: string): AsyncGenerator<parser.Token> {
  const tokens = parser.asStream({ streamValues: false, ignoreBOM: true });
  pipeline(Readable.from([text]), tokens, () => undefined);
  try {
    yield* tokens as AsyncIterable<parser.Token>;
  } catch {
    // Its message may quote the text.
    throw notJson(file, at);
  }
}
