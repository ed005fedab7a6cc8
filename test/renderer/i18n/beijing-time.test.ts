/** Times on the screen are Beijing's, whatever the machine's time zone. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import {
  dateText,
  hourAndMinute,
  inLanguage,
  momentText,
  timeOfDay,
  timeSince,
} from '../../../renderer/i18n/beijing-time.ts';
import { paidAtOf } from '../../../renderer/back-office/stuck/sheets/paid-day.ts';
import { beijingMinute } from '../../../electron/updates/hours.ts';

/** 2026-11-24 00:30:05 in Beijing: still the day before nearly everywhere else. */
const AFTER_MIDNIGHT_MS = Date.UTC(2026, 10, 23, 16, 30, 5);
const HOUR_MS = 3_600_000;

const zoneBefore = process.env['TZ'];
afterEach(() => {
  if (zoneBefore === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zoneBefore;
});

test.each(['UTC', 'America/New_York', 'Asia/Shanghai', 'Pacific/Auckland'])(
  'are the same with the machine in %s',
  (zone) => {
    process.env['TZ'] = zone;
    expect([hourAndMinute, timeOfDay, dateText, momentText].map((text) => text(AFTER_MIDNIGHT_MS))).toEqual([
      '00:30',
      '00:30:05',
      '2026-11-24',
      '2026-11-24 00:30:05',
    ]);
    expect(timeSince(AFTER_MIDNIGHT_MS, AFTER_MIDNIGHT_MS + HOUR_MS)).toBe('00:30:05');
    expect(timeSince(AFTER_MIDNIGHT_MS - HOUR_MS, AFTER_MIDNIGHT_MS)).toBe('11/23 23:30:05');
    expect(
      inLanguage('en', { dateStyle: 'medium', timeStyle: 'short', hour12: false }).format(AFTER_MIDNIGHT_MS),
    ).toContain('Nov 24, 2026');
    expect(paidAtOf(1, AFTER_MIDNIGHT_MS)).toBe(Date.UTC(2026, 10, 23, 16) - 1);
    expect(beijingMinute(AFTER_MIDNIGHT_MS)).toBe(30);
  },
);

test('stand in no other way on the screen: nothing there reads the machine’s own zone', () => {
  const folder = join(import.meta.dirname, '../../../renderer');
  const own =
    /new Intl\.DateTimeFormat|\.toLocale(?:Date|Time)?String\(|\.(?:get|set)(?:Hours|Minutes|Date|Day|Month|FullYear)\(|\.toDateString\(/;
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.tsx?$/.test(name) && !name.endsWith('beijing-time.ts'),
  );
  expect(names.filter((name) => own.test(readFileSync(join(folder, name), 'utf8')))).toEqual([]);
});
