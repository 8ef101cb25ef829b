import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { shortText, token, u8, u64 } from './bytes.ts';
import { columnMetadata, done, messageToken, rowToken, wireType } from './column-types.ts';
import { AnswerWriter, packetTypes, readMessages } from './packets.ts';
import { SqlError } from './sql/relation.ts';
import type { SqlValue } from './sql/values.ts';
import { type Certificate, encrypted } from './tls.ts';

/** The answer to a batch; without columns it has no result. */
export interface Answer {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: Iterable<readonly SqlValue[]> | AsyncIterable<readonly SqlValue[]>;
}

interface ServerOptions {
  readonly user: string;
  readonly password: string;
  /** Absent: the server cannot encrypt. */
  readonly certificate?: Certificate;
  /** @throws SqlError which the client receives. */
  answer(sql: string): Answer;
}

/** What the server was asked. */
interface Log {
  readonly batches: string[];
  /** The isolation level of each transaction ([MS-TDS] 2.2.6.9). */
  readonly isolationLevels: number[];
  /** Requests to log in, refused ones included. */
  logins: number;
  attentions: number;
  rows: number;
  /** Whether the last login wants to read only. */
  isReadOnlyIntent: boolean;
}

export interface TdsServer {
  readonly port: number;
  readonly log: Log;
  /** Cuts all connections. */
  cut(): void;
  close(): Promise<void>;
}

/**
 * A server that speaks TDS 7.4 over loopback and answers batches as it is told. It proves that the connector speaks the
 * protocol. It does not prove that a real server understands the connector's T-SQL.
 */
export async function startTdsServer(options: ServerOptions): Promise<TdsServer> {
  const sockets = new Set<Socket>();
  const log: Log = { batches: [], isolationLevels: [], logins: 0, attentions: 0, rows: 0, isReadOnlyIntent: false };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    new Peer(socket, options, log);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    log,
    cut,
    close: async () => {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}

/** VERSION, ENCRYPTION, INSTOPT, THREADID and MARS, each with its place in the message; then their values. */
function preloginAnswer(encrypts: boolean): Buffer {
  const [on, unsupported] = [1, 2];
  const places = [0, 0, 26, 0, 6, 1, 0, 32, 0, 1, 2, 0, 33, 0, 1, 3, 0, 34, 0, 0, 4, 0, 34, 0, 1, 0xff];
  return u8(...places, 16, 0, 0x03, 0xe8, 0, 0, encrypts ? on : unsupported, 0, 0);
}

/** The bit of TypeFlags in LOGIN7. */
const readOnlyIntent = 0x20;
const loginFailed = 18456;

/** One client. */
class Peer {
  readonly #socket: Socket;
  readonly #options: ServerOptions;
  readonly #log: Log;
  #stream: Duplex;
  #transaction = 0n;
  #isCancelled = false;
  #work: Promise<void> = Promise.resolve();

  constructor(socket: Socket, options: ServerOptions, log: Log) {
    this.#socket = socket;
    this.#stream = socket;
    this.#options = options;
    this.#log = log;
    readMessages(socket, (type, body) => this.#receive(type, body));
  }

  #receive(type: number, body: Buffer): void {
    if (this.#stream !== this.#socket && type === packetTypes.prelogin) return;
    if (type === packetTypes.attention) {
      this.#log.attentions += 1;
      this.#isCancelled = true;
      this.#do(() => this.#writer().end(done.attention()));
      return;
    }
    this.#do(() => this.#handle(type, body));
  }

  #do(work: () => Promise<void>): void {
    this.#work = this.#work.then(work).catch(() => {
      this.#socket.destroy();
    });
  }

  #writer(): AnswerWriter {
    return new AnswerWriter(this.#stream);
  }

  async #handle(type: number, body: Buffer): Promise<void> {
    switch (type) {
      case packetTypes.prelogin:
        return this.#prelogin();
      case packetTypes.login:
        return this.#login(body);
      case packetTypes.transaction:
        return this.#manageTransaction(body.subarray(body.readUInt32LE(0)));
      case packetTypes.batch:
        return this.#answer(body.subarray(body.readUInt32LE(0)).toString('utf16le'));
      default:
        throw new Error(`the double does not know packets of type ${type}`);
    }
  }

  async #prelogin(): Promise<void> {
    const { certificate } = this.#options;
    await this.#writer().end(preloginAnswer(certificate !== undefined));
    if (certificate === undefined) return;
    this.#socket.removeAllListeners('data');
    const secure = encrypted(this.#socket, certificate);
    secure.on('error', () => this.#socket.destroy());
    this.#stream = secure;
    readMessages(secure, (type, body) => this.#receive(type, body));
  }

  async #login(body: Buffer): Promise<void> {
    const field = (at: number): Buffer =>
      Buffer.from(body.subarray(body.readUInt16LE(at), body.readUInt16LE(at) + body.readUInt16LE(at + 2) * 2));
    this.#log.logins += 1;
    const user = field(40).toString('utf16le');
    const password = field(44).map((byte) => ((byte ^ 0xa5) << 4) | ((byte ^ 0xa5) >> 4));
    this.#log.isReadOnlyIntent = ((body[26] as number) & readOnlyIntent) !== 0;
    const writer = this.#writer();
    if (user !== this.#options.user || Buffer.from(password).toString('utf16le') !== this.#options.password) {
      await writer.put(messageToken(loginFailed, 14, `Login failed for user '${user}'.`));
      await writer.end(done.error());
      this.#stream.end();
      return;
    }
    const database = field(68).toString('utf16le');
    const [tds74, version] = [u8(0x74, 0, 0, 4), u8(16, 0, 3, 0xe8)];
    await writer.put(token(0xe3, Buffer.concat([u8(1), shortText(database), shortText('master')])));
    await writer.put(token(0xad, Buffer.concat([u8(1), tds74, shortText('Microsoft SQL Server'), version])));
    await writer.end(done.nothing());
  }

  /** The answer to each request is the change of the transaction's descriptor. */
  async #manageTransaction(request: Buffer): Promise<void> {
    const [begin, began] = [5, 8];
    const writer = this.#writer();
    if (request.readUInt16LE(0) === begin) {
      this.#log.isolationLevels.push(request[2] as number);
      this.#transaction += 1n;
      await writer.put(token(0xe3, Buffer.concat([u8(began, 8), u64(this.#transaction), u8(0)])));
    } else {
      await writer.put(this.#rolledBack());
    }
    await writer.end(done.nothing());
  }

  #rolledBack(): Buffer {
    return token(0xe3, Buffer.concat([u8(10, 0, 8), u64(this.#transaction)]));
  }

  async #answer(sql: string): Promise<void> {
    this.#log.batches.push(sql);
    this.#isCancelled = false;
    const writer = this.#writer();
    try {
      await writer.end(await this.#result(sql, writer));
    } catch (error) {
      if (!(error instanceof SqlError)) throw error;
      if (error.endsTransaction) await writer.put(this.#rolledBack());
      await writer.put(messageToken(error.number, error.severity, error.message));
      await writer.end(done.error());
    }
  }

  /** Writes rows until there are no more, or nobody wants them. @returns the end of the answer. */
  async #result(sql: string, writer: AnswerWriter): Promise<Buffer> {
    const { columns, rows } = this.#options.answer(sql);
    if (columns.length === 0) return done.nothing();
    const types = columns.map(({ type }) => wireType(type));
    await writer.put(columnMetadata(columns));
    let count = 0;
    for await (const row of rows) {
      if (this.#isCancelled) break;
      await writer.put(rowToken(types, row, count));
      count += 1;
      this.#log.rows += 1;
      // An attention is read between rows.
      if (count % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    return done.rows(count);
  }
}
