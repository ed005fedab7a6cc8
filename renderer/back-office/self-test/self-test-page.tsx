import { useEffect, useState, type ReactNode } from 'react';
import { checkIdSchema } from '../../../shared/self-test/self-test.ts';
import { act } from '../../state/actions.ts';
import { useT } from '../../i18n/i18n.ts';
import { Button } from '../../components/button.tsx';
import { useStaff } from '../../state/staff.ts';
import { useKiosk } from '../../state/store.ts';
import { PageHead } from '../page-head.tsx';
import { LineList } from './line-list.tsx';
import { ReportHead } from './report-head.tsx';
import { judgeScreen, readLastReport, runSelfTest, useSelfTest } from './self-test-run.ts';
import { AcceptanceDialog } from '../acceptance/acceptance-dialog.tsx';
import { closeAcceptance, openAcceptance, useAcceptanceOpen } from '../acceptance/acceptance-open.ts';
import { CodeTry } from './code-try.tsx';
import { Paper } from './paper.tsx';
import { TouchCorners } from './touch-corners.tsx';
import './self-test-page.css';

/** Runs the self-test and shows its last report; a technician runs it, a manager may read and print it. */
export function SelfTestPage(): ReactNode {
  const t = useT();
  const mayRun = useStaff((state) => state.view?.role === 'technician');
  const { report, underWay } = useSelfTest((run) => run);
  const [touching, setTouching] = useState(false);
  const [trying, setTrying] = useState(false);
  const accepting = useAcceptanceOpen((isOpen) => isOpen);
  // Where nothing takes payments there is nothing to accept.
  const takesPayments = useKiosk((state) => state.paySource !== 'none');
  useEffect(() => void readLastReport(), []);
  useEffect(() => closeAcceptance, []);
  const touched = (corners: number): void => {
    setTouching(false);
    void judgeScreen(corners);
  };

  return (
    <>
      <PageHead title="selfTest.title">
        {mayRun && (
          <Button
            look="strong"
            label={t(report === null ? 'selfTest.run' : 'selfTest.again')}
            busy={underWay !== null}
            testId="self-test-run"
            onPress={() => void runSelfTest()}
          />
        )}
        <Button label={t('selfTest.codeTry.open')} testId="code-try-open" onPress={() => setTrying(true)} />
        {mayRun && takesPayments && (
          <Button label={t('acceptance.open')} testId="acceptance-open" onPress={openAcceptance} />
        )}
        {underWay === null && report !== null && <ForPaper />}
        {mayRun && underWay === null && report !== null && navigator.maxTouchPoints > 0 && (
          <Button label={t('selfTest.touchTest')} testId="touch-test" onPress={() => setTouching(true)} />
        )}
      </PageHead>
      <div className="self-test">
        {underWay !== null ? (
          <p className="self-test__running" role="status">
            {t('selfTest.running', { done: underWay.length, count: checkIdSchema.options.length })}
          </p>
        ) : (
          report !== null && <ReportHead report={report} />
        )}
        {underWay === null && report === null && (
          <p className="self-test__never">{t(mayRun ? 'selfTest.never' : 'selfTest.neverManager')}</p>
        )}
        {(underWay !== null || report !== null) && (
          <LineList lines={underWay ?? report?.lines ?? []} worstFirst={underWay === null} />
        )}
        {underWay === null && report !== null && !accepting && (
          <Paper title={t('selfTest.title')}>
            <ReportHead report={report} />
            <LineList lines={report.lines} />
          </Paper>
        )}
        {touching && <TouchCorners onEnd={touched} />}
        {trying && <CodeTry port={null} onEnd={() => setTrying(false)} />}
        {accepting && <AcceptanceDialog onEnd={closeAcceptance} />}
      </div>
    </>
  );
}

/** Onto a printer, or into a file that can be sent. */
function ForPaper(): ReactNode {
  const t = useT();
  const [done, setDone] = useState<string | null>(null);
  const put = async (onto: 'printer' | 'pdf'): Promise<void> => {
    setDone(null);
    const printed = await act('self-test.print', { onto }, 'back-office');
    if (printed !== null)
      setDone(printed.value === null ? t('selfTest.printed') : t('selfTest.saved', { file: printed.value }));
  };
  return (
    <>
      <Button label={t('selfTest.print')} testId="self-test-print" onPress={() => void put('printer')} />
      <Button label={t('selfTest.pdf')} testId="self-test-pdf" onPress={() => void put('pdf')} />
      {done !== null && (
        <span className="self-test__done" role="status" data-testid="self-test-done">
          {done}
        </span>
      )}
    </>
  );
}
