/** Little-endian numbers and counted texts, as TDS writes them ([MS-TDS] 2.2.5). */

export function u8(...bytes: readonly number[]): Buffer {
  return Buffer.from(bytes);
}

export function u16(n: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(n);
  return bytes;
}

export function u32(n: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(n);
  return bytes;
}

export function u64(n: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(n);
  return bytes;
}

/** A number in as many bytes as wanted, the lowest first. */
export function littleEndian(n: bigint, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let rest = BigInt.asUintN(length * 8, n);
  for (let i = 0; i < length; i++) {
    bytes[i] = Number(rest & 255n);
    rest >>= 8n;
  }
  return bytes;
}

function utf16(text: string): Buffer {
  return Buffer.from(text, 'utf16le');
}

/** A text after its length in one byte. */
export function shortText(text: string): Buffer {
  return Buffer.concat([u8(text.length), utf16(text)]);
}

/** A text after its length in two bytes. */
export function longText(text: string): Buffer {
  return Buffer.concat([u16(text.length), utf16(text)]);
}

/** A token after whose type its length follows. */
export function token(type: number, body: Buffer): Buffer {
  return Buffer.concat([u8(type), u16(body.length), body]);
}
