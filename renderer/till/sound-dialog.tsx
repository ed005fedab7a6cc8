import type { ReactNode } from 'react';
import type { Sound } from '../../shared/settings.ts';
import { closeSound, setSound } from '../state/actions.ts';
import { give } from '../order/cues.ts';
import { useT, type KeysOf } from '../i18n/i18n.ts';
import { Button } from '../components/button.tsx';
import { HoldButton } from '../components/form/hold-button.tsx';
import { useModal } from '../components/use-modal.ts';
import { useKiosk } from '../state/store.ts';
import './sound-dialog.css';

const VOLUMES = ['low', 'middle', 'high'] as const;

const VOLUME_KEYS = {
  low: 'sound.low',
  middle: 'sound.middle',
  high: 'sound.high',
} as const satisfies KeysOf<'sound', (typeof VOLUMES)[number]>;

/** The volume of the till. Muting takes two steps and a held button, so that no sleeve does it by accident. */
export function SoundDialog(): ReactNode {
  const t = useT();
  const dialog = useModal();
  const sound = useKiosk((state) => state.sound);
  const choose = (wanted: Sound): void => void setSound(wanted).then(() => give('look'));
  return (
    <dialog
      ref={dialog}
      className="sound-dialog"
      aria-label={t('sound.title')}
      data-own-keys
      data-testid="sound-dialog"
      onCancel={closeSound}
    >
      <div className="dialog__page" tabIndex={-1} autoFocus>
        <h2 className="dialog__title">{t('sound.title')}</h2>
        <div className="sound-dialog__volumes" role="group" aria-label={t('sound.volume')}>
          {VOLUMES.map((volume) => (
            <Button
              key={volume}
              size="tall"
              look={!sound.muted && sound.volume === volume ? 'strong' : 'quiet'}
              pressed={!sound.muted && sound.volume === volume}
              label={t(VOLUME_KEYS[volume])}
              testId={`volume-${volume}`}
              onPress={() => choose({ muted: false, volume })}
            />
          ))}
        </div>
        {sound.muted ? (
          <Button
            size="money"
            icon="sound"
            label={t('sound.unmute')}
            testId="unmute"
            onPress={() => choose({ ...sound, muted: false })}
          />
        ) : (
          <HoldButton
            look="quiet"
            icon="muted"
            label={t('sound.mute')}
            testId="mute"
            onHeld={() => choose({ ...sound, muted: true })}
          />
        )}
        <p className="sound-dialog__note">{t('sound.note')}</p>
        <Button label={t('sound.close')} hint="Esc" testId="sound-close" onPress={closeSound} />
      </div>
    </dialog>
  );
}
