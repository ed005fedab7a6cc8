import { useEffect, useState, type ReactNode } from 'react';
import { beijingTime } from '../../../shared/beijing.ts';
import type { SheetRow } from '../../../shared/contract/shift-sheet.ts';
import { useCommand } from '../../bridge/use-command.ts';
import { Button } from '../../components/button.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { useT, type Translate } from '../../i18n/i18n.ts';
import { openSheet, useShift } from '../../state/shift.ts';
import { sumText } from '../history/words.ts';
import './shift-sheets.css';

interface Listed {
  readonly sheets: readonly SheetRow[];
  readonly more: boolean;
}

/** The sheets of the shifts that ended, newest first; each can be printed again. */
export function ShiftSheets(): ReactNode {
  const t = useT();
  const [listed, setListed] = useState<Listed | null>(null);
  const { busy, refusal, give } = useCommand('shift.sheets');
  // A hand-over brings a new sheet.
  const leftAtMs = useShift((state) => state.view?.left?.atMs ?? null);
  useEffect(() => {
    void give({ before: null }).then((done) => {
      if (done !== null) setListed(done.value);
    });
  }, [give, leftAtMs]);
  const earlier = async (before: number): Promise<void> => {
    const done = await give({ before });
    if (done === null) return;
    const { sheets, more } = done.value;
    setListed((shown) => ({ sheets: [...(shown?.sheets ?? []), ...sheets], more }));
  };
  const last = listed?.sheets.at(-1);
  return (
    <section className="shift-sheets" aria-labelledby="shift-sheets" data-testid="shift-sheets">
      <h2 className="shift-sheets__title" id="shift-sheets">
        {t('shifts.title')}
      </h2>
      {refusal !== null && <ProblemNote {...refusal} testId="shift-sheets-error" />}
      {listed?.sheets.length === 0 && <p>{t('shifts.none')}</p>}
      <ul className="shift-sheets__list">
        {listed?.sheets.map((sheet) => (
          <Row key={sheet.id} sheet={sheet} />
        ))}
      </ul>
      {listed?.more === true && last !== undefined && (
        <Button label={t('shifts.more')} busy={busy} testId="shift-sheets-more" onPress={() => void earlier(last.id)} />
      )}
    </section>
  );
}

function Row({ sheet }: { readonly sheet: SheetRow }): ReactNode {
  const t = useT();
  const { id, by, paid, open } = sheet;
  const when = whenOf(t, sheet);
  return (
    <li className="shift-sheets__row" data-testid="shift-sheet-row" data-id={id}>
      <b>{by ?? t('shifts.nobody')}</b>
      <span>{when}</span>
      <span>{t('shifts.paid', { count: paid.count, amount: sumText(paid.fen) })}</span>
      <span>{open > 0 && t('shifts.open', { count: open })}</span>
      <Button
        label={t('shifts.show')}
        name={`${t('shifts.show')} ${by ?? t('shifts.nobody')}, ${when}`}
        testId="shift-sheet-show"
        onPress={() => openSheet(id)}
      />
    </li>
  );
}

function whenOf(t: Translate, { fromMs, toMs }: SheetRow): string {
  const to = timeOf(toMs);
  if (fromMs === null) return t('shifts.begun', { to });
  const from = timeOf(fromMs);
  // The day is said once if it is the same.
  return t('shifts.row', { from, to: from.slice(0, 10) === to.slice(0, 10) ? to.slice(11) : to });
}

const timeOf = (atMs: number): string => beijingTime(atMs).slice(0, 16);
