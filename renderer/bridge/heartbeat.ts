/**
 * The page tells main regularly that it is not stuck. When the messages stop, main ends the page and loads it again.
 */
import { ALIVE_EVERY_MS } from '../../shared/timing.ts';
import { call } from './api.ts';

/** Sends the first message now and goes on. Returns a function that stops it. */
export function sayAlive(): () => void {
  const say = (): void => void call('kiosk.alive', {});
  say();
  const timer = setInterval(say, ALIVE_EVERY_MS);
  return () => clearInterval(timer);
}
