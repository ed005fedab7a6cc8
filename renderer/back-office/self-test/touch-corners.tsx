import { useState, type PointerEvent, type ReactNode } from 'react';
import { useT, type KeysOf } from '../../i18n/i18n.ts';
import { Button } from '../../components/button.tsx';
import { useModal } from '../../components/use-modal.ts';
import './touch-corners.css';

const CORNERS = ['top-left', 'top-right', 'bottom-left', 'bottom-right'] as const;
type Corner = (typeof CORNERS)[number];

const CORNER_KEYS = {
  'top-left': 'selfTest.corner.top-left',
  'top-right': 'selfTest.corner.top-right',
  'bottom-left': 'selfTest.corner.bottom-left',
  'bottom-right': 'selfTest.corner.bottom-right',
} as const satisfies KeysOf<'selfTest.corner', Corner>;

/** The whole screen with a square in each corner. Only a finger counts: a mouse proves nothing about touch. */
export function TouchCorners({ onEnd }: { readonly onEnd: (reached: number) => void }): ReactNode {
  const t = useT();
  const dialog = useModal();
  const [reached, setReached] = useState<ReadonlySet<Corner>>(new Set());
  const touched = (corner: Corner, { pointerType }: PointerEvent): void => {
    if (pointerType !== 'touch') return;
    const now = new Set(reached).add(corner);
    setReached(now);
    if (now.size === CORNERS.length) onEnd(now.size);
  };
  const stop = (): void => onEnd(reached.size);
  return (
    <dialog
      ref={dialog}
      className="corners"
      aria-label={t('selfTest.touchTest')}
      data-testid="touch-corners"
      onCancel={stop}
    >
      {CORNERS.map((corner) => (
        <button
          key={corner}
          type="button"
          className="corners__corner"
          data-corner={corner}
          data-reached={reached.has(corner) || undefined}
          data-testid={`corner-${corner}`}
          aria-label={t(CORNER_KEYS[corner])}
          tabIndex={-1}
          onPointerDown={(event) => touched(corner, event)}
        >
          {reached.has(corner) ? '✓' : ''}
        </button>
      ))}
      <div className="corners__middle">
        <p>{t('selfTest.touchHint')}</p>
        <p className="corners__left" role="status">
          {t('selfTest.touchLeft', { count: CORNERS.length - reached.size })}
        </p>
        <Button size="tall" label={t('selfTest.touchStop')} testId="touch-stop" onPress={stop} />
      </div>
    </dialog>
  );
}
