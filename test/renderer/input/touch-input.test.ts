import { beforeEach, expect, test } from 'vitest';
import { fieldTouched, hideTouchKeyboard, realKeyPressed, touchInput } from '../../../renderer/input/touch-input.ts';

const wanted = (): boolean => touchInput.getState().wanted;

beforeEach(() => touchInput.setState({ wanted: true, realKeyboard: false }));

test('the keyboard on the screen goes when somebody types on a real one, and a finger brings it back', () => {
  realKeyPressed();
  expect(wanted()).toBe(false);
  fieldTouched('touch');
  expect(wanted()).toBe(true);
});

test('a mouse does not bring it back once there is a real keyboard', () => {
  realKeyPressed();
  fieldTouched('mouse');
  expect(wanted()).toBe(false);
});

test('on a screen that reports fingers as a mouse, the keyboard comes back after a person has hidden it', () => {
  hideTouchKeyboard();
  expect(wanted()).toBe(false);
  fieldTouched('mouse');
  expect(wanted()).toBe(true);
});
