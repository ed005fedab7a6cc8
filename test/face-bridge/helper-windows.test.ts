/**
 * The same helper as a program of Windows, with a fake DLL: in Wine (build/test/test-windows.ts compiles both), or on Windows
 * itself (.github/workflows/ci.yml does).
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe } from 'vitest';
import { helperContract } from './helper-contract.ts';

const folder = resolve('out/face-helper');
const files = {
  program: resolve(folder, 'face-helper-x86_64.exe'),
  library: resolve(folder, 'fake-x86_64.dll'),
};

describe.skipIf(process.platform !== 'win32' || !existsSync(files.program))('the helper on Windows', () => {
  helperContract(() => files);
});
