/** Updates of the app itself: what runs, what the feed says, what waits and why, and the settings. A technician's. */
import { useEffect, useState, type ReactNode } from 'react';
import type { Hold, LookResult, TrialEnd, UpdateView } from '../../../shared/contract/updates.ts';
import { inLanguage } from '../../i18n/beijing-time.ts';
import { call } from '../../bridge/api.ts';
import { useT, type KeysOf } from '../../i18n/i18n.ts';
import { Button } from '../../components/button.tsx';
import { useKiosk } from '../../state/store.ts';
import { useCommand } from '../../bridge/use-command.ts';
import { Section } from './section.tsx';
import { UpdateForm } from './update-form.tsx';

/** What an update waits for changes with the work at the till. */
const LOOK_AGAIN_MS = 2_000;

export function UpdateSection(): ReactNode {
  const t = useT();
  const [view, setView] = useState<UpdateView | null>(null);
  const [editing, setEditing] = useState(false);
  const { busy, refusal, give } = useCommand('updates.look');
  useEffect(() => {
    let isShown = true;
    const read = async (): Promise<void> => {
      const reply = await call('updates.state', {});
      if (isShown && reply.ok) setView(reply.value);
    };
    void read();
    const timer = setInterval(() => void read(), LOOK_AGAIN_MS);
    return () => {
      isShown = false;
      clearInterval(timer);
    };
  }, []);
  const look = async (): Promise<void> => {
    const looked = await give({});
    if (looked !== null) setView(looked.value);
  };
  const isLooking = busy || view?.looking === true;
  return (
    <Section
      title={t('updates.title')}
      what={t('updates.what')}
      refusal={refusal}
      status={isLooking ? t('updates.looking') : null}
      testId="updates"
    >
      {view !== null && <State view={view} />}
      {view !== null && editing ? (
        <UpdateForm
          choice={view.choice}
          onDone={(next) => {
            setEditing(false);
            if (next !== null) setView(next);
          }}
        />
      ) : (
        <>
          <Button
            look="strong"
            label={t('updates.lookNow')}
            busy={isLooking}
            testId="update-look"
            onPress={() => void look()}
          />
          <Button
            look="quiet"
            label={t('updates.change')}
            disabled={view === null}
            testId="update-change"
            onPress={() => setEditing(true)}
          />
        </>
      )}
    </Section>
  );
}

const RESULT_KEYS = {
  newest: 'updates.result.newest',
  ready: 'updates.result.ready',
  'not-in-stage': 'updates.result.not-in-stage',
  off: 'updates.result.off',
  'no-feed': 'updates.result.no-feed',
  'no-key': 'updates.result.no-key',
  unreachable: 'updates.result.unreachable',
  'no-manifest': 'updates.result.no-manifest',
  'bad-manifest': 'updates.result.bad-manifest',
  'bad-signature': 'updates.result.bad-signature',
  'other-channel': 'updates.result.other-channel',
  older: 'updates.result.older',
  replayed: 'updates.result.replayed',
  'too-far': 'updates.result.too-far',
  'failed-before': 'updates.result.failed-before',
  'no-file': 'updates.result.no-file',
  'feed-disagrees': 'updates.result.feed-disagrees',
  'download-failed': 'updates.result.download-failed',
  'bad-file': 'updates.result.bad-file',
  'disk-space': 'updates.result.disk-space',
  'no-way-back': 'updates.result.no-way-back',
  'not-here': 'updates.result.not-here',
} as const satisfies KeysOf<'updates.result', LookResult>;

const HOLD_KEYS = {
  off: 'updates.hold.off',
  'not-open': 'updates.hold.not-open',
  'order-open': 'updates.hold.order-open',
  payment: 'updates.hold.payment',
  'signed-in': 'updates.hold.signed-in',
  'outside-hours': 'updates.hold.outside-hours',
  'not-in-stage': 'updates.hold.not-in-stage',
  'failed-before': 'updates.hold.failed-before',
  'trial-runs': 'updates.hold.trial-runs',
  'disk-space': 'updates.hold.disk-space',
  'no-way-back': 'updates.hold.no-way-back',
  'by-hand': 'updates.hold.by-hand',
} as const satisfies KeysOf<'updates.hold', Hold>;

const TRIAL_KEYS = {
  installing: 'updates.trial.installing',
  proving: 'updates.trial.proving',
  'going-back': 'updates.trial.going-back',
  stuck: 'updates.trial.stuck',
} as const satisfies KeysOf<'updates.trial', NonNullable<UpdateView['trial']>['at']>;

const LAST_KEYS = {
  installed: 'updates.last.installed',
  'not-installed': 'updates.last.not-installed',
  'rolled-back': 'updates.last.rolled-back',
  'roll-back-failed': 'updates.last.roll-back-failed',
} as const satisfies KeysOf<'updates.last', TrialEnd>;

interface StateProps {
  readonly view: UpdateView;
}

function State({ view }: StateProps): ReactNode {
  const t = useT();
  const language = useKiosk((state) => state.language);
  const { lastLook, ready, trial, last, nextWindow } = view;
  const day = inLanguage(language, { dateStyle: 'medium', timeStyle: 'short', hour12: false });
  const hour = inLanguage(language, { timeStyle: 'short', hour12: false });
  const isBad = trial?.at === 'stuck' || trial?.at === 'going-back';
  const rows: readonly (readonly [label: string, text: string])[] = [
    [t('updates.version'), view.version],
    [t('updates.channel'), view.choice.channel],
    [t('updates.feed'), view.feed ?? t('updates.noFeed')],
    [t('updates.key'), view.keyId ?? t('updates.noKey')],
    [t('updates.lastLook'), lastLook === null ? t('updates.never') : day.format(lastLook.atMs)],
    [
      t('updates.window'),
      nextWindow === null
        ? t('updates.noWindow')
        : t('updates.span', { fromTime: day.format(nextWindow.fromMs), toTime: hour.format(nextWindow.toMs) }),
    ],
  ];
  return (
    <>
      <dl className="support__facts" data-testid="update-facts">
        {rows.map(([label, text]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <div
        className="support__verdict"
        data-tone={isBad ? 'alarm' : ready !== null ? 'wait' : undefined}
        data-testid="update-state"
        data-result={lastLook?.result}
        data-hold={ready?.hold ?? undefined}
        data-trial={trial?.at}
        role="status"
      >
        {lastLook !== null && <p>{t(RESULT_KEYS[lastLook.result], { version: lastLook.version ?? '' })}</p>}
        {ready !== null && ready.hold !== null && trial === null && <p>{t(HOLD_KEYS[ready.hold])}</p>}
        {trial !== null && <p>{t(TRIAL_KEYS[trial.at], { from: trial.from, to: trial.to })}</p>}
        {last !== null && (
          <p>{t(LAST_KEYS[last.end], { date: day.format(last.atMs), from: last.from, to: last.to })}</p>
        )}
      </div>
    </>
  );
}
