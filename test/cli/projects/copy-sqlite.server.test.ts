import { describe, expect, onTestFinished, test } from 'vitest';
import { createDatabase } from '../../connectors/sqlite/database.ts';
import { recordsOf, reportOf, waybill, workFolder } from '../../support/cli.ts';
import { createPgDatabase } from '../../support/databases.ts';
import { onPostgres } from '../../support/live-databases.ts';

async function target(): Promise<string> {
  const { url, drop } = await createPgDatabase();
  onTestFinished(drop);
  return url;
}

async function file(...statements: readonly string[]): Promise<string> {
  const { path, drop } = await createDatabase('music shop.db', ...statements);
  onTestFinished(drop);
  return `sqlite:${path}`;
}

/** A shop for music, with what SQLite's users have. */
const shop = [
  'create table artists (artist_id integer primary key autoincrement, name nvarchar(120) collate nocase unique)',
  `create table albums (album_id integer primary key not null, title nvarchar(40) not null, artist_id integer not null,
     released date, constraint title_given check (length(title) > 0),
     foreign key (artist_id) references Artists (Artist_Id) on delete cascade on update no action)`,
  `create table tracks (track_id integer primary key, name text not null, album_id int references albums, genre string,
     milliseconds integer not null default 0, bytes integer, unit_price numeric(10,2) not null default '0.99',
     is_live boolean not null default false, rating real, cover blob, tags json, uid uuid,
     minutes real generated always as (milliseconds / 60000.0) virtual)`,
  `create table invoices (invoice_id integer primary key, customer text, made datetime not null default current_timestamp,
     paid timestamp, shipped datetime, total numeric(10,2) not null)`,
  `create table lines (invoice_id integer not null references invoices, line integer not null, track_id integer references tracks,
     quantity integer not null, primary key (invoice_id, line)) without rowid`,
  'create table playlists (name text primary key collate nocase not null, note any) strict',
  'create table playlist_tracks (playlist text references playlists, track_id integer references tracks, primary key (playlist, track_id))',
  'create table log (line text, at datetime)',
  'create table favourites (id integer primary key, track text references tracks)',
  'create index tracks_by_name on tracks (name desc, album_id)',
  'create index tracks_lower on tracks (lower(name))',
  'create unique index one_live on tracks (name) where is_live',
  'create view long_tracks as select * from tracks where milliseconds > 300000',
  "create trigger stamp after insert on tracks begin insert into log values (new.name, datetime('now')); end",
  'create virtual table words using fts5(line)',
  "insert into artists (name) values ('Ada'), ('Émile'), ('Zoë'), (null)",
  'delete from artists where artist_id = 3',
  "insert into albums values (1, 'One', 1, '2001-02-03'), (2, 'Two ''and'' more', 2, null), (9223372036854775807, 'Last', 1, '1999-12-31')",
  `insert into tracks (track_id, name, album_id, genre, milliseconds, bytes, unit_price, is_live, rating, cover, tags, uid) values
     (1, 'Intro', 1, 'rock', 1000, 9007199254740993, 0.99, 1, 0.1, x'00ff', '{"b": 1, "a": [1, 2]}', 'F47AC10B-58CC-4372-A567-0E02B2C3D479'),
     (2, 'Middle', 1, 7, 345678, null, 1.1, 'false', 1e300, null, 'null', null),
     (3, 'End', null, null, 0, -1, 12345678.9, 0, null, x'', null, null)`,
  `insert into invoices values (1, 'Nils', '2024-01-02 03:04:05', 1704164645123, 2460311.5, 2.09),
     (2, null, '2024-02-03 04:05:06.5', null, 2460311.25, 0)`,
  'insert into lines values (1, 1, 1, 1), (1, 2, 2, 1), (2, 1, null, 3)',
  "insert into playlists values ('Morning', 1), ('evening', 'calm')",
  "insert into playlist_tracks values ('MORNING', 1), ('evening', 2), ('evening', 3)",
  "insert into log values ('same', 1704164645), ('same', 1704164645), (null, 1704164646)",
  "insert into favourites values (1, '1'), (2, 'x')",
];

describe('waybill copy of an SQLite file', () => {
  test('carries every row and value, and proves it', async () => {
    const [folder, source, into] = [await workFolder(), await file(...shop), await target()];
    const { code, stdout, stderr } = await waybill(folder, ['copy', source, into, '--run', 'c1', '--staged']);
    expect([code, stdout.includes('\nPASS  '), code === 0 ? '' : stderr]).toEqual([0, true, '']);
    const { verdict, inventory } = await reportOf(folder, 'c1');
    expect(verdict).toBe('pass');
    const outcomes = (wanted: string) =>
      (inventory ?? [])
        .filter(({ outcome }) => outcome === wanted)
        .map(({ kind, name }) => `${kind} ${name.replace('music_shop.', '')}`);
    expect(outcomes('undeclared')).toEqual([]);
    expect(outcomes('replaced')).toEqual(['generated column tracks.minutes']);
    expect(outcomes('left behind')).toEqual([
      'check albums.title_given',
      'foreign key favourites.favourites_track_fkey',
      'index tracks.one_live',
      'index tracks.tracks_lower',
      'trigger tracks.stamp',
      'view long_tracks',
      'virtual table words',
      ...['config', 'content', 'data', 'docsize', 'idx'].map((kept) => `virtual table words.words_${kept}`),
    ]);
    const schema = 'set search_path to "music_shop_next"';
    const types = await onPostgres(
      into,
      schema,
      `select table_name || '.' || column_name as name, data_type as type, is_nullable, is_identity, column_default
       from information_schema.columns where table_schema = current_schema()
         and table_name in ('tracks', 'invoices', 'playlists', 'log') order by table_name, ordinal_position`,
    );
    expect(types.map(({ name, type, is_nullable }) => `${name} ${type} ${is_nullable}`)).toEqual([
      ...[
        'invoices.invoice_id bigint NO',
        'invoices.customer text YES',
        'invoices.made timestamp without time zone NO',
      ],
      ...['invoices.paid timestamp with time zone YES', 'invoices.shipped timestamp with time zone YES'],
      ...['invoices.total numeric NO', 'log.line text YES', 'log.at timestamp with time zone YES'],
      ...['playlists.name text NO', 'playlists.note text YES'],
      ...['tracks.track_id bigint NO', 'tracks.name text NO', 'tracks.album_id bigint YES', 'tracks.genre text YES'],
      ...['tracks.milliseconds bigint NO', 'tracks.bytes bigint YES', 'tracks.unit_price numeric NO'],
      ...['tracks.is_live boolean NO', 'tracks.rating double precision YES', 'tracks.cover bytea YES'],
      ...['tracks.tags jsonb YES', 'tracks.uid uuid YES', 'tracks.minutes double precision YES'],
    ]);
    expect(types.flatMap(({ name, column_default: value }) => (value === null ? [] : [`${name} ${value}`]))).toEqual([
      'invoices.made CURRENT_TIMESTAMP',
      "tracks.milliseconds '0'::bigint",
      'tracks.unit_price 0.99',
      'tracks.is_live false',
    ]);
    const tracks = await onPostgres(into, schema, 'select * from tracks order by track_id');
    expect(tracks[1]).toMatchObject({
      genre: '7',
      unit_price: '1.10',
      is_live: false,
      rating: 1e300,
      minutes: 345678 / 60000,
    });
    const times = await onPostgres(
      into,
      schema,
      "select paid::text || ' ' || shipped as at from invoices where paid is not null",
    );
    expect(times).toEqual([{ at: '2024-01-02 03:04:05.123+00 2024-01-02 00:00:00+00' }]);
    const spelled = await onPostgres(into, schema, 'select playlist from playlist_tracks where track_id = 1');
    expect(spelled).toEqual([{ playlist: 'Morning' }]);
    const [next] = await onPostgres(into, schema, "insert into artists (name) values ('new') returning artist_id");
    expect(next).toEqual({ artist_id: '5' });
  });

  test('rejects what is not of its column and orphans that were never held to a foreign key, and keeps both', async () => {
    const source = await file(
      'create table parents (id integer primary key, n integer)',
      'create table children (id integer primary key, parent integer not null references parents, at datetime)',
      "insert into parents values (1, 1), (2, 'two'), (3, x'00')",
      "insert into children values (1, 1, '2020-01-01'), (2, 9, '2020-01-01'), (3, 1, 'never')",
    );
    const [folder, into] = [await workFolder(), await target()];
    const { code, stderr } = await waybill(folder, ['copy', source, into, '--run', 'c1', '--max-rejects', '9']);
    expect([code, code === 0 ? '' : stderr]).toEqual([0, '']);
    const { verdict } = await reportOf(folder, 'c1');
    expect(verdict).toBe('pass');
    const records = await recordsOf(folder, 'c1');
    const rejects = records.flatMap((record) => (record.kind === 'reject' ? [record] : []));
    expect(rejects.map(({ key, column, rule }) => [key, column, rule]).sort()).toEqual([
      ['id=2', 'n', 'unreadable'],
      ['id=2', 'parent', expect.any(String)],
      ['id=3', 'at', 'unreadable'],
      ['id=3', 'n', 'unreadable'],
    ]);
    const kept = rejects.flatMap(({ unread = [] }) => unread.map(({ text }) => text));
    expect(kept.sort()).toEqual(["X'00'", 'never', 'two']);
  });
});
