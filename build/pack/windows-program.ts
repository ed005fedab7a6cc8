/** Data read from a Windows program: versions, the archive's hash, whether it has a signature, and its processor. */
import { NtExecutable, NtExecutableResource, Resource } from 'resedit';
import { z } from 'zod';

export interface WindowsProgram {
  readonly machine: number;
  /** Whether a certificate table exists; only Windows can say whether it accepts it. */
  readonly signed: boolean;
  readonly strings: Readonly<Record<string, string>>;
  /** From Electron's INTEGRITY resource; empty if there is none. */
  readonly integrity: readonly { readonly file: string; readonly alg: string; readonly value: string }[];
  readonly icons: number;
}

const integritySchema = z.array(z.object({ file: z.string(), alg: z.string(), value: z.string() }));
const ICON_GROUP = 14;
/** The index of the certificate table among a PE's data directories. */
const CERTIFICATES = 4;
const DIRECTORIES_OFFSET_64 = 112;
const OPTIONAL_HEADER_OFFSET = 24;

/** Throws if the bytes are no 64-bit Windows program. */
export function readWindowsProgram(bytes: Buffer): WindowsProgram {
  const program = NtExecutable.from(bytes, { ignoreCert: true });
  const { entries } = NtExecutableResource.from(program, true);
  const [version] = Resource.VersionInfo.fromEntries(entries);
  const [language] = version?.getAllLanguagesForStringValues() ?? [];
  const resource = entries.find(({ type, id }) => type === 'INTEGRITY' && id === 'ELECTRONASAR');
  const directories = bytes.readUInt32LE(0x3c) + OPTIONAL_HEADER_OFFSET + DIRECTORIES_OFFSET_64;
  return {
    machine: program.newHeader.fileHeader.machine,
    signed: bytes.readUInt32LE(directories + 8 * CERTIFICATES + 4) > 0,
    strings: version === undefined || language === undefined ? {} : { ...version.getStringValues(language) },
    integrity:
      resource === undefined ? [] : integritySchema.parse(JSON.parse(Buffer.from(resource.bin).toString('utf8'))),
    icons: entries.filter(({ type }) => type === ICON_GROUP).length,
  };
}
