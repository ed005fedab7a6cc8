import { useCallback, useEffect, type ReactNode } from 'react';
import type { PinRole, PinView } from '../../../shared/contract/staff.ts';
import { formatYuan } from '../../../shared/money.ts';
import type { OrderView } from '../../../shared/order/order.ts';
import { openBackOffice } from '../../state/actions.ts';
import { tailOf } from '../../state/held-order.ts';
import { CAUSE_KEYS, ROLE_KEYS, WAIT_KEYS } from '../../i18n/code-keys.ts';
import { useT, type KeysOf, type Translate } from '../../i18n/i18n.ts';
import { useReaderRole } from '../../i18n/reader-role.ts';
import { Button } from '../../components/button.tsx';
import { DialogTop } from '../../components/dialog-top.tsx';
import { Icon, roleIcons } from '../../components/icon.tsx';
import { PinPad } from '../../components/keys/pin-pad.tsx';
import { useModal } from '../../components/use-modal.ts';
import { usePassed, useTickingText } from '../../components/use-ticking.ts';
import { waitLeft } from '../../i18n/seconds-left.ts';
import {
  chooseRole,
  closeStaff,
  isLongEnough,
  setPinOf,
  signOut,
  submitPin,
  typePin,
  unTypePin,
  useStaff,
  type PinEntry,
} from '../../state/staff.ts';
import { refusalWords, stateWords } from '../../i18n/code-words.ts';
import { lookOf } from '../../order/phase-appearance.ts';
import { useKiosk } from '../../state/store.ts';
import './tone-note.css';
import './who-button.css';
import './staff-dialog.css';

/** A person who walks away leaves no digits behind, and no dialog in the next person's way. */
const ABANDONED_AFTER_MS = 60_000;

/** Signing in with a PIN, setting a PIN, and what a signed-in person can do. */
export function StaffDialog(): ReactNode {
  const t = useT();
  const dialog = useModal();
  const entry = useStaff((state) => state.entry);
  const order = useCalledTo();
  const title = order === null ? titleOf(t, entry) : t('action.decide');
  useEffect(() => {
    const timer = setTimeout(closeStaff, ABANDONED_AFTER_MS);
    return () => clearTimeout(timer);
  }, [entry]);
  return (
    <dialog ref={dialog} className="staff-dialog" aria-label={title} data-testid="staff-dialog" onCancel={closeStaff}>
      <div className="dialog__page" tabIndex={-1} autoFocus>
        <DialogTop title={title} closeTestId="staff-close" onClose={closeStaff} />
        {order !== null && <CalledTo order={order} />}
        {order !== null && order.phase.name !== 'attention' ? (
          <Over order={order} />
        ) : entry === null ? (
          <SignedIn />
        ) : (
          <Entry entry={entry} called={order !== null} />
        )}
      </div>
    </dialog>
  );
}

const titleOf = (t: Translate, entry: PinEntry | null): string =>
  entry === null || entry.step.name === 'sign-in'
    ? t('signIn.title')
    : t('signIn.setTitle', { role: t(ROLE_KEYS[entry.role]) });

/** The order that a manager was called to, as it is now. */
const useCalledTo = (): OrderView | null => {
  const orderId = useStaff((state) => state.calledTo);
  return useKiosk(({ orders }) => (orderId === null ? null : (orders.get(orderId)?.view ?? null)));
};

/** Which order it is, so that no PIN is typed for another one. */
function CalledTo({ order }: CalledToProps): ReactNode {
  const t = useT();
  const { phase } = order;
  const { tone, shape } = lookOf(phase, false);
  return (
    <p className="staff-dialog__order" data-tone={tone} data-testid="called-to" data-phase={phase.name}>
      <Icon name={shape} />
      <b>{order.amountFen === null ? t('facts.amountUnknown') : `¥${formatYuan(order.amountFen)}`}</b>
      <span>
        {t('facts.tail')} {tailOf(order)}
      </span>
      <span>{phase.name === 'attention' ? t(CAUSE_KEYS[phase.cause].title) : stateWords(t, phase)}</span>
    </p>
  );
}

/** It ended or went on by itself while the manager was on the way. */
function Over({ order }: CalledToProps): ReactNode {
  const t = useT();
  return (
    <>
      <p className="tone-note" role="status" data-tone="process" data-testid="called-for-nothing">
        <Icon name="circleGo" />
        {t('signIn.over', { state: stateWords(t, order.phase) })}
      </p>
      <div className="staff-dialog__acts">
        <Button size="money" look="strong" label={t('app.close')} testId="called-close" onPress={closeStaff} />
      </div>
    </>
  );
}

interface CalledToProps {
  readonly order: OrderView;
}

/** The signed-in person: their role, the back office, signing out. */
function SignedIn(): ReactNode {
  const t = useT();
  const role = useStaff((state) => state.view?.role ?? 'cashier');
  return (
    <>
      <p className="staff-dialog__who" data-testid="staff-who" data-role={role}>
        <Icon name={roleIcons[role]} />
        {t('signIn.signedIn', { role: t(ROLE_KEYS[role]) })}
      </p>
      <div className="staff-dialog__acts">
        <Button
          size="money"
          look="strong"
          icon={roleIcons[role]}
          label={t('signIn.toDesk')}
          testId="staff-back-office"
          onPress={() => {
            closeStaff();
            openBackOffice();
          }}
        />
        <Button
          size="money"
          icon="leave"
          label={t('signIn.signOut')}
          testId="staff-sign-out"
          onPress={() => void signOut()}
        />
      </div>
    </>
  );
}

interface EntryProps {
  readonly entry: PinEntry;
}

/** `called`: a manager was called to an order, so no other role may be chosen. */
function Entry({ entry, called }: EntryProps & { readonly called: boolean }): ReactNode {
  const pin = useStaff((state) => state.view?.pins[entry.role] ?? null);
  const trouble = useStaff((state) => state.view?.trouble ?? null);
  const lockedUntilMs = useStaff((state) =>
    state.view === null ? 0 : state.atMs + state.view.pins[entry.role].lockedForMs,
  );
  const unlocked = usePassed(lockedUntilMs);
  const locked = pin !== null && pin.lockedForMs > 0 && !unlocked;
  const signsIn = entry.step.name === 'sign-in';
  const takesPin = signsIn || entry.step.name === 'current';
  return (
    <div className="staff-dialog__entry">
      <div className="staff-dialog__side">
        {signsIn && !called && <Roles chosen={entry.role} />}
        {trouble !== null ? (
          <Note tone="alarm" code="pins-unreadable" />
        ) : takesPin && locked ? (
          <Locked untilMs={lockedUntilMs} />
        ) : signsIn && pin?.set === false ? (
          <NotSet role={entry.role} pin={pin} />
        ) : (
          <Asked entry={entry} pin={pin} />
        )}
      </div>
      {trouble === null && !(takesPin && locked) && !(signsIn && pin?.set === false) && <Pad entry={entry} />}
    </div>
  );
}

function Pad({ entry }: EntryProps): ReactNode {
  const t = useT();
  const label = entry.busy ? 'signIn.checking' : entry.step.name === 'sign-in' ? 'signIn.submit' : 'signIn.next';
  return (
    <div className="staff-dialog__pad">
      <PinPad count={entry.digits.length} onDigit={typePin} onDelete={() => unTypePin()} />
      <Button
        size="money"
        look="strong"
        label={t(label)}
        hint="Enter"
        testId="pin-submit"
        disabled={!isLongEnough(entry)}
        busy={entry.busy}
        onPress={() => void submitPin()}
      />
    </div>
  );
}

const pinRoles: readonly PinRole[] = ['manager', 'technician'];

function Roles({ chosen }: { readonly chosen: PinRole }): ReactNode {
  const t = useT();
  return (
    <div className="staff-dialog__roles" role="group" aria-label={t('signIn.roles')}>
      {pinRoles.map((role) => (
        <button
          key={role}
          type="button"
          className="who-button"
          aria-pressed={role === chosen}
          data-testid={`pin-role-${role}`}
          onClick={() => chooseRole(role)}
        >
          <Icon name={roleIcons[role]} />
          {t(ROLE_KEYS[role])}
        </button>
      ))}
    </div>
  );
}

const ASK_KEYS = {
  'sign-in': 'signIn.ask.sign-in',
  current: 'signIn.ask.current',
  new: 'signIn.ask.new',
  again: 'signIn.ask.again',
} as const satisfies KeysOf<'signIn.ask', PinEntry['step']['name']>;

/** What was wrong with the last typing, and what to type now. */
function Asked({ entry, pin }: EntryProps & { readonly pin: PinView | null }): ReactNode {
  const t = useT();
  const { step, problem, role } = entry;
  return (
    <>
      {problem === 'pin-set' && (
        <p className="tone-note" role="status" data-tone="clear" data-testid="pin-set">
          <Icon name="circleCheck" />
          {t('signIn.set')}
        </p>
      )}
      {problem !== null && problem !== 'pin-set' && (
        <Note
          tone={problem === 'pin-initial' ? 'wait' : 'alarm'}
          code={problem}
          {...(problem === 'pin-wrong' && pin !== null ? { triesLeft: pin.triesLeft } : {})}
        />
      )}
      <p className="staff-dialog__ask" data-testid="pin-ask">
        {t(ASK_KEYS[step.name], { role: t(ROLE_KEYS[role]) })}
      </p>
      {step.name === 'new' && <p data-testid="pin-rule">{t('signIn.rule')}</p>}
    </>
  );
}

interface NoteProps {
  readonly tone: 'alarm' | 'wait';
  readonly code: string;
  readonly triesLeft?: number;
}

function Note({ tone, code, triesLeft }: NoteProps): ReactNode {
  const t = useT();
  const reader = useReaderRole();
  const words =
    code === 'pins-differ'
      ? t('signIn.differ')
      : triesLeft === undefined
        ? refusalWords(t, code, null, reader)
        : t('signIn.triesLeft', { count: triesLeft });
  return (
    <p
      className="tone-note"
      role="alert"
      data-tone={tone}
      data-testid="pin-problem"
      data-code={code}
      data-left={triesLeft}
    >
      <Icon name="warning" />
      {words}
    </p>
  );
}

function Locked({ untilMs }: { readonly untilMs: number }): ReactNode {
  const t = useT();
  const words = useCallback(
    (nowMs: number) => {
      const { count, unit } = waitLeft(untilMs - nowMs);
      return t('signIn.locked', { time: t(WAIT_KEYS[unit], { count }) });
    },
    [t, untilMs],
  );
  const ref = useTickingText<HTMLSpanElement>(words, untilMs);
  return (
    <p className="tone-note" data-tone="wait" data-testid="pin-locked">
      <Icon name="lock" />
      <span ref={ref} />
    </p>
  );
}

const NOT_SET_HERE_KEYS = {
  manager: 'signIn.notSetHere.manager',
  technician: 'signIn.notSetHere.technician',
} as const satisfies KeysOf<'signIn.notSetHere', PinRole>;

function NotSet({ role, pin }: { readonly role: PinRole; readonly pin: PinView }): ReactNode {
  const t = useT();
  const may = pin.maySet === 'yes';
  return (
    <>
      <p className="tone-note" data-tone="wait" data-testid="pin-not-set">
        <Icon name="question" />
        {t(may ? 'signIn.notSet' : NOT_SET_HERE_KEYS[role], { role: t(ROLE_KEYS[role]) })}
      </p>
      {may && (
        <Button
          size="money"
          look="strong"
          label={t('signIn.setNow')}
          testId="pin-set-now"
          onPress={() => setPinOf(role)}
        />
      )}
    </>
  );
}
