import { expect, it } from 'vitest';
import { signedAsPacked } from '../../../electron/app/core/packed-facts.ts';
import { packedManifest } from '../../../build/pack/stage.ts';

it('a packed app knows on which systems it bears a signature', () => {
  const signed = JSON.stringify(packedManifest({ kind: 'certificate-file' }));
  expect([signedAsPacked(signed, 'win32'), signedAsPacked(signed, 'linux')]).toEqual([true, false]);
  expect(signedAsPacked(JSON.stringify(packedManifest({ kind: 'none' })), 'win32')).toBe(false);
});

it.each([null, '', '{', '{"name":"facepay-kiosk"}', '{"signedOn":"win32"}'])(
  'one that was not packed says nothing of it: %s',
  (manifest) => {
    expect(signedAsPacked(manifest, 'win32')).toBeUndefined();
  },
);
