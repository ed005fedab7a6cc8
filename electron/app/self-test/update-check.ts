/**
 * The update channel: whether it can be reached and is signed, how new this version is, and when the feed last
 * answered. It downloads nothing.
 */
import { finding, type Figures, type SelfTestLine } from '../../../shared/self-test/self-test.ts';
import type { Clock } from '../../base/clock.ts';
import { openFeedClient } from '../../updates/feed-client.ts';
import { manifestText } from '../../updates/look.ts';
import { keyIdOf, MANIFEST_NAME, readManifest } from '../../updates/manifest.ts';
import { peekRecord } from '../../updates/record.ts';
import { updatePaths } from '../../updates/update-paths.ts';
import { readUpdateSettings, sourceOf, type Surroundings } from '../../updates/update-settings.ts';
import { compareVersions } from '../../updates/version.ts';
import { connectThrough } from '../../wechat/connect-through.ts';
import type { Way } from '../../wechat/way.ts';
import { SELF_TEST_CHECK_MS } from '../../../shared/timing.ts';

const DAY_MS = 86_400_000;
/** A terminal that is switched on asks four times a day. */
const SILENT_DAYS = 7;

export interface UpdateCheckParts {
  readonly folder: string;
  readonly version: string;
  readonly clock: Clock;
  readonly surroundings: Surroundings;
  readonly way: Way;
}

export async function updateCheck({
  folder,
  version,
  clock,
  surroundings,
  way,
}: UpdateCheckParts): Promise<SelfTestLine> {
  const paths = updatePaths(folder);
  const settings = readUpdateSettings(paths.settings);
  const { url, keyPem } = sourceOf(settings, surroundings);
  if (!settings.enabled) return finding('update', 'off');
  if (url === null) return finding('update', 'by-hand');
  const record = peekRecord(paths.record);
  const { trial, lastLook } = record ?? { trial: { at: 'rest' as const }, lastLook: null };
  if (trial.at === 'stuck') return finding('update', 'stuck', { from: trial.from, to: trial.to });
  if (keyPem === null || keyIdOf(keyPem) === null) return finding('update', 'no-key');
  const connect = connectThrough(way, clock);
  const client = openFeedClient({ connect, caPem: settings.caPem, silenceMs: SELF_TEST_CHECK_MS / 2, clock });
  const text = await manifestText({ client, url }, MANIFEST_NAME);
  if (!('text' in text))
    return finding('update', text.problem === 'bad-manifest' ? 'not-signed' : text.problem, {
      feed: new URL(url).host,
    });
  const release = readManifest(text.text, keyPem);
  if (!release.ok) return finding('update', 'not-signed', { feed: new URL(url).host });
  const days = lastLook === null ? null : Math.floor((clock.read().wallMs - lastLook.atMs) / DAY_MS);
  const figures: Figures = { newest: release.value.version, version, days: days ?? '-' };
  if (days !== null && days > SILENT_DAYS) return finding('update', 'not-looking', figures);
  return finding('update', compareVersions(release.value.version, version) > 0 ? 'waiting' : 'newest', figures);
}
