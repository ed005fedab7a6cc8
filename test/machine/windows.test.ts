/** The Windows scripts, checked by their syntax tree. They were never run: there is no Windows here. */
import { describe, expect, it } from 'vitest';
import { ALIASES, all, APPROVED_VERBS, SCRIPTS, sourceOf, treeOf } from './powershell.ts';

const KINDS = [
  'Registry',
  'Power',
  'Key',
  'Filter',
  'Feature',
  'User',
  'Profile',
  'Secret',
  'Hive',
  'Shell',
  'Task',
  'Run',
];
const commandsOf = (source: string): string[] =>
  treeOf(source)
    .descendantsOfType('command_name')
    .flatMap((node) => (node === null ? [] : [node.text]));
const isFullName = (command: string): boolean =>
  /^([A-Z][A-Za-z]+-[A-Z]\w+|(powercfg|reg)\.exe)$/.test(command) && !ALIASES.has(command.toLowerCase());

describe('the Windows scripts', () => {
  it.each(SCRIPTS)(
    '%s has no syntax error, and no letter that Windows PowerShell would read in the machine’s own code page',
    (name) => {
      expect(treeOf(sourceOf(name)).hasError).toBe(false);
      expect(sourceOf(name)).toMatch(/^[\n\x20-\x7e]+$/);
    },
  );

  it('stop at the first error, in strict mode', () => {
    for (const name of ['Set-FacePayKiosk.ps1', 'Bridge.ps1'])
      expect(sourceOf(name)).toMatch(/^Set-StrictMode -Version Latest\n\$ErrorActionPreference = 'Stop'$/m);
  });

  it('name functions by approved verbs, once each', () => {
    const functions = all('function_name');
    expect(functions.length).toBeGreaterThan(60);
    expect(functions.filter((name) => !APPROVED_VERBS.has(name.split('-')[0] ?? ''))).toEqual([]);
    expect(new Set(functions).size).toBe(functions.length);
  });

  it('call commands by their full names, without running text as code', () => {
    const commands = all('command_name');
    expect(commands.length).toBeGreaterThan(120);
    expect(commands.filter((name) => !isFullName(name))).toEqual([]);
    expect(commands).not.toContain('Invoke-Expression');
    expect(commandsOf('gci C:\\ | % { rm $_ }').filter(isFullName)).toEqual([]);
  });

  it('call no function of their own that is not there', () => {
    const known = new Set(all('function_name'));
    const own = all('command_name').filter((name) =>
      /-(\w*Setting|\w*Hindrance|Kiosk\w*|Known\w*|Feature\w*|Shell\w*|Bridge|Applied|Kept|Report|Standing|Advice|Journal|ProfileFolder|PlainXml|IsAdministrator|RandomPassword|EmptyRoot|ExitCode|RestartNeeded|ClearPassword|FilterEntry)$/.test(
        name,
      ),
    );
    expect(own.length).toBeGreaterThan(60);
    expect(own.filter((name) => !known.has(name))).toEqual([]);
  });

  it('read and write every kind that the table has, by one walk forwards and one backwards', () => {
    const table = sourceOf('Settings.ps1');
    const kinds = new Set([...table.matchAll(/(?:\$Kind = |Kind = |-Kind )'(\w+)'/g)].map(([, kind]) => kind));
    expect([...kinds].sort()).toEqual([...KINDS].sort());
    const walk = sourceOf('Walk.ps1');
    const functions = all('function_name');
    for (const kind of KINDS) {
      for (const verb of ['Read', 'Write']) {
        expect(walk).toContain(`'${kind}' { ${verb}-${kind}Setting -Setting $Setting`);
        expect(functions).toContain(`${verb}-${kind}Setting`);
      }
    }
    const main = sourceOf('Set-FacePayKiosk.ps1');
    for (const act of ['Apply', 'Undo'])
      expect(main).toContain(`if ($${act}) { Invoke-${act} -Settings $settings -Failures $failures }`);
    expect(main).toContain('Get-Report -Settings $settings');
    expect(walk).toMatch(/function Invoke-Undo \{[^}]*?\[array\]::Reverse\(\$Settings\)/);
  });

  it('name each setting once: what was there before is kept under that name', () => {
    const names = [...sourceOf('Settings.ps1').matchAll(/-Name '([^']+)'/g)].map(([, name]) => name);
    expect(names.length).toBeGreaterThan(40);
    expect(new Set(names).size).toBe(names.length);
  });

  it('keep the password out of the registry and off every command line, and the account whose profile has a journal', () => {
    const everything = SCRIPTS.map(sourceOf).join('\n');
    expect(everything).not.toMatch(
      /ConvertTo-SecureString|SecureStringToBSTR|-AsPlainText|-Entry 'DefaultPassword' -Type 'String'/,
    );
    expect(everything).toContain('[securestring]$Password');
    expect(sourceOf('Account.ps1')).toMatch(
      /if \(Test-Journal -User \$User\.Name\) \{ Disable-LocalUser -InputObject \$User \}\n\s+else \{ Remove-LocalUser/,
    );
    expect(everything.match(/Remove-LocalUser/g)).toHaveLength(1);
  });

  it('let go of the kiosk user’s registry whatever happens', () => {
    expect(sourceOf('Set-FacePayKiosk.ps1')).toMatch(/\} finally \{\n {4}Close-KioskHive\n\}/);
  });
});
