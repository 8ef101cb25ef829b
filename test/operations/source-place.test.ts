import { describe, expect, it } from 'vitest';
import type { WaybillError } from '../../core/model/errors.ts';
import { openSource, sourcePlace } from '../../operations/connections.ts';
import { loadPipeline } from '../../operations/modules/load-pipeline.ts';

const aries = await loadPipeline('aries');
const marketplace = await loadPipeline('marketplace');

const malformed = [
  'mysql://u:se%zzcret@host/c01',
  'mysql://u:secret@host:99999/c01',
  'c01=mysql://u:secret@host/%zz',
  'postgres://u:se%zzcret@host/shop',
  'secret',
  'host:secret',
  'mysql://u:1@secret/rest@host/c01',
  'c01=mysql://u:1@secret?rest@host/c01',
  'postgres://u:1@secret#rest@host/shop',
];

describe('the source place', () => {
  it('is one server, where the path of a URL names a MySQL schema', async () => {
    const flags = ['c01=mysql://reader@host/c02', 'mysql://reader@host/'];
    const { url, schemas } = await sourcePlace(aries, flags, {});
    expect(url).toBe('mysql://reader@host/');
    expect(schemas).toEqual({ c01: 'c02', dmeworks: 'dmeworks', repository: 'repository' });
  });

  it('is a PostgreSQL database, where ?schema= names a schema', async () => {
    const [name = ''] = Object.keys(marketplace.source.contract);
    const live = async (flags: readonly string[]): Promise<string | undefined> =>
      (await sourcePlace(marketplace, flags, {})).schemas[name];
    expect(await live(['postgres://reader@host/shop'])).toBe(name);
    expect(await live(['postgresql://reader@host/shop?schema=prisma'])).toBe('prisma');
    expect(await live([`${name}=postgres://reader@host/shop`])).toBe(name);
    expect(await live([`${name}=postgres://reader@host/shop?schema=prisma`])).toBe('prisma');
  });

  it('comes from the environment when no flag names it', async () => {
    const { url, schemas } = await sourcePlace(aries, [], { WAYBILL_SOURCE_C01_URL: 'mysql://reader@host/c03' });
    expect([url, schemas.c01]).toEqual(['mysql://reader@host/c03', 'c03']);
  });

  it('is not looked for in a general URL of MySQL, whose path is the database to connect to', async () => {
    const one = { ...aries, source: { ...aries.source, contract: { c01: {} } } };
    expect((await sourcePlace(one, ['mysql://reader@host/other'], {})).schemas).toEqual({ c01: 'c01' });
    expect((await sourcePlace(one, ['c01=mysql://reader@host/c%2002'], {})).schemas).toEqual({ c01: 'c 02' });
  });

  it('is a directory, whose path names no schema', async () => {
    const { url, schemas } = await sourcePlace(marketplace, ['jsonl:out/run'], {});
    expect(url).toBe('jsonl:out/run');
    expect(Object.entries(schemas).every(([logical, live]) => logical === live)).toBe(true);
  });

  it.each(malformed)('is not repeated when it cannot be read (%s)', async (flag) => {
    const opening = async () => openSource(await sourcePlace(aries, [flag], {}));
    const error = (await opening().catch((e: unknown) => e)) as WaybillError;
    expect(error).toMatchObject({ code: 'configuration' });
    expect(`${error.message} ${error.hint}`).not.toMatch(/secret|zz|99999/);
  });
});
