/** Main hears from the page that it is not stuck; without a word it ends the page and loads it again, as it was. */
import { ALIVE_EVERY_MS } from '../../shared/timing.ts';
import { call } from './api.ts';

/** Says so now and from then on. Returns how to stop. */
export function sayAlive(): () => void {
  const say = (): void => void call('kiosk.alive', {});
  say();
  const timer = setInterval(say, ALIVE_EVERY_MS);
  return () => clearInterval(timer);
}
