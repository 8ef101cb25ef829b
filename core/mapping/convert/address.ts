import { type Converter, Rejected } from '../../model/value.ts';

/**
 * A network address in a text column, as PostgreSQL's inet prints it: `'10.1.2.3/32'` → `'10.1.2.3'`,
 * `'FE80:0:0:0::1'` → `'fe80::1'`. Anything else rejects as `not-an-address`: `'10.0.0.256'`, `'10.0.0.01'` (octal to some
 * programs), `'fe80::1%eth0'`, `''`.
 */
export const inetOf: Converter = (value) => {
  const read = readAddress(value as string);
  if (read === null) return new Rejected('not-an-address');
  const { words, bits } = read;
  const isWhole = bits === words.length * wordBits;
  return isWhole ? textOf(words) : `${textOf(words)}/${bits}`;
};

/** The same for cidr, which always prints its bits and has none set beyond them: `'10.1.0.0/16'`, `'::1'` → `'::1/128'`. */
export const cidrOf: Converter = (value) => {
  const read = readAddress(value as string);
  if (read === null || !endsInZeros(read)) return new Rejected('not-an-address');
  return `${textOf(read.words)}/${read.bits}`;
};

/** A MAC address as macaddr prints it: `'0800.2B01.0203'`, `'08002b-010203'` → `'08:00:2b:01:02:03'`. */
export const macaddrOf: Converter = (value) => {
  const text = value as string;
  if (!macaddrs.some((form) => form.test(text))) return new Rejected('not-an-address');
  return (text.toLowerCase().match(/[\da-f]{2}/g) as string[]).join(':');
};

/** The forms that `macaddr_in` reads. */
const macaddrs = [
  /^[\da-f]{2}(?::[\da-f]{2}){5}$/i,
  /^[\da-f]{2}(?:-[\da-f]{2}){5}$/i,
  /^[\da-f]{6}[:-][\da-f]{6}$/i,
  /^[\da-f]{4}([.-])[\da-f]{4}\1[\da-f]{4}$/i,
  /^[\da-f]{12}$/i,
];

const wordBits = 16;
const wordsOfV4 = 2;
const wordsOfV6 = 8;

interface Address {
  /** Sixteen bits each: two of IPv4, eight of IPv6. */
  readonly words: readonly number[];
  readonly bits: number;
}

function readAddress(text: string): Address | null {
  const [, host = '', mask] = /^([^/]*)(?:\/(0|[1-9]\d{0,2}))?$/.exec(text) ?? [];
  const words = host.includes(':') ? wordsOfIpv6(host) : wordsOfIpv4(host);
  if (words === null) return null;
  const most = words.length * wordBits;
  const bits = mask === undefined ? most : Number(mask);
  return bits > most ? null : { words, bits };
}

const octet = '(0|[1-9]\\d{0,2})';
const ipv4 = new RegExp(`^${octet}\\.${octet}\\.${octet}\\.${octet}$`);

function wordsOfIpv4(text: string): number[] | null {
  const [, ...octets] = (ipv4.exec(text) ?? []).map(Number);
  if (octets.length === 0 || octets.some((each) => each > 255)) return null;
  const [a = 0, b = 0, c = 0, d = 0] = octets;
  return [a * 256 + b, c * 256 + d];
}

function wordsOfIpv6(text: string): number[] | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const [head, tail] = halves.map((half, i) => wordsOfHalf(half, i === halves.length - 1));
  if (head === undefined || head === null || tail === null) return null;
  if (tail === undefined) return head.length === wordsOfV6 ? head : null;
  const zeros = wordsOfV6 - head.length - tail.length;
  return zeros < 1 ? null : [...head, ...new Array<number>(zeros).fill(0), ...tail];
}

/** The last word of an address may be two, written as IPv4. */
function wordsOfHalf(half: string, isLast: boolean): number[] | null {
  if (half === '') return [];
  const groups = half.split(':');
  const words = groups.map((group, i) => {
    if (/^[\da-f]{1,4}$/i.test(group)) return [Number.parseInt(group, 16)];
    return isLast && i === groups.length - 1 ? wordsOfIpv4(group) : null;
  });
  return words.includes(null) ? null : (words as number[][]).flat();
}

function endsInZeros({ words, bits }: Address): boolean {
  return words.every((word, i) => {
    const own = Math.min(wordBits, Math.max(0, bits - i * wordBits));
    return (word & (0xffff >> own)) === 0 || own === wordBits;
  });
}

function textOf(words: readonly number[]): string {
  return words.length === wordsOfV4 ? textOfIpv4(words) : textOfIpv6(words);
}

function textOfIpv4(words: readonly number[]): string {
  return words.flatMap((word) => [word >> 8, word & 0xff]).join('.');
}

/** As `inet_net_ntop.c` writes it: the first of the longest runs of zeros as `::`, an IPv4 address at the end of one as such. */
function textOfIpv6(words: readonly number[]): string {
  const { from, to } = longestZeros(words);
  const hex = (some: readonly number[]): string => some.map((word) => word.toString(16)).join(':');
  const isV4 = from === 0 && (to === 6 || (to === 5 && words[5] === 0xffff));
  if (isV4) return `::${to === 5 ? 'ffff:' : ''}${textOfIpv4(words.slice(6))}`;
  return to - from < 2 ? hex(words) : `${hex(words.slice(0, from))}::${hex(words.slice(to))}`;
}

function longestZeros(words: readonly number[]): { readonly from: number; readonly to: number } {
  let longest = { from: 0, to: 0 };
  for (let from = 0; from < words.length; from++) {
    let to = from;
    while (words[to] === 0) to++;
    if (to - from > longest.to - longest.from) longest = { from, to };
  }
  return longest;
}

/**
 * The field mapping rule `validate_ipv4`: four numbers of 0 to 255 without leading zeros (RFC 6943, 3.1.1: octal to some
 * programs, decimal to others). Blanks around it, which spreadsheets leave behind, are taken off: `' 10.0.0.1 '` →
 * `'10.0.0.1'`. Anything else is rejected as `not-ipv4`: `'10.0.0.256'`, `'10.0.0.01'`, `'fe80::1'`, `''`.
 */
export const ipv4Of: Converter = (value) => {
  const text = (value as string).trim();
  return wordsOfIpv4(text) === null ? new Rejected('not-ipv4') : text;
};
