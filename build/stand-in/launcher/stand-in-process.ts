// Runs in the stand-in's main process. Why it exists: it gives `process` the fields that Electron adds to Node's.
import { STAND_IN_VERSIONS } from './versions.ts';

Object.defineProperty(process, 'type', { value: 'browser', enumerable: true });
Object.defineProperty(process, 'versions', { value: { ...process.versions, ...STAND_IN_VERSIONS }, enumerable: true });
