import { fileURLToPath } from 'node:url';
import { WaybillError } from '../../core/model/errors.ts';
import { packageRoot } from '../package-root.ts';

/** The error of a module that cannot be loaded, with the file and line in it that failed, if the error shows them. */
export function moduleError(file: URL, error: unknown): WaybillError {
  const place = placeIn(file, error);
  const line = place === null ? '' : `, ${place}`;
  if (error instanceof WaybillError)
    return new WaybillError(error.code, `${fileURLToPath(file)}${line}: ${error.message}`, {
      hint: error.hint,
      cause: error,
    });
  return new WaybillError('configuration', `${fileURLToPath(file)} cannot be loaded${line}: ${textOf(error)}`, {
    hint: `Fix the module, then check it with: waybill plan ${fileURLToPath(file)}`,
    cause: error,
  });
}

/** The message of an error of the language. That of another error may hold a secret, so only its name is shown. */
function textOf(error: unknown): string {
  if (!(error instanceof Error)) return 'it threw something that is not an error';
  const isOfLanguage = [TypeError, ReferenceError, SyntaxError, RangeError].some((type) => error instanceof type);
  const isOfNode = String((error as NodeJS.ErrnoException).code).startsWith('ERR_');
  return isOfLanguage || isOfNode ? `${error.name}: ${error.message}` : `it threw ${error.name}`;
}

/** The first line of the error's stack that is in the module, or in another one outside waybill and its packages. */
function placeIn(file: URL, error: unknown): string | null {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const places = [...stack.matchAll(/\n\s+at (?:.*\()?((?:file:\/)?\/[^\n]+?):(\d+)(?::\d+)?\)?/g)].map(
    ([, at, line]) => ({
      path: (at as string).startsWith('file:') ? fileURLToPath(at as string) : (at as string),
      line,
    }),
  );
  const own = fileURLToPath(file);
  const found = places.find(({ path }) => path === own) ?? places.find(({ path }) => isForeign(path));
  if (found === undefined) return null;
  return found.path === own ? `line ${found.line}` : `${found.path} line ${found.line}`;
}

function isForeign(path: string): boolean {
  return !path.startsWith(packageRoot) && !path.includes('/node_modules/');
}
