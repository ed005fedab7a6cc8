/** `facepay update sign`: for people who publish releases, not for a terminal. */
import { signRelease } from '../updates/sign-release.ts';
import packageJson from '../../package.json' with { type: 'json' };
import type { Command } from './arguments.ts';
import type { Terminal } from './commands.ts';
import { EXIT, type ExitCode } from './output.ts';

export async function signUpdate(
  { clock, output }: Terminal,
  { folder, key, version, minimum, channel, staging }: Extract<Command, { name: 'update' }>,
): Promise<ExitCode> {
  const signed = await signRelease({
    folder,
    keyFile: key,
    version: version ?? packageJson.version,
    minimumVersion: minimum,
    channel,
    stagingPercentage: staging,
    wallMs: clock.read().wallMs,
  });
  if (!signed.ok) {
    output.problems(signed.error);
    return EXIT.badInput;
  }
  const { value: release } = signed;
  const names = release.files.map(({ name }) => name).join(', ');
  output.say(
    `Signed ${release.version} (${release.channel}, for ${String(release.stagingPercentage)} of 100 terminals): ${names}.`,
    { type: 'update-signed', ...release },
  );
  return EXIT.cancelled;
}
