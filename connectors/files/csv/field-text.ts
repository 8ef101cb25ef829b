import { isUtf8 } from 'node:buffer';
import type { Encoding } from './csv-dialect.ts';

/** What Windows-1252 has where Latin-1 has control characters, from 0x80; a blank where it has nothing. */
const upper = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

/** The text of a field's bytes; undefined when they are not of the encoding. */
export function fieldText(bytes: Buffer, encoding: Encoding): string | undefined {
  if (encoding === 'windows-1252') return windowsText(bytes.toString('latin1'));
  const text = bytes.toString('utf8');
  return text.includes('\ufffd') && !isUtf8(bytes) ? undefined : text;
}

/** Made here: the decoders of some versions of Node take Windows-1252 for Latin-1. */
function windowsText(latin: string): string | undefined {
  if (/[\x81\x8d\x8f\x90\x9d]/.test(latin)) return undefined;
  return latin.replace(/[\x80-\x9f]/g, (character) => upper[character.charCodeAt(0) - 0x80] as string);
}
