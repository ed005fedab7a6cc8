import type { ReactNode } from 'react';
import { worstOf, type SelfTestReport, type SelfTestVerdict } from '../../../shared/self-test/self-test.ts';
import { inLanguage } from '../../i18n/beijing-time.ts';
import { useT, type KeysOf } from '../../i18n/i18n.ts';
import { useKiosk } from '../../state/store.ts';

const SUMMARY_KEYS = {
  ok: 'selfTest.summary.ok',
  warn: 'selfTest.summary.warn',
  noDevice: 'selfTest.summary.noDevice',
  fail: 'selfTest.summary.fail',
} as const satisfies KeysOf<'selfTest.summary', ReturnType<typeof worstOf> | 'noDevice'>;

/** A report's summary in three lines: the result, which terminal, when. The same on the screen and on paper. */
export function ReportHead({ report }: { readonly report: SelfTestReport }): ReactNode {
  const t = useT();
  const language = useKiosk((state) => state.language);
  const { lines, terminal, atMs, tookMs, version } = report;
  const count = (wanted: SelfTestVerdict): number => lines.filter(({ verdict }) => verdict === wanted).length;
  const worst = worstOf(lines);
  // "Usable" would promise payments that no device can take.
  const noDevice = worst === 'warn' && lines.some(({ id, code }) => id === 'face-device' && code === 'absent');
  const time = inLanguage(language, { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' }).format(atMs);
  return (
    <div className="report-head" data-verdict={worst} data-testid="self-test-verdict">
      <strong className="report-head__verdict">{t(SUMMARY_KEYS[noDevice ? 'noDevice' : worst])}</strong>
      <span>
        {t('selfTest.counts', { ok: count('ok'), warn: count('warn'), fail: count('fail'), skipped: count('skipped') })}
      </span>
      {terminal !== null && (
        <span>
          {t('selfTest.who', {
            merchant: terminal.merchant ?? t('selfTest.practice'),
            device: terminal.deviceId,
            store: terminal.storeName,
          })}
        </span>
      )}
      <span>{t('selfTest.at', { time, seconds: (tookMs / 1_000).toFixed(1), version })}</span>
    </div>
  );
}
