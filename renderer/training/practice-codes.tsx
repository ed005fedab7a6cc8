import { useEffect, useState, type ReactNode } from 'react';
import { practiceCodeKindSchema, type PracticeCode, type PracticeCodeKind } from '../../shared/practice/codes.ts';
import { Button } from '../components/button.tsx';
import { QrCode } from '../components/qr-code.tsx';
import { useT, type MessageKey } from '../i18n/i18n.ts';
import { showCode } from '../state/show-code.ts';
import { act, sayOfScan } from '../state/actions.ts';
import './practice-codes.css';

const KIND_KEYS = {
  usual: { name: 'practiceCodes.usual', what: 'practiceCodes.usualWhat' },
  'needs-password': { name: 'practiceCodes.needs-password', what: 'practiceCodes.needs-passwordWhat' },
  spent: { name: 'practiceCodes.spent', what: 'practiceCodes.spentWhat' },
  'other-wallet': { name: 'practiceCodes.other-wallet', what: 'practiceCodes.other-walletWhat' },
} as const satisfies Record<PracticeCodeKind, Record<'name' | 'what', MessageKey>>;

/** The codes that practice offers for one payment, and the one that is shown. */
export interface PracticeCodes {
  readonly kind: PracticeCodeKind;
  readonly choose: (kind: PracticeCodeKind) => void;
  /** `null` until main has made them. */
  readonly code: string | null;
}

export function usePracticeCodes(): PracticeCodes {
  const [codes, setCodes] = useState<readonly PracticeCode[]>([]);
  const [kind, choose] = useState<PracticeCodeKind>('usual');
  useEffect(() => {
    let isShown = true;
    void act('practice.codes', {}, 'till').then((reply) => {
      if (isShown && reply !== null) setCodes(reply.value);
    });
    return () => {
      isShown = false;
    };
  }, []);
  return { kind, choose, code: codes.find((each) => each.kind === kind)?.code ?? null };
}

interface Props {
  readonly codes: PracticeCodes;
}

/** A code as a customer would show it: for the shop's own scanner. */
export function PracticeCodeFigure({ codes: { kind, code } }: Props): ReactNode {
  const t = useT();
  return (
    <div className="practice-code" data-testid="practice-code" data-kind={kind} data-code={code ?? undefined}>
      {code !== null && <QrCode text={code} label={t(KIND_KEYS[kind].name)} />}
    </div>
  );
}

/** What the shown code does. */
export function PracticeCodeNote({ codes: { kind } }: Props): ReactNode {
  const t = useT();
  return t('practiceCodes.says', { name: t(KIND_KEYS[kind].name), what: t(KIND_KEYS[kind].what) });
}

export function PracticeCodeChoice({ codes: { kind, choose } }: Props): ReactNode {
  const t = useT();
  return (
    <section className="practice-codes" aria-label={t('practiceCodes.title')}>
      {practiceCodeKindSchema.options.map((each) => (
        <Button
          key={each}
          label={t(KIND_KEYS[each].name)}
          pressed={each === kind}
          testId={`practice-code-${each}`}
          onPress={() => choose(each)}
        />
      ))}
    </section>
  );
}

/** For a till without a scanner. */
export function UsePracticeCode({ codes: { kind, code } }: Props): ReactNode {
  const t = useT();
  return (
    <Button
      size="money"
      look="strong"
      label={t('practiceCodes.use')}
      disabled={code === null}
      testId="use-practice-code"
      onPress={() => {
        if (kind === 'other-wallet') sayOfScan('alipay');
        else if (code !== null) void showCode(code);
      }}
    />
  );
}
