/**
 * What the screen keeps in Chromium's own storage. End-to-end tests share one Chromium, where this storage ends with
 * the app.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const STORAGE =
  /\b(?:localStorage|sessionStorage|indexedDB|cookieStore|CacheStorage|caches|serviceWorker|BroadcastChannel)\b|\bdocument\.cookie\b|\bnavigator\.storage\b/;

const sources = readdirSync('renderer', { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => name.replaceAll('\\', '/'));

it('keeps nothing there but the paper of slips, on which no order and no setting depends', () => {
  expect(sources.length).toBeGreaterThan(100);
  expect(sources.filter((name) => STORAGE.test(readFileSync(join('renderer', name), 'utf8')))).toEqual([
    'slip/print-body.tsx',
  ]);
});
