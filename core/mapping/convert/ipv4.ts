import { type Converter, Rejected } from '../../model/value.ts';

/**
 * The field mapping rule `validate_ipv4`: four numbers of 0 to 255 without leading zeros (RFC 6943, 3.1.1: octal to some
 * programs, decimal to others). Blanks around it, which spreadsheets leave behind, are taken off: `' 10.0.0.1 '` →
 * `'10.0.0.1'`. Anything else is rejected as `not-ipv4`: `'10.0.0.256'`, `'10.0.0.01'`, `'fe80::1'`, `''`.
 */
export const ipv4Of: Converter = (value) => {
  const text = (value as string).trim();
  const octets = text.split('.');
  return octets.length === 4 && octets.every(isOctet) ? text : new Rejected('not-ipv4');
};

function isOctet(text: string): boolean {
  return /^(0|[1-9]\d{0,2})$/.test(text) && Number(text) <= 255;
}
