import { useState, type ReactNode } from 'react';
import { PIN_DIGITS_MAX, type PinRole } from '../../../../shared/contract/staff.ts';
import { useT, type MessageKey } from '../../../i18n/i18n.ts';
import { useReaderRole } from '../../../i18n/reader-role.ts';
import { SecretField } from '../../../components/form/secret-field.tsx';
import { useStaff } from '../../../state/staff.ts';
import { refusalWords } from '../../../i18n/code-words.ts';
import {
  noPins,
  problemWithPins,
  shownPinProblem,
  withPinLeft,
  withPinsSent,
  withPinTyped,
  type NewPins,
  type PinField,
} from '../pin-rules.ts';
import { next, setFirstPin } from '../setup-acts.ts';
import { changeEntry } from '../setup-commands.ts';
import { withHeldBack, type Entry } from '../setup-form.ts';
import { SetupNote, StepFrame } from '../step-frame.tsx';

/** Main refused a PIN: it is not set, and this is why. */
interface Refused {
  readonly role: PinRole;
  readonly code: string;
}

const NO_NUMBERS: readonly string[] = [];

/**
 * Who may set up the terminal and who decides about money: each gets a PIN. A PIN that is set already is not asked for.
 */
export function PeopleStep({ entry }: { readonly entry: Entry }): ReactNode {
  const t = useT();
  const technicianSet = useStaff((staff) => staff.view?.pins.technician.set === true);
  const managerSet = useStaff((staff) => staff.view?.pins.manager.set === true);
  const [technician, setTechnician] = useState(noPins);
  const [manager, setManager] = useState(noPins);
  const known = useStaff((staff) => staff.view?.knownNumbers ?? NO_NUMBERS);
  const [refused, setRefused] = useState<Refused | null>(null);
  const open: readonly (readonly [PinRole, NewPins])[] = [
    ...(technicianSet ? [] : [['technician', technician] as const]),
    ...(managerSet ? [] : [['manager', manager] as const]),
  ];
  const set = async (): Promise<void> => {
    setTechnician(withPinsSent);
    setManager(withPinsSent);
    const allRight = open.every(([, typed]) => problemWithPins(typed, known) === null);
    const found = allRight ? await setInTurn(open) : null;
    setRefused(found);
    if (!allRight || found !== null) {
      changeEntry(withHeldBack);
      return;
    }
    setTechnician(noPins);
    setManager(noPins);
    await next();
  };
  const pair = (role: PinRole, pins: NewPins, put: (pins: NewPins) => void): ReactNode => (
    <PinPair
      role={role}
      pins={pins}
      known={known}
      refused={refused?.role === role ? refused.code : null}
      onType={(field, text) => {
        setRefused(null);
        put(withPinTyped(pins, field, text));
      }}
      onLeave={() => put(withPinLeft(pins))}
    />
  );
  return (
    <StepFrame entry={entry} title={t('setup.people.title')} lead={t('setup.people.lead')} onNext={() => void set()}>
      {technicianSet ? <PinKept role="technician" /> : pair('technician', technician, setTechnician)}
      {managerSet ? <PinKept role="manager" /> : pair('manager', manager, setManager)}
    </StepFrame>
  );
}

/** The technician's comes first: it lets the person go on with the set-up. */
async function setInTurn(pins: readonly (readonly [PinRole, NewPins])[]): Promise<Refused | null> {
  for (const [role, { pin }] of pins) {
    const code = await setFirstPin(role, pin);
    if (code !== null) return { role, code };
  }
  return null;
}

const PEOPLE_KEYS = {
  technician: { legend: 'setup.people.technician', set: 'setup.people.technicianSet' },
  manager: { legend: 'setup.people.manager', set: 'setup.people.managerSet' },
} as const satisfies Record<PinRole, Record<'legend' | 'set', MessageKey>>;

function PinKept({ role }: { readonly role: PinRole }): ReactNode {
  const t = useT();
  return <SetupNote tone="clear" icon="lock" words={t(PEOPLE_KEYS[role].set)} testId={`pin-kept-${role}`} />;
}

interface PinPairProps {
  readonly role: PinRole;
  readonly pins: NewPins;
  readonly known: readonly string[];
  readonly refused: string | null;
  readonly onType: (field: PinField, text: string) => void;
  readonly onLeave: () => void;
}

function PinPair({ role, pins, known, refused, onType, onLeave }: PinPairProps): ReactNode {
  const t = useT();
  const reader = useReaderRole();
  const problem = refused === null ? shownPinProblem(pins, known) : { at: 'pin', code: refused };
  const errorOn = (at: PinField): string | null => {
    if (problem === null || problem.at !== at) return null;
    return problem.code === 'pins-differ' ? t('setup.people.differ') : refusalWords(t, problem.code, null, reader);
  };
  return (
    <fieldset className="choices">
      <legend className="choices__legend">{t(PEOPLE_KEYS[role].legend)}</legend>
      <div className="wizard__pair">
        <SecretField
          label={t('setup.people.pin')}
          hint={t('setup.people.pinHint')}
          error={errorOn('pin')}
          value={pins.pin}
          keys="digits"
          lengthMax={PIN_DIGITS_MAX}
          autoFocus={role === 'technician'}
          testId={`pin-${role}`}
          onChange={(text) => onType('pin', text)}
          onLeave={onLeave}
        />
        <SecretField
          label={t('setup.people.again')}
          error={errorOn('again')}
          value={pins.again}
          keys="digits"
          lengthMax={PIN_DIGITS_MAX}
          testId={`pin-${role}-again`}
          onChange={(text) => onType('again', text)}
          onLeave={onLeave}
        />
      </div>
    </fieldset>
  );
}
