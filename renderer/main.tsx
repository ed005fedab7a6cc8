/** The page's entry, as a list: schemas without eval, words, keys, touch, sound, main, screen. */
import './bridge/jitless.ts';
import './theme/tokens.css';
import './theme/base.css';
import './theme/dialog.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { sayAlive } from './bridge/heartbeat.ts';
import { App } from './app.tsx';
import { connect } from './state/connect.ts';
import { giveCues } from './order/cues.ts';
import { listenToKeyboard } from './keyboard.ts';
import { tameThePointer } from './input/pointer.ts';
import { guardTaps } from './input/tap-guard.ts';
import { watchForTouches } from './state/staff.ts';
import { kiosk } from './state/store.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

listenToKeyboard();
tameThePointer();
guardTaps();
watchForTouches();
giveCues(kiosk);
const fallSilent = sayAlive();
const whenNothingIsLeft = (error: unknown): void => {
  // A fault outside every boundary empties the whole screen. Main ends a page that sends no more messages, and the new
  // page shows the orders as they stand.
  fallSilent();
  reportError(error);
};
createRoot(root, { onUncaughtError: whenNothingIsLeft }).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
void connect();
