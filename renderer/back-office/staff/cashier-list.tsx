import { useState, type ReactNode, type SubmitEvent } from 'react';
import { cashierNameSchema } from '../../../shared/contract/shift.ts';
import type { CashierTraining, TrainingResults } from '../../../shared/contract/training.ts';
import { act, busyKey } from '../../state/actions.ts';
import { useT } from '../../i18n/i18n.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { useStaff } from '../../state/staff.ts';
import { useKiosk } from '../../state/store.ts';
import { CourseResult, NobodysResult, ResultsTrouble, useCourseResults } from './course-results.tsx';

const NAME_MAX = 16;
const NO_NAMES: readonly string[] = [];

/** The cashiers' names: who is on the list signs on by tapping their own. */
export function CashierList(): ReactNode {
  const t = useT();
  const crew = useStaff((state) => state.view?.crew ?? null);
  const names = crew?.names ?? NO_NAMES;
  const results = useCourseResults(names);
  const trouble = results?.trouble ?? null;
  const nobodys = names.length === 0 ? resultFor(results, null) : undefined;
  return (
    <section className="staff-page__part">
      <h2 className="staff-page__subtitle">{t('staff.cashiers')}</h2>
      <p className="staff-page__hint">{t(names.length === 0 ? 'staff.noNames' : 'staff.namesNote')}</p>
      {trouble !== null && <ResultsTrouble trouble={trouble} />}
      {nobodys !== undefined && <NobodysResult result={nobodys} />}
      <ul className="cashier-list" data-testid="cashier-list">
        {names.map((name) => (
          <li key={name} className="cashier-list__row" data-testid="cashier" data-name={name}>
            <Icon name="person" />
            <div className="cashier-list__who">
              <b className="cashier-list__name">{name}</b>
              <NamedResult result={resultFor(results, name)} />
            </div>
            {crew?.on?.name === name ? (
              <span className="cashier-list__on">{t('staff.onShift')}</span>
            ) : (
              <Button
                label={t('staff.remove')}
                testId="cashier-remove"
                onPress={() => void act('cashier.remove', { name }, 'back-office')}
              />
            )}
          </li>
        ))}
      </ul>
      <AddCashier />
    </section>
  );
}

const resultFor = (results: TrainingResults | null, name: string | null): CashierTraining | undefined =>
  results?.cashiers.find((one) => one.name === name);

function NamedResult({ result }: { readonly result: CashierTraining | undefined }): ReactNode {
  return result === undefined ? null : <CourseResult result={result} />;
}

function AddCashier(): ReactNode {
  const t = useT();
  const [name, setName] = useState('');
  const adding = useKiosk((state) => state.busy.has(busyKey('cashier.add')));
  const parsed = cashierNameSchema.safeParse(name);
  const add = async (): Promise<void> => {
    if (parsed.success && (await act('cashier.add', { name: parsed.data }, 'back-office')) !== null) setName('');
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void add();
  };
  return (
    <form className="cashier-list__add" onSubmit={submit}>
      <label className="cashier-list__field">
        <span>{t('staff.nameLabel')}</span>
        <input
          className="cashier-list__input"
          data-testid="cashier-name"
          data-keys="any"
          inputMode="none"
          autoComplete="off"
          spellCheck={false}
          maxLength={NAME_MAX}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <Button
        look="strong"
        icon="person"
        label={t('staff.add')}
        testId="cashier-add"
        disabled={!parsed.success}
        busy={adding}
        onPress={() => void add()}
      />
    </form>
  );
}
