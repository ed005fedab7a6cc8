import { expect, it } from 'vitest';
import { mayFetch } from '../../../build/start/fetch-electron.ts';

const HOUR_MS = 3_600_000;
const NOON = 1_700_000_000_000;

it.each<[string, string | null, string, boolean]>([
  ['was never tried', null, '', true],
  ['failed an hour ago', `${String(NOON - HOUR_MS)} `, '', false],
  ['failed an hour ago, from another mirror', `${String(NOON - HOUR_MS)} `, 'https://mirror.example/', true],
  [
    'failed an hour ago, from this mirror',
    `${String(NOON - HOUR_MS)} https://mirror.example/`,
    'https://mirror.example/',
    false,
  ],
  ['failed the day before', `${String(NOON - 25 * HOUR_MS)} `, '', true],
  ['failed in the future, by a clock that was wrong', `${String(NOON + HOUR_MS)} `, '', true],
  ['left a note that nobody can read', 'nonsense', '', true],
])('the fetching of Electron that %s is tried or left', (_what, noted, mirror, expected) => {
  expect(mayFetch(noted, mirror, NOON)).toBe(expected);
});
