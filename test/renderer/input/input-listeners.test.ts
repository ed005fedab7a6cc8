import { expect, test, vi } from 'vitest';
import { lendEar, whoHears, type Ear } from '../../../renderer/input/input-listeners.ts';

const ear = (of: Ear['of']): Ear => ({ of, onScan: vi.fn() });

test('the one that came last hears, and when it goes the one before it', () => {
  const page = ear('page');
  const sheet = ear('sheet');
  expect(whoHears(false)).toBeNull();
  const closePage = lendEar(page);
  const closeSheet = lendEar(sheet);
  expect(whoHears(true)).toBe(sheet);
  closeSheet();
  expect(whoHears(false)).toBe(page);
  closePage();
  closePage();
  expect(whoHears(false)).toBeNull();
});

test('a page hears nothing through a dialog, and neither does the till behind it', () => {
  const close = lendEar(ear('page'));
  expect(whoHears(true)).toBe('nobody');
  close();
});
