import { describe, expect, it } from 'vitest';
import { sourcePlace } from '../../cli/connections.ts';
import { loadPipeline } from '../../cli/pipelines.ts';

const aries = await loadPipeline('aries');
const marketplace = await loadPipeline('marketplace');

describe('the source place', () => {
  it('is one server, where the path of a URL names a MySQL schema', () => {
    const flags = ['c01=mysql://reader@host/c02', 'mysql://reader@host/'];
    const { url, schemas } = sourcePlace(aries, flags, {});
    expect(url).toBe('mysql://reader@host/');
    expect(schemas).toEqual({ c01: 'c02', dmeworks: 'dmeworks', repository: 'repository' });
  });

  it('is a PostgreSQL database, where ?schema= names a schema', () => {
    const [name = ''] = Object.keys(marketplace.source.contract);
    const live = (flags: readonly string[]): string | undefined => sourcePlace(marketplace, flags, {}).schemas[name];
    expect(live(['postgres://reader@host/shop'])).toBe(name);
    expect(live(['postgresql://reader@host/shop?schema=prisma'])).toBe('prisma');
    expect(live([`${name}=postgres://reader@host/shop`])).toBe(name);
    expect(live([`${name}=postgres://reader@host/shop?schema=prisma`])).toBe('prisma');
  });

  it('comes from the environment when no flag names it', () => {
    const { url, schemas } = sourcePlace(aries, [], { WAYBILL_SOURCE_C01_URL: 'mysql://reader@host/c03' });
    expect([url, schemas.c01]).toEqual(['mysql://reader@host/c03', 'c03']);
  });
});
