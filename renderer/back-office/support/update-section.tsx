/** Updates of the app itself: what runs, what the feed says, what waits and why, and the settings. A technician's. */
import { useEffect, useState, type ReactNode } from 'react';
import type { UpdateView } from '../../../shared/contract/updates.ts';
import { inLanguage } from '../../i18n/beijing-time.ts';
import { call } from '../../bridge/api.ts';
import { useT } from '../../i18n/i18n.ts';
import { Button } from '../../components/button.tsx';
import { useKiosk } from '../../state/store.ts';
import { useCommand } from '../../bridge/use-command.ts';
import { Section } from './section.tsx';
import { UpdateForm } from './update-form.tsx';

/** What waits changes with what goes on at the till. */
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
    <Section title={t('updates.title')} what={t('updates.what')} refusal={refusal} status={isLooking ? t('updates.looking') : null} testId="updates">
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
          <Button look="strong" label={t('updates.lookNow')} busy={isLooking} testId="update-look" onPress={() => void look()} />
          <Button look="quiet" label={t('updates.change')} disabled={view === null} testId="update-change" onPress={() => setEditing(true)} />
        </>
      )}
    </Section>
  );
}

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
    [t('updates.window'), nextWindow === null ? t('updates.noWindow') : t('updates.span', { fromTime: day.format(nextWindow.fromMs), toTime: hour.format(nextWindow.toMs) })],
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
      <div className="support__verdict" data-tone={isBad ? 'alarm' : ready !== null ? 'wait' : undefined} data-testid="update-state" data-result={lastLook?.result} data-hold={ready?.hold ?? undefined} data-trial={trial?.at} role="status">
        {lastLook !== null && <p>{t(`updates.result.${lastLook.result}`, { version: lastLook.version ?? '' })}</p>}
        {ready !== null && ready.hold !== null && trial === null && <p>{t(`updates.hold.${ready.hold}`)}</p>}
        {trial !== null && <p>{t(`updates.trial.${trial.at}`, { from: trial.from, to: trial.to })}</p>}
        {last !== null && <p>{t(`updates.last.${last.end}`, { date: day.format(last.atMs), from: last.from, to: last.to })}</p>}
      </div>
    </>
  );
}
