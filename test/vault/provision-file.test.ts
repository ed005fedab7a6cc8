/** The envelope of a provisioning file: what opens it, and that every change in it is noticed. */
import { createHash, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  makeProvisionFile,
  openProvisionFile,
  readProvisionFile,
  type ProvisionProtection,
} from '../../electron/vault/provision-file.ts';
import { openssl } from '../support/secrets/openssl.ts';
import { CHEAP } from '../support/secrets/scrypt.ts';
import { LONG } from '../support/slice.ts';

const PAYLOAD = '{"secrets":{"apiKey":"Aq8Zr2Xw7Nc4Vb6Mk1Lj9Hg3Fd5Sp0Ty"},"店":"江边"}';
const PASSPHRASE = 'river, stone and a boat';

const keyPair = (): { publicPem: string; privatePem: string } => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return {
    publicPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    privatePem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
};
const fleet = keyPair();
const byPassphrase: ProvisionProtection = { by: 'passphrase', passphrase: PASSPHRASE };
const bySignature: ProvisionProtection = { by: 'signature', privateKeyPem: fleet.privatePem };

function made(protection: ProvisionProtection, deviceId: string | null = null): string {
  const file = makeProvisionFile(PAYLOAD, deviceId, protection, CHEAP);
  if (!file.ok) throw new Error(file.error);
  return file.value;
}

/** What a terminal gets from `text`: the payload or a code. */
function opened(text: string, passphrase = PASSPHRASE, fleetKey: string | null = fleet.publicPem): string {
  const file = readProvisionFile(text);
  if (!file.ok) return file.error;
  const payload = openProvisionFile(file.value, passphrase, fleetKey, CHEAP);
  return payload.ok ? payload.value : payload.error;
}

const RUNS = LONG ? 20_000 : 1_000;

describe('a provisioning file', () => {
  it('under a passphrase opens with it and no other, and shows nothing without', () => {
    const text = made(byPassphrase, 'till-7');
    expect(opened(text)).toBe(PAYLOAD);
    expect(opened(text, `${PASSPHRASE} `)).toBe('provision-passphrase');
    expect(opened(text, '')).toBe('provision-passphrase');
    expect(text).not.toContain(Buffer.from(PAYLOAD).toString('base64').slice(0, 20));
    expect(JSON.parse(text)).toMatchObject({ facepayProvision: 1, deviceId: 'till-7', sealed: 'passphrase' });
  });

  it('with a signature opens under the fleet’s key alone; and lies open, which is said', () => {
    const text = made(bySignature);
    expect(opened(text)).toBe(PAYLOAD);
    expect(opened(text, '', keyPair().publicPem)).toBe('provision-signature');
    for (const noKey of [null, '', 'no key', openssl('genrsa', '512').slice(0, 40)])
      expect(opened(text, '', noKey)).toBe('provision-no-fleet-key');
    expect(text).toContain(Buffer.from(PAYLOAD).toString('base64'));
  });

  it('is signed with keys as openssl makes them', () => {
    const privateKeyPem = openssl('genpkey', '-algorithm', 'ed25519');
    const file = makeProvisionFile(PAYLOAD, null, { by: 'signature', privateKeyPem });
    const rsa = makeProvisionFile(PAYLOAD, null, { by: 'signature', privateKeyPem: openssl('genrsa', '2048') });
    expect([file.ok, rsa]).toEqual([true, { ok: false, error: 'unsuitable-key' }]);
  });

  it('that was damaged differs from one that was forged', () => {
    const text = made(bySignature);
    const parsed = JSON.parse(text) as { payload: string; sha256: string; id: string };
    const payload = Buffer.from(parsed.payload, 'base64');
    payload[20] = (payload[20] ?? 0) ^ 1;
    const damaged = { ...parsed, payload: payload.toString('base64') };
    expect(opened(JSON.stringify(damaged))).toBe('provision-damaged');
    // A checksum is no secret: a person who changes the content can compute it again.
    const head = `facepay-kiosk provision ${JSON.stringify([1, parsed.id, null])}\n`;
    const sha256 = createHash('sha256').update(head).update(payload).digest('hex');
    expect(opened(JSON.stringify({ ...damaged, sha256 }))).toBe('provision-signature');
    expect(opened(JSON.stringify({ ...damaged, sha256, signature: '' }))).toBe('provision-unsigned');
    expect(
      opened(JSON.stringify({ ...parsed, signature: '' })),
      'the sum of a file that is whole proves nothing either',
    ).toBe('provision-unsigned');
  });

  it.each([byPassphrase, bySignature])(
    'bound to a device cannot be bound to another, nor set free ($by)',
    (protection) => {
      const parsed = JSON.parse(made(protection, 'till-7')) as object;
      for (const deviceId of ['till-8', null])
        expect(opened(JSON.stringify({ ...parsed, deviceId }))).toMatch(/^provision-(passphrase|damaged)$/);
    },
  );

  it.each([byPassphrase, bySignature])(
    'does not open where a single byte was changed, anywhere ($by)',
    (protection) => {
      const whole = Buffer.from(made(protection, 'till-7'));
      fc.assert(
        fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
          const edited = Buffer.from(whole);
          edited[at] = (edited[at] ?? 0) ^ flip;
          // Blanks between JSON's parts mean nothing, so replacing one by another is no change.
          fc.pre(JSON.stringify(parse(edited.toString('utf8'))) !== JSON.stringify(parse(whole.toString('utf8'))));
          expect(opened(edited.toString('utf8'))).toMatch(/^(not-)?provision-/);
        }),
        { numRuns: RUNS },
      );
    },
  );

  it.each<[string, string]>([
    ['', 'not-provision-file'],
    ['{}', 'not-provision-file'],
    ['[]', 'not-provision-file'],
    ['{"appid":"wx1"}', 'not-provision-file'],
    ['{"facepayProvision":2,"later":true}', 'provision-newer'],
    ['{"facepayProvision":1}', 'provision-damaged'],
    ['{"facepayProvision":"1"}', 'provision-damaged'],
  ])('is not what %j is: %s', (text, code) => {
    expect(opened(text)).toBe(code);
  });
});

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
