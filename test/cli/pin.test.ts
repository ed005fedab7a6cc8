/** `facepay pin reset`: for a forgotten PIN, by a person with the operating system's account. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../electron/base/clock.ts';
import { profileIn } from '../../electron/app/settings/profile.ts';
import { settingsStore } from '../../electron/app/settings/settings-store.ts';
import { pinsOf } from '../../electron/app/staff/staff-service.ts';
import { facepay, facepayTyping, temporaryFolder } from '../support/command.ts';

describe('a forgotten PIN', () => {
  it('is set again from standard input, signs in at the screen, and the audit trail records it without the PIN itself', async () => {
    const profile = profileIn(join(temporaryFolder(), 'profile'));
    const { exitCode, last, said } = await facepayTyping(
      '482615\n',
      'pin',
      'reset',
      'technician',
      '--profile',
      profile.folder,
    );
    expect([exitCode, last, said.includes('482615')]).toEqual([0, { type: 'pin-set', role: 'technician' }, false]);
    const pins = pinsOf({ profile, store: settingsStore(profile, ''), clock: systemClock() });
    expect(await pins.check('technician', '482615')).toMatchObject({ ok: true });
    expect(await pins.check('technician', '482616')).toEqual({ ok: false, error: 'pin-wrong' });
    const exported = await facepay('audit', 'export', '--profile', profile.folder);
    expect(exported.lines).toContainEqual(
      expect.objectContaining({
        what: 'pin-set',
        outcome: 'ok',
        detail: 'technician',
        role: 'manager',
        who: expect.stringMatching(/^terminal/),
      }),
    );
    expect(exported.said).not.toContain('482615');
    expect(readFileSync(profile.pins, 'utf8')).not.toContain('482615');
  });

  it.each([
    ['123456\n', 'pin-trivial'],
    ['4826\n', 'pin-shape'],
    ['', 'pin-shape'],
  ])('is not replaced by a bad one: %j', async (typed, code) => {
    const folder = join(temporaryFolder(), 'profile');
    const { exitCode, lines } = await facepayTyping(typed, 'pin', 'reset', 'manager', '--profile', folder);
    expect([exitCode, lines.at(-1)]).toEqual([2, expect.objectContaining({ type: 'error', field: 'PIN', code })]);
    expect(existsSync(profileIn(folder).pins)).toBe(false);
  });
});
