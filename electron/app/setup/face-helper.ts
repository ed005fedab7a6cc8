/** The helper of the vendor's face SDK in a set-up: looked at on this machine, and known by its hash from then on. */
import type { SetupProblem } from '../../../shared/contract/setup.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Merchant } from '../../../shared/settings.ts';
import { helperFiles, helperHash, type HelperFiles } from '../../face-bridge/helper-file.ts';

/**
 * The merchant with the helper's hash, or what is wrong with its files. A hash that was written down beforehand must be
 * the helper's.
 */
export function withHelperHash(merchant: Merchant, files: HelperFiles = helperFiles): Result<Merchant, SetupProblem> {
  const { faceHelper } = merchant;
  if (faceHelper === undefined) return ok(merchant);
  const hash = helperHash(faceHelper, files);
  if (!hash.ok) {
    const isLibrary = hash.error === 'library-missing' || hash.error === 'library-unprotected';
    return fail({ field: isLibrary ? 'faceLibrary' : 'faceProgram', code: hash.error });
  }
  const sha256 = hash.value;
  if (faceHelper.sha256 !== undefined && faceHelper.sha256 !== sha256)
    return fail({ field: 'faceProgram', code: 'helper-changed' });
  return ok({ ...merchant, faceHelper: { ...faceHelper, sha256 } });
}

/** For the audit trail: which programs are started beside the camera. Empty without any. */
export const aboutFaceHelper = ({ faceHelper }: Pick<Merchant, 'faceHelper'>): readonly string[] =>
  faceHelper === undefined
    ? []
    : [
        // A part of it says which one it was; the whole looks like a key, and keys are taken out of all texts.
        `face helper ${faceHelper.program} (SHA-256 ${faceHelper.sha256?.slice(0, 16) ?? 'unknown'}...)`,
        `face library ${faceHelper.library}`,
      ];
