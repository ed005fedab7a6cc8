/** Components by themselves, in every state that they have. */
import { Amount } from '../../renderer/components/amount.tsx';
import { Button, type ButtonProps } from '../../renderer/components/button.tsx';
import { Figure, UnderWay } from '../../renderer/components/figure.tsx';
import { HoldButton } from '../../renderer/components/form/hold-button.tsx';
import { Notices } from '../../renderer/till/header/notice-bar.tsx';
import { ProblemNote } from '../../renderer/components/problem-note.tsx';
import { useT } from '../../renderer/i18n/i18n.ts';
import type { GalleryEntry } from './entry.ts';

const looks = ['strong', 'wait', 'paid', 'alarm', 'quiet'] as const;
const states: readonly Partial<ButtonProps>[] = [
  {},
  { busy: true },
  { disabled: true },
  { icon: 'again' },
  { hint: 'F4' },
];

function Buttons({ size }: { readonly size: 'money' | 'tall' | 'plain' }): React.ReactNode {
  const t = useT();
  return looks.flatMap((look) =>
    states.map((state, index) => (
      <Button
        key={`${look}${String(index)}`}
        size={size}
        look={look}
        label={t('action.cancel')}
        onPress={() => undefined}
        {...state}
      />
    )),
  );
}

function Words(): React.ReactNode {
  const t = useT();
  return (
    <>
      <Amount fen={12_800} />
      <HoldButton look="alarm" label={t('action.cancel')} onHeld={() => undefined} />
      <ProblemNote code="too-large" field="amountFen" testId="sheet-problem" />
      <Notices notices={[{ code: 'offline', on: true, detail: null }]} onRead={undefined} />
      {(['process', 'wait', 'clear', 'paid', 'alarm'] as const).map((tone) => (
        <div key={tone} data-tone={tone}>
          <Figure icon="warning" />
          <UnderWay />
        </div>
      ))}
    </>
  );
}

export const partEntries: readonly GalleryEntry[] = [
  { id: 'parts-money-buttons', sheet: () => <Buttons size="money" /> },
  { id: 'parts-tall-buttons', sheet: () => <Buttons size="tall" /> },
  { id: 'parts-buttons', sheet: () => <Buttons size="plain" /> },
  { id: 'parts-words', sheet: () => <Words /> },
];
