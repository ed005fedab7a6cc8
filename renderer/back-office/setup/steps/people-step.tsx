import { useState, type ReactNode } from 'react';
import { PIN_DIGITS_MAX, type PinRole } from '../../../../shared/contract/staff.ts';
import { useT, type MessageKey } from '../../../i18n/i18n.ts';
import { SecretField } from '../../../components/form/secret-field.tsx';
import { useStaff } from '../../../state/staff.ts';
import { refusalWords } from '../../../i18n/code-words.ts';
import { noPins, problemWithPins, type NewPins } from '../pin-rules.ts';
import { next, setFirstPin } from '../setup-acts.ts';
import { changeEntry } from '../setup-commands.ts';
import { withHeldBack, type Entry } from '../setup-form.ts';
import { SetupNote, StepFrame } from '../step-frame.tsx';

interface Wrong {
  readonly role: PinRole;
  readonly at: 'pin' | 'again';
  readonly code: string;
}

/**
 * Who may set up the terminal and who decides about money: each gets a PIN. A PIN that is set already is not asked for.
 */
export function PeopleStep({ entry }: { readonly entry: Entry }): ReactNode {
  const t = useT();
  const technicianSet = useStaff((staff) => staff.view?.pins.technician.set === true);
  const managerSet = useStaff((staff) => staff.view?.pins.manager.set === true);
  const [technician, setTechnician] = useState(noPins);
  const [manager, setManager] = useState(noPins);
  const [wrong, setWrong] = useState<Wrong | null>(null);
  const open: readonly (readonly [PinRole, NewPins])[] = [
    ...(technicianSet ? [] : [['technician', technician] as const]),
    ...(managerSet ? [] : [['manager', manager] as const]),
  ];
  const set = async (): Promise<void> => {
    const found = await setInTurn(open);
    setWrong(found);
    if (found !== null) {
      changeEntry(withHeldBack);
      return;
    }
    setTechnician(noPins);
    setManager(noPins);
    await next();
  };
  const change = (put: (pins: NewPins) => void) => (pins: NewPins) => {
    setWrong(null);
    put(pins);
  };
  return (
    <StepFrame entry={entry} title={t('setup.people.title')} lead={t('setup.people.lead')} onNext={() => void set()}>
      {technicianSet ? (
        <PinKept role="technician" />
      ) : (
        <PinPair role="technician" pins={technician} wrong={wrong} onChange={change(setTechnician)} />
      )}
      {managerSet ? (
        <PinKept role="manager" />
      ) : (
        <PinPair role="manager" pins={manager} wrong={wrong} onChange={change(setManager)} />
      )}
    </StepFrame>
  );
}

/** All are checked before the first is set. The technician's comes first: it lets the person go on with the set-up. */
async function setInTurn(pins: readonly (readonly [PinRole, NewPins])[]): Promise<Wrong | null> {
  for (const [role, typed] of pins) {
    const problem = problemWithPins(typed);
    if (problem !== null) return { role, ...problem };
  }
  for (const [role, { pin }] of pins) {
    const code = await setFirstPin(role, pin);
    if (code !== null) return { role, at: 'pin', code };
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
  readonly wrong: Wrong | null;
  readonly onChange: (pins: NewPins) => void;
}

function PinPair({ role, pins, wrong, onChange }: PinPairProps): ReactNode {
  const t = useT();
  const errorOn = (at: Wrong['at']): string | null => {
    if (wrong === null || wrong.role !== role || wrong.at !== at) return null;
    return wrong.code === 'pins-differ' ? t('setup.people.differ') : refusalWords(t, wrong.code, null);
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
          onChange={(pin) => onChange({ ...pins, pin })}
        />
        <SecretField
          label={t('setup.people.again')}
          error={errorOn('again')}
          value={pins.again}
          keys="digits"
          lengthMax={PIN_DIGITS_MAX}
          testId={`pin-${role}-again`}
          onChange={(again) => onChange({ ...pins, again })}
        />
      </div>
    </fieldset>
  );
}
