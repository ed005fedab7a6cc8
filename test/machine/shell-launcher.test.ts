/** The configuration of Shell Launcher, filled in as Start.ps1 does. */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import manifest from '../../package.json' with { type: 'json' };
import { sourceOf } from './powershell.ts';

const PROGRAM = `C:\\Program Files\\${manifest.productName}\\${manifest.productName}.exe`;
const xml = sourceOf('shell-launcher.xml').replace('@PROGRAM@', PROGRAM).replace('@USER@', 'facepay');
// oxlint-disable-next-line typescript/no-deprecated -- its successor is a package of its own
const isWellFormed = (text: string): boolean => XMLValidator.validate(text) === true;
const action = z.object({ Action: z.string() });
const shape = z.object({
  ShellLauncherConfiguration: z.object({
    Profiles: z.object({
      DefaultProfile: z.object({ Shell: z.object({ Shell: z.string() }) }),
      Profile: z.object({
        Id: z.string(),
        Shell: z.object({
          Shell: z.string(),
          ReturnCodeActions: z.object({ ReturnCodeAction: z.array(action.extend({ ReturnCode: z.string() })) }),
          DefaultAction: action,
        }),
      }),
    }),
    Configs: z.object({
      Config: z.object({ Account: z.object({ Name: z.string() }), Profile: z.object({ Id: z.string() }) }),
    }),
  }),
});
const { Profiles, Configs } = shape.parse(
  new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '', parseAttributeValue: false }).parse(xml),
).ShellLauncherConfiguration;

describe('what Shell Launcher is told', () => {
  it('is well-formed, and nothing in it is left to be filled in', () => {
    expect(isWellFormed(xml)).toBe(true);
    expect(isWellFormed(xml.replace('</Configs>', ''))).toBe(false);
    expect(xml).not.toContain('@');
  });

  it('gives the kiosk’s user the installed app, and everybody else Explorer', () => {
    expect(Profiles.Profile.Shell.Shell).toBe(`${PROGRAM} --restarted-by-shell`);
    expect(sourceOf('Set-FacePayKiosk.ps1')).toContain(`-ChildPath '${manifest.productName}.exe'`);
    expect(Configs.Config).toEqual({ Account: { Name: 'facepay' }, Profile: { Id: Profiles.Profile.Id } });
    expect(Profiles.DefaultProfile.Shell.Shell).toBe('%SystemRoot%\\explorer.exe');
  });

  it('starts the app again however it ended', () => {
    const { ReturnCodeActions, DefaultAction } = Profiles.Profile.Shell;
    expect(ReturnCodeActions.ReturnCodeAction.map(({ ReturnCode }) => ReturnCode)).toEqual(['0', '1']);
    expect(new Set([...ReturnCodeActions.ReturnCodeAction, DefaultAction].map(({ Action }) => Action))).toEqual(
      new Set(['RestartShell']),
    );
  });
});
