// Runs in the stand-in's main process. Why it exists: a window of this app must be locked down. The stand-in refuses
// preferences that undo this, and preferences whose effect it cannot show.
import path from 'node:path';
import type * as Electron from 'electron';

/** Preferences that must not get any other value. */
const REQUIRED = new Map<string, unknown>([
  ['sandbox', true],
  ['contextIsolation', true],
  ['nodeIntegration', false],
  ['nodeIntegrationInWorker', false],
  ['webSecurity', true],
  ['allowRunningInsecureContent', false],
  ['experimentalFeatures', false],
  ['webviewTag', false],
]);

/** Preferences that change nothing in the stand-in. */
const WITHOUT_EFFECT = new Set([
  'preload',
  'nodeIntegrationInSubFrames',
  'devTools',
  'spellcheck',
  'navigateOnDragDrop',
  'disableDialogs',
  'safeDialogs',
  'backgroundThrottling',
  'disableWakeLocks',
  'enableWebSQL',
  'webgl',
  'plugins',
  'images',
  'javascript',
  'autoplayPolicy',
  'scrollBounce',
  'textAreasAreResizable',
  'defaultEncoding',
  'zoomFactor',
  'defaultFontSize',
  'v8CacheOptions',
]);

/** The preferences that a window's contents need. */
export interface CheckedPreferences {
  readonly preload: string | null;
  readonly inSubFrames: boolean;
}

/** Refuses unsafe or unknown preferences. */
export function checkPreferences(preferences: Electron.WebPreferences): CheckedPreferences {
  for (const [name, value] of Object.entries(preferences)) {
    if (value === undefined || WITHOUT_EFFECT.has(name)) continue;
    if (!REQUIRED.has(name)) throw new Error(`the stand-in has no webPreferences.${name}`);
    if (value !== REQUIRED.get(name)) throw new Error(`the stand-in refuses webPreferences.${name}: ${String(value)}`);
  }
  const { preload = null, nodeIntegrationInSubFrames = false } = preferences;
  if (preload !== null && !path.isAbsolute(preload))
    throw new Error(`preload script must have absolute path: ${preload}`);
  return { preload, inSubFrames: nodeIntegrationInSubFrames };
}
