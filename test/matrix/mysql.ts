import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { unpack } from '../support/mariadb/mariadb-fetch.ts';
import type { Entry } from './entry.ts';
import { output } from './programs.ts';

/** What reads from MySQL: the connector, every type by every path, and copies. */
const tests = ['test/connectors/mysql', 'test/paths', 'test/cli/projects', 'test/cli/commands/aries.server.test.ts'];

const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** Servers of Debian's unstable suite, beside the libraries of that suite, because those of this system are older. */
export const mysqlVersions: readonly Entry[] = [
  debianServer('MySQL 9.7', 'mysql-server-core', 'mysqld'),
  debianServer('MariaDB 11.8', 'mariadb-server-core', 'mariadbd'),
];

function debianServer(name: string, package_: string, program: string): Entry {
  return {
    name,
    project: 'servers',
    tests,
    prepare: async (folder) => {
      const tree = await fetched(package_, folder);
      const bin = path.join(folder, 'bin');
      await mkdir(bin);
      const command = path.join(bin, program);
      await writeFile(command, await starter(tree, program));
      await chmod(command, 0o755);
      const version = await output(command, ['--no-defaults', '--version']);
      const env = { PATH: `${bin}${path.delimiter}${process.env.PATH ?? ''}` };
      return { version: /Ver (\S+)/.exec(version)?.[1] ?? version, env, node: process.execPath };
    },
  };
}

/** Unpacks a package and all that it needs. Needs apt and dpkg but not root, and installs nothing. */
async function fetched(package_: string, folder: string): Promise<string> {
  const inside = (name: string): string => path.join(folder, name);
  for (const each of ['lists/partial', 'cache/archives/partial', 'debs', 'tree']) {
    await mkdir(inside(each), { recursive: true });
  }
  await writeFile(inside('unstable.list'), `deb [signed-by=${keyring}] ${await mirror()} unstable main\n`);
  const options = {
    'Dir::Etc::SourceList': inside('unstable.list'),
    'Dir::Etc::SourceParts': '/dev/null',
    'Dir::State::Lists': inside('lists'),
    'Dir::Cache': inside('cache'),
    'Debug::NoLocking': '1',
    'APT::Sandbox::User': 'root',
  };
  const apt = ['-qq', ...Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`])];
  await output('apt-get', [...apt, 'update']);
  const without = ['recommends', 'suggests', 'conflicts', 'breaks', 'replaces', 'enhances'].map(
    (kind) => `--no-${kind}`,
  );
  const needs = await output('apt-cache', [...apt, 'depends', '--recurse', ...without, package_]);
  // Its scripts in Perl are not used here.
  const names = [...new Set(needs.match(/^\w\S*/gm))].filter((each) => !each.includes('perl'));
  await output('apt-get', [...apt, 'download', ...names], { cwd: inside('debs') });
  await unpack(inside('debs'), inside('tree'));
  return inside('tree');
}

/** The address from which this system has its own packages, apart from security updates. */
async function mirror(): Promise<string> {
  const addresses = await output('apt-get', ['indextargets', '--format', '$(REPO_URI)']);
  const found = addresses.split('\n').find((each) => each !== '' && !each.includes('security'));
  if (found === undefined) throw new Error('apt has no package lists. Run apt-get update.');
  return found;
}

/** A script that starts the program by the loader of its own libraries. */
async function starter(tree: string, program: string): Promise<string> {
  const [libraries = ''] = (await readdir(path.join(tree, 'usr/lib'))).filter((each) => each.includes('-linux-'));
  const folder = path.join(tree, 'usr/lib', libraries);
  const [loader = ''] = (await readdir(folder)).filter((each) => each.startsWith('ld-linux'));
  const share = path.join(tree, 'usr/share');
  const own = {
    basedir: path.join(tree, 'usr'),
    'lc-messages-dir': path.join(share, program === 'mysqld' ? 'mysql' : 'mariadb'),
    'character-sets-dir': path.join(share, program === 'mysqld' ? 'mysql/charsets' : 'mariadb/charsets'),
    // Debian's default is a folder that its package makes.
    'secure-file-priv': '',
    'plugin-dir': path.join(tree, 'usr/lib/mysql/plugin'),
  };
  const flags = Object.entries(own).map(([name, value]) => `'--${name}=${value}'`);
  const paths = [folder, path.join(tree, 'usr/lib/mysql/private')].join(':');
  const command = [
    `'${path.join(folder, loader)}' --library-path '${paths}'`,
    `'${path.join(tree, 'usr/sbin', program)}'`,
  ];
  return `#!/bin/sh\nexec ${[...command, '"$@"', ...flags].join(' ')}\n`;
}
