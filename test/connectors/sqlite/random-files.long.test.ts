import { test } from 'vitest';
import { checkRandomFiles } from './random-files.ts';

test('3,000 random files are read as SQLite itself prints them', () => checkRandomFiles(3000), 600_000);
