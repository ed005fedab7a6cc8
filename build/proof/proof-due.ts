/** Which figures are missing, or older than the code that they cover, and why. Pure text. */
import { typedCommand, type PartName, type Proof } from '../../shared/proof.ts';

const NAMED_MAX = 5;

export interface DueParts {
  /** Parts that have no figures that may be shown. */
  readonly due: readonly PartName[];
  /** The files that a part covers. */
  readonly filesOf: (part: PartName) => readonly string[];
  /** The files that differ from a commit; `null` if there is no git, or it does not know the commit. */
  readonly changedSince: (commit: string) => readonly string[] | null;
}

/** One line for each part that must be measured: why, and the command for it. */
export function whyDue(proof: Proof, { due, filesOf, changedSince }: DueParts): readonly string[] {
  const why = (part: PartName): string => {
    const measured = proof[part];
    if (measured === undefined) return 'never measured';
    const on = `measured on ${measured.date} at ${measured.commit}`;
    if (measured.command !== typedCommand(part)) return `${on} by ${measured.command}, not by ${typedCommand(part)}`;
    const files = filesOf(part);
    const changed = changedSince(measured.commit)?.filter((path) => files.includes(path)) ?? [];
    // Without git the hash shows only that something changed, not what.
    if (changed.length === 0) return `${on}; what it covers has changed since`;
    const more = changed.length > NAMED_MAX ? ` and ${String(changed.length - NAMED_MAX)} more` : '';
    return `${on}; changed since: ${changed.slice(0, NAMED_MAX).join(', ')}${more}`;
  };
  return due.map((part) => `${part}: ${why(part)}. npm run proof -- ${part}`);
}
