import { createTranslator } from 'use-intl/core';
import { describe, expect, test } from 'vitest';
import { backOfficeWordsOf } from '../../../../renderer/back-office/words.ts';
import { entryBegun } from '../../../../renderer/back-office/setup/setup-form.ts';
import { daysLeft, fingerprintTail, merchantIn } from '../../../../renderer/back-office/setup/setup-words.ts';
import { wholePlan } from '../../../../renderer/back-office/setup/plan.ts';
import { entryRows, storedRows, type PartRow } from '../../../../renderer/back-office/setup/summary-rows.ts';
import type { CertificateFacts, SetupState } from '../../../../shared/contract/setup.ts';
import { emptyDraft, freshState } from '../../../support/terminal/setup-fields.ts';

const DAY_MS = 86_400_000;
const NOW_MS = Date.UTC(2026, 10, 24, 2);
const t = createTranslator({ locale: 'en', messages: backOfficeWordsOf.en });

const facts = (days: number): CertificateFacts => ({
  subject: 'O=Some Shop, CN=1900000109',
  serial: '5A3B',
  notBeforeMs: NOW_MS - DAY_MS,
  notAfterMs: NOW_MS + days * DAY_MS,
  fingerprint: Array.from({ length: 32 }, (_, index) => (index + 0xc0).toString(16)).join(':'),
});
const stored = (days: number): SetupState => ({
  ...freshState,
  merchantSet: true,
  apiKeyStored: true,
  certificate: facts(days),
});
const rowOf = (rows: readonly PartRow[], id: string): PartRow | undefined => rows.find((row) => row.id === id);

describe('what is stored', () => {
  test.each([
    [31, 'clear', 'Expires in 31 days'],
    [30, 'clear', 'Expires in 30 days'],
    [29, 'wait', 'Expires in 29 days. Request'],
    [0, 'wait', 'Expires today. Request'],
    [-1, 'alarm', 'Expired.'],
  ])('says of a certificate with %d days left by tone and word how urgent it is', (days, tone, words) => {
    const note = rowOf(storedRows(t, stored(days), NOW_MS), 'certificate')?.note;
    expect(note?.tone).toBe(tone);
    expect(note?.words).toContain(words);
  });
});

describe('what is being entered', () => {
  const entry = {
    ...entryBegun(freshState, emptyDraft, wholePlan(true)),
    problems: [{ field: 'apiKey', code: 'sign-refused' } as const],
  };

  test('has every problem at the line of its field, and nowhere else', () => {
    expect(
      entryRows(t, entry, freshState)
        .filter(({ note }) => note !== undefined)
        .map(({ id }) => id),
    ).toEqual(['key']);
  });

  test('shows that a key is there and never what it is', () => {
    expect(rowOf(entryRows(t, { ...entry, draft: { ...emptyDraft, apiKey: 'given' } }, freshState), 'key')?.value).toBe(
      'The key has been received',
    );
    expect(rowOf(entryRows(t, entry, freshState), 'key')?.value).toBe('Not yet');
    expect(rowOf(entryRows(t, entry, stored(100)), 'key')?.value).toBe('The key is stored');
  });
});

describe('a certificate', () => {
  test('is told by its merchant, its days and the end of its fingerprint', () => {
    expect([merchantIn(facts(1)), merchantIn({ ...facts(1), subject: 'O=x' }), daysLeft(facts(12), NOW_MS)]).toEqual([
      '1900000109',
      null,
      12,
    ]);
    expect(fingerprintTail(facts(1))).toBe('… DC:DD:DE:DF');
  });
});
