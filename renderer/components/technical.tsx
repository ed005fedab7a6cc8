import { useState, type ReactNode } from 'react';
import { useT } from '../i18n/i18n.ts';
import { Button } from './button.tsx';
import './technical.css';

export interface TechnicalButtonProps {
  readonly open: boolean;
  readonly onToggle: () => void;
}

/**
 * Opens and closes what is for a technician on the telephone: codes, addresses, figures, commits. A person's words stand
 * in front of it, so it is closed until somebody asks.
 */
export function TechnicalButton({ open, onToggle }: TechnicalButtonProps): ReactNode {
  const t = useT();
  return <Button icon="wrench" label={t('app.technical')} expanded={open} testId="technical" onPress={onToggle} />;
}

export interface TechnicalProps {
  readonly children: ReactNode;
}

/** One place of its own for codes, behind the button. */
export function Technical({ children }: TechnicalProps): ReactNode {
  const [open, setOpen] = useState(false);
  return (
    <div className="technical">
      <TechnicalButton open={open} onToggle={() => setOpen(!open)} />
      {open && (
        <p className="technical__codes" data-small-print>
          {children}
        </p>
      )}
    </div>
  );
}
