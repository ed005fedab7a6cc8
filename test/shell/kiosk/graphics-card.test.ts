import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { giveUpCard, isCardGivenUp } from '../../../electron/shell/kiosk/graphics-card.ts';

let profile: string;
beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), 'facepay-graphics-'));
});
afterEach(() => {
  rmSync(profile, { recursive: true, force: true });
});

test('a card that failed is not used again by the same Chromium; another version tries it', () => {
  expect(isCardGivenUp(profile, '142.0.7444.52')).toBe(false);
  expect(giveUpCard(profile, '142.0.7444.52')).toMatchObject({ ok: true });
  expect(isCardGivenUp(profile, '142.0.7444.52')).toBe(true);
  expect(isCardGivenUp(profile, '144.0.7559.1')).toBe(false);
});

test.each(['', '\u0000\u0000', '14'])('a file that holds %j gives no card up', (text) => {
  writeFileSync(join(profile, 'graphics-card-failed'), text);
  expect(isCardGivenUp(profile, '142.0.7444.52')).toBe(false);
  expect(giveUpCard(profile, '142.0.7444.52')).toMatchObject({ ok: true });
  expect(isCardGivenUp(profile, '142.0.7444.52')).toBe(true);
});

test('where the disk refuses it, that is said', () => {
  writeFileSync(join(profile, 'a-file'), '');
  expect(giveUpCard(join(profile, 'a-file', 'in-it'), '142')).toMatchObject({ ok: false });
});
