import { useEffect, useState, type ReactNode } from 'react';
import { dayFromIso } from '../../../shared/beijing-day.ts';
import type { Overview } from '../../../shared/contract/overview.ts';
import type { Counted } from '../../../shared/contract/shift-sheet.ts';
import { listen } from '../../bridge/api.ts';
import { useCommand } from '../../bridge/use-command.ts';
import { Icon, type IconName } from '../../components/icon.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import type { Tone } from '../../components/tone.ts';
import { useT } from '../../i18n/i18n.ts';
import { openBackOffice } from '../../state/actions.ts';
import { PageHead } from '../page-head.tsx';
import { initialSearch, search, type StateGroup } from '../history/search-state.ts';
import { sumText } from '../history/words.ts';
import { ShiftSheets } from './shift-sheets.tsx';
import './overview-page.css';

/** However many orders change at once, the page is read again at most this often. */
const REFRESH_MS = 2_000;
/** From here on the certificate asks for somebody: the notices begin there, too. */
const SOON_DAYS = 30;

/** What a manager asks first: how today stands, and what waits. Each answer leads to its page. */
export function OverviewPage(): ReactNode {
  const [overview, setOverview] = useState<Overview | null>(null);
  const { refusal, give } = useCommand('overview.read');
  useEffect(() => {
    const read = (): void =>
      void give({}).then((done) => {
        if (done !== null) setOverview(done.value);
      });
    read();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = listen('orders.changed', () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        read();
      }, REFRESH_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [give]);
  return (
    <>
      <PageHead title="overview.title" />
      <div className="overview">
        {refusal !== null && <ProblemNote {...refusal} testId="overview-error" />}
        {overview !== null && <Answers overview={overview} />}
        <ShiftSheets />
      </div>
    </>
  );
}

function Answers({ overview }: { readonly overview: Overview }): ReactNode {
  return (
    <>
      <Unseen bills={overview.bills} />
      <Today overview={overview} />
      <Waiting overview={overview} />
    </>
  );
}

/** What the bills say differently and no manager has seen: it comes first, and leads to its days. */
function Unseen({ bills: { days, inDoubt } }: { readonly bills: Overview['bills'] }): ReactNode {
  const t = useT();
  if (days.length === 0) return null;
  return (
    <button
      type="button"
      className="overview__tile overview__unseen"
      data-tone={inDoubt.count > 0 ? 'alarm' : 'wait'}
      data-testid="overview-unseen"
      onClick={() => openBackOffice('bill')}
    >
      <span className="overview__name">
        <Icon name="warning" />
        {t('firstPage.bills', { count: days.length })}
      </span>
      {inDoubt.count > 0 && (
        <b className="overview__figure">
          {t('firstPage.billsDoubt', { count: inDoubt.count, sum: `¥${sumText(inDoubt.fen)}` })}
        </b>
      )}
      <span>{t('firstPage.seeBills')}</span>
    </button>
  );
}

/** What became of today's orders, and the group in which the history finds them. */
const ENDS = [
  { end: 'paid', group: 'paid', name: 'firstPage.paid', icon: 'squareCheck', tone: 'paid' },
  { end: 'cancelled', group: 'closed', name: 'firstPage.cancelled', icon: 'circleCheck', tone: 'clear' },
  { end: 'refunded', group: 'refunded', name: 'firstPage.refunded', icon: 'returned', tone: 'clear' },
] as const;

function Today({ overview }: { readonly overview: Overview }): ReactNode {
  const t = useT();
  const { day } = overview;
  const found = (group: StateGroup): void => {
    const number = dayFromIso(day);
    search.setState({
      ...initialSearch,
      groups: [group],
      days: number === null ? null : { from: number, to: number },
    });
    openBackOffice('history');
  };
  return (
    <section className="overview__part" aria-labelledby="overview-today">
      <h2 className="overview__title" id="overview-today">
        {t('firstPage.today', { day })}
      </h2>
      <div className="overview__tiles">
        {ENDS.map(({ end, group, name, icon, tone }) => (
          <Tile key={end} testId={end} name={t(name)} icon={icon} tone={tone} onPress={() => found(group)}>
            <Sum of={overview[end]} />
          </Tile>
        ))}
      </div>
    </section>
  );
}

function Waiting({ overview }: { readonly overview: Overview }): ReactNode {
  const t = useT();
  const { inDoubt, waiting, lastBill, certificateDays: days } = overview;
  const bill =
    lastBill === null
      ? t('firstPage.noBill')
      : lastBill.differing === 0
        ? t('firstPage.billAgrees')
        : t('firstPage.billDiffers', { count: lastBill.differing });
  return (
    <section className="overview__part" aria-labelledby="overview-waiting">
      <h2 className="overview__title" id="overview-waiting">
        {t('firstPage.waiting')}
      </h2>
      <div className="overview__tiles">
        <Tile
          testId="in-doubt"
          name={t('firstPage.inDoubt')}
          icon={waiting > 0 ? 'person' : 'hourglass'}
          tone={waiting > 0 ? 'alarm' : inDoubt.count > 0 ? 'wait' : 'clear'}
          onPress={() => openBackOffice('stuck')}
        >
          <Sum of={inDoubt} />
          {waiting > 0 && <span>{t('firstPage.forManager', { count: waiting })}</span>}
        </Tile>
        <Tile
          testId="bill"
          name={t('firstPage.bill')}
          icon="receipt"
          tone={(lastBill?.differing ?? 0) > 0 ? 'wait' : 'clear'}
          onPress={() => openBackOffice('bill')}
        >
          <b className="overview__figure">{bill}</b>
          {lastBill !== null && <span>{t('firstPage.billOf', { day: lastBill.day })}</span>}
        </Tile>
        <Tile
          testId="certificate"
          name={t('firstPage.certificate')}
          icon="clock"
          tone={days === null || days > SOON_DAYS ? 'clear' : days > 0 ? 'wait' : 'alarm'}
          onPress={() => openBackOffice('self-test')}
        >
          <b className="overview__figure">
            {days === null
              ? t('firstPage.noCertificate')
              : days < 0
                ? t('firstPage.expired')
                : t('firstPage.days', { count: days })}
          </b>
        </Tile>
      </div>
    </section>
  );
}

function Sum({ of: { count, fen } }: { readonly of: Counted }): ReactNode {
  const t = useT();
  return (
    <>
      <b className="overview__figure">¥{sumText(fen)}</b>
      <span>{t('firstPage.count', { count })}</span>
    </>
  );
}

interface TileProps {
  readonly testId: string;
  readonly name: string;
  readonly icon: IconName;
  readonly tone: Tone;
  readonly onPress: () => void;
  readonly children: ReactNode;
}

function Tile({ testId, name, icon, tone, onPress, children }: TileProps): ReactNode {
  return (
    <button
      type="button"
      className="overview__tile"
      data-tone={tone}
      data-testid={`overview-${testId}`}
      onClick={onPress}
    >
      <span className="overview__name">
        <Icon name={icon} />
        {name}
      </span>
      {children}
    </button>
  );
}
