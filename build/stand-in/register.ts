// Runs in the stand-in's main process. Why it exists: it makes `electron` resolve to the stand-in, so that the
// main bundle runs byte for byte as it was built.
import { registerHooks } from 'node:module';

const standIn = new URL('./electron/electron-module.ts', import.meta.url).href;

registerHooks({
  resolve(specifier, context, next) {
    const isElectron = specifier === 'electron' || specifier === 'electron/main';
    return isElectron ? { url: standIn, shortCircuit: true, format: 'module-typescript' } : next(specifier, context);
  },
});
