import { test } from 'vitest';
import { checkRandomFiles } from './random-files.ts';

test('random files are read as SQLite itself prints them, each row once', () => checkRandomFiles(60), 60_000);
