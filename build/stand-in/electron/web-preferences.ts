// Runs in the stand-in's main process. Why it exists: a window of this app must be locked down; the stand-in
// refuses preferences that undo it, and those whose effect it could not show.
import path from 'node:path';
import type * as Electron from 'electron';

/** What must not be given any other value. */
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

/** What changes nothing that the stand-in shows. */
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

/** What a window's contents need to know. */
export interface CheckedPreferences {
  readonly preload: string | null;
  readonly inSubFrames: boolean;
}

/** Refuses what is unsafe or unknown. */
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
