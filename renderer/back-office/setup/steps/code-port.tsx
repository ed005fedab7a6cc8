import { useEffect, useState, type ReactNode } from 'react';
import type { SerialPortView } from '../../../../shared/contract/scanner.ts';
import type { SetupFields } from '../../../../shared/contract/setup.ts';
import { BAUD_RATES, codePortSchema, type Terminator } from '../../../../shared/settings.ts';
import { call } from '../../../bridge/api.ts';
import { Button } from '../../../components/button.tsx';
import { ChoiceCards, type Choice } from '../../../components/form/choice-cards.tsx';
import { useT, type KeysOf, type Translate } from '../../../i18n/i18n.ts';
import { CodeTry } from '../../self-test/code-try.tsx';
import { changeEntry } from '../setup-commands.ts';
import { withFields, type Entry } from '../setup-form.ts';
import { errorAt } from '../setup-words.ts';
import { SetupNote } from '../step-frame.tsx';
import { BoundField } from './bound-field.tsx';

/** Of the list; every other value is a port's path. */
const KEYBOARD = 'keyboard';
const BY_HAND = 'by-hand';

const TERMINATORS = [
  ['cr', 'CR'],
  ['lf', 'LF'],
  ['crlf', 'CR LF'],
] as const satisfies readonly (readonly [Terminator, string])[];

const WHY_KEYS = {
  cr: 'setup.codePort.why.cr',
  lf: 'setup.codePort.why.lf',
  crlf: 'setup.codePort.why.crlf',
  none: 'setup.codePort.why.none',
} as const satisfies KeysOf<'setup.codePort.why', Terminator>;

const change = (fields: Partial<SetupFields>): void => changeEntry((now) => withFields(now, fields));

/** Where the payment codes come from: by the keyboard alone, or over a serial port as well, which can be tried at once. */
export function CodePortSection({ entry }: { readonly entry: Entry }): ReactNode {
  const t = useT();
  const [ports, setPorts] = useState<readonly SerialPortView[] | null>(null);
  const [byHand, setByHand] = useState(false);
  const [trying, setTrying] = useState(false);
  const { codePort: path, codePortUsb: usb, codeBaudRate: baudRate, codeTerminator: terminator } = entry.fields;
  const [listings, setListings] = useState(0);
  useEffect(() => {
    void call('scanner.ports', {}).then((reply) => setPorts((reply.ok ? reply.value : null) ?? []));
  }, [listings]);
  const choose = (value: string): void => {
    setByHand(value === BY_HAND);
    const port = ports?.find((one) => one.path === value);
    if (value === KEYBOARD || value === BY_HAND) change({ codePort: '', codePortUsb: '' });
    else change({ codePort: value, ...(port === undefined ? {} : { codePortUsb: port.usb ?? '' }) });
  };
  const listed = ports?.some((port) => port.path === path) === true;
  const chosen = byHand ? BY_HAND : path === '' ? KEYBOARD : path;
  const tried = codePortSchema.safeParse({ path, baudRate, terminator, ...(usb === '' ? {} : { usb }) });
  return (
    <section className="wizard__section" aria-label={t('setup.codePort.title')}>
      <ChoiceCards
        legend={t('setup.codePort.title')}
        testId="code-port"
        chosen={chosen}
        choices={[
          { value: KEYBOARD, title: t('setup.codePort.keyboard'), why: t('setup.codePort.keyboardWhy') },
          ...(ports ?? []).map((port) => portChoice(t, port)),
          ...(path === '' || listed || byHand
            ? []
            : [{ value: path, title: path, why: t('setup.codePort.notListed') }]),
          { value: BY_HAND, title: t('setup.codePort.byHand'), why: t('setup.codePort.byHandWhy') },
        ]}
        onChoose={choose}
      />
      {byHand && <BoundField entry={entry} field="codePort" hint={t('setup.codePort.pathHint')} keys="latin" />}
      {!byHand && errorAt(t, entry, 'codePort') !== null && (
        <SetupNote tone="alarm" icon="warning" words={errorAt(t, entry, 'codePort') ?? ''} />
      )}
      {chosen !== KEYBOARD && <PortSettings fields={entry.fields} />}
      <div className="setup-row">
        <Button
          label={t('setup.codePort.list')}
          icon="again"
          testId="code-port-list"
          onPress={() => setListings(listings + 1)}
        />
        <Button
          label={t('selfTest.codeTry.open')}
          icon="keypad"
          testId="code-port-try"
          disabled={chosen !== KEYBOARD && !tried.success}
          onPress={() => setTrying(true)}
        />
      </div>
      {trying && <CodeTry port={chosen === KEYBOARD ? null : (tried.data ?? null)} onEnd={() => setTrying(false)} />}
    </section>
  );
}

const portChoice = (t: Translate, { path, name, usb }: SerialPortView): Choice<string> => ({
  value: path,
  title: name === path ? path : `${path} · ${name}`,
  why: usb === null ? t('setup.codePort.noUsb') : t('setup.codePort.usb', { usb }),
});

/** How the scanner sends: it must be set to the same. */
function PortSettings({ fields: { codeBaudRate, codeTerminator } }: { readonly fields: SetupFields }): ReactNode {
  const t = useT();
  return (
    <>
      <ChoiceCards
        legend={t('setup.field.codeTerminator')}
        testId="code-terminator"
        columns
        chosen={codeTerminator}
        choices={[
          ...TERMINATORS.map(([value, title]) => ({ value, title, why: t(WHY_KEYS[value]) })),
          { value: 'none', title: t('setup.codePort.none'), why: t(WHY_KEYS.none) },
        ]}
        onChoose={(terminator) => change({ codeTerminator: terminator })}
      />
      <ChoiceCards
        legend={t('setup.field.codeBaudRate')}
        testId="code-baud"
        columns
        chosen={String(codeBaudRate)}
        choices={BAUD_RATES.map((rate) => ({ value: String(rate), title: String(rate) }))}
        onChoose={(text) => {
          const rate = BAUD_RATES.find((one) => String(one) === text);
          if (rate !== undefined) change({ codeBaudRate: rate });
        }}
      />
    </>
  );
}
