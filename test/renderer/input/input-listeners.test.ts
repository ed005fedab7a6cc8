import { expect, test, vi } from 'vitest';
import { listenToInput, inputListener, type InputListener } from '../../../renderer/input/input-listeners.ts';

const listener = (of: InputListener['of']): InputListener => ({ of, onScan: vi.fn() });

test('the listener added last gets the input, and after it goes the one before it does', () => {
  const page = listener('page');
  const sheet = listener('sheet');
  expect(inputListener(false)).toBeNull();
  const closePage = listenToInput(page);
  const closeSheet = listenToInput(sheet);
  expect(inputListener(true)).toBe(sheet);
  closeSheet();
  expect(inputListener(false)).toBe(page);
  closePage();
  closePage();
  expect(inputListener(false)).toBeNull();
});

test('a page hears nothing through a dialog, and neither does the till behind it', () => {
  const close = listenToInput(listener('page'));
  expect(inputListener(true)).toBe('nobody');
  close();
});
