import { answersOf, type DatabaseFacts } from './database.ts';
import { type Answer, startTdsServer, type TdsServer } from './server.ts';
import type { Certificate } from './tls.ts';

/** Credentials of the double. */
const user = 'reader';
const password = 'p@ss/word';

interface Options {
  /** Absent: the URL turns encryption off. */
  readonly certificate?: Certificate;
  /** Answers some batches in place of the facts. */
  answer?(sql: string): Answer | null;
}

/** A double that answers from the facts of a database, and the URL to connect to it. */
export interface FactServer extends TdsServer {
  readonly url: string;
}

/** Starts a double. The caller closes it. */
export async function serveFacts(facts: DatabaseFacts, options: Options = {}): Promise<FactServer> {
  const answers = answersOf(facts);
  const { certificate, answer } = options;
  const server = await startTdsServer({
    ...{ user, password },
    ...(certificate === undefined ? {} : { certificate }),
    answer: (sql) => answer?.(sql) ?? answers(sql),
  });
  const query = certificate === undefined ? '?encrypt=false' : '';
  const url = `sqlserver://${user}:${encodeURIComponent(password)}@localhost:${server.port}/${facts.name}${query}`;
  return { ...server, url };
}
