import type { ReactNode } from 'react';
import {
  checkIdSchema,
  type CheckId,
  type SelfTestLine,
  type SelfTestVerdict,
} from '../../../shared/self-test/self-test.ts';
import { foundWords, remedyWords } from '../../../shared/self-test/self-test-words.ts';
import { useT, type KeysOf } from '../../i18n/i18n.ts';
import { Icon, type IconName } from '../../components/icon.tsx';
import type { Tone } from '../../components/tone.ts';
import { useKiosk } from '../../state/store.ts';
import { backOfficeWordsOf } from '../words.ts';
import './line-list.css';

const LOOKS: Readonly<Record<SelfTestVerdict, { readonly tone?: Tone; readonly icon: IconName }>> = {
  ok: { tone: 'clear', icon: 'circleCheck' },
  warn: { tone: 'wait', icon: 'warning' },
  fail: { tone: 'alarm', icon: 'cross' },
  skipped: { icon: 'dots' },
};

const CHECK_KEYS = {
  settings: 'selfTest.check.settings',
  key: 'selfTest.check.key',
  certificate: 'selfTest.check.certificate',
  primary: 'selfTest.check.primary',
  backup: 'selfTest.check.backup',
  face: 'selfTest.check.face',
  clock: 'selfTest.check.clock',
  zone: 'selfTest.check.zone',
  query: 'selfTest.check.query',
  door: 'selfTest.check.door',
  'disk-sync': 'selfTest.check.disk-sync',
  'disk-space': 'selfTest.check.disk-space',
  journal: 'selfTest.check.journal',
  driver: 'selfTest.check.driver',
  audit: 'selfTest.check.audit',
  files: 'selfTest.check.files',
  'face-device': 'selfTest.check.face-device',
  screen: 'selfTest.check.screen',
  touch: 'selfTest.check.touch',
  font: 'selfTest.check.font',
  host: 'selfTest.check.host',
  update: 'selfTest.check.update',
} as const satisfies KeysOf<'selfTest.check', CheckId>;

const VERDICT_KEYS = {
  ok: 'selfTest.verdict.ok',
  warn: 'selfTest.verdict.warn',
  fail: 'selfTest.verdict.fail',
  skipped: 'selfTest.verdict.skipped',
} as const satisfies KeysOf<'selfTest.verdict', SelfTestVerdict>;

export interface LineListProps {
  readonly lines: readonly SelfTestLine[];
  /** Problems come first: the list is longer than the screen. */
  readonly worstFirst?: boolean;
}

/** Every check once; a check without a result yet is shown as waiting. */
export function LineList({ lines, worstFirst = false }: LineListProps): ReactNode {
  const ids = worstFirst ? [...lines].sort(byWeight).map(({ id }) => id) : checkIdSchema.options;
  return (
    <ol className="lines">
      {ids.map((id) => {
        const line = lines.find((known) => known.id === id);
        return line === undefined ? <Waiting key={id} id={id} /> : <Row key={id} line={line} />;
      })}
    </ol>
  );
}

const WEIGHTS: Readonly<Record<SelfTestVerdict, number>> = { fail: 0, warn: 1, ok: 2, skipped: 2 };
const byWeight = (a: SelfTestLine, b: SelfTestLine): number => WEIGHTS[a.verdict] - WEIGHTS[b.verdict];

function Waiting({ id }: { readonly id: CheckId }): ReactNode {
  const t = useT();
  return (
    <li className="lines__line" data-waiting="" data-testid={`line-${id}`}>
      <span className="lines__verdict tone-word" />
      <span className="lines__name">{t(CHECK_KEYS[id])}</span>
    </li>
  );
}

function Row({ line }: { readonly line: SelfTestLine }): ReactNode {
  const t = useT();
  const words = useKiosk((state) => backOfficeWordsOf[state.language].selfTest);
  const { tone, icon } = LOOKS[line.verdict];
  const remedy = remedyWords(words, line);
  return (
    <li
      className="lines__line"
      data-tone={tone}
      data-verdict={line.verdict}
      data-code={line.code}
      data-testid={`line-${line.id}`}
    >
      <span className="lines__verdict tone-word">
        <Icon name={icon} />
        {t(VERDICT_KEYS[line.verdict])}
      </span>
      <span className="lines__name">{t(CHECK_KEYS[line.id])}</span>
      <span className="lines__found">
        {foundWords(words, line)}
        {remedy !== null && <b className="lines__remedy">→ {remedy}</b>}
      </span>
    </li>
  );
}
