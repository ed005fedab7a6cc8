/** build/installer.nsh compiled by the real makensis, with the definitions of electron-builder's templates. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const include = resolve(import.meta.dirname, '../../build/installer.nsh');
const TEMPLATES = resolve(import.meta.dirname, '../../node_modules/app-builder-lib/templates/nsis');
const source = readFileSync(include, 'utf8');
const makensis = spawnSync('makensis', ['-VERSION']).error === undefined;
if (!makensis) console.warn('SKIPPED: makensis is missing (Debian: apt-get install nsis)');

/** `isUpdated` replaces the template's flag, which needs a plugin that Debian does not have. */
const harness = (uninstaller: boolean): string => `
Unicode true
!include LogicLib.nsh
!define PRODUCT_NAME "FacePay Kiosk"
!define APP_EXECUTABLE_FILENAME "FacePay Kiosk.exe"
!macro _isUpdated _a _b _t _f
  StrCmp "$R9" "true" \`\${_t}\` \`\${_f}\`
!macroend
!define isUpdated \`"" isUpdated ""\`
${uninstaller ? '!define BUILD_UNINSTALLER' : ''}
!include "${include}"
Name "\${PRODUCT_NAME}"
OutFile "facepay-setup-of-the-test.exe"
Function .onInit
  !insertmacro customInit
FunctionEnd
Section "install"
  StrCpy $INSTDIR "C:\\Program Files\\FacePay Kiosk"
  !insertmacro customCheckAppRunning
  !insertmacro customInstall
  WriteUninstaller "$INSTDIR\\uninstall.exe"
SectionEnd
Function un.checkAppRunning
  !insertmacro customCheckAppRunning
FunctionEnd
Section "un.Uninstall"
  Call un.checkAppRunning
  !insertmacro customUnInstall
SectionEnd
`;

describe('the installer’s include', () => {
  it.runIf(makensis).each([false, true])('compiles without a warning (as the uninstaller: %s)', (uninstaller) => {
    const folder = mkdtempSync(join(tmpdir(), 'facepay-nsis-'));
    try {
      writeFileSync(join(folder, 'harness.nsi'), harness(uninstaller));
      const { status, stdout, stderr } = spawnSync('makensis', ['-WX', '-V2', '-INPUTCHARSET', 'UTF8', 'harness.nsi'], {
        cwd: folder,
        encoding: 'utf8',
      });
      expect([status, stdout + stderr]).toEqual([0, '']);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('fills hooks that electron-builder’s templates have', () => {
    const all = ['installer.nsi', 'installSection.nsh', 'uninstaller.nsh', 'include/allowOnlyOneInstallerInstance.nsh']
      .map((name) => readFileSync(join(TEMPLATES, name), 'utf8'))
      .join('\n');
    const hooks = [...source.matchAll(/^!macro (\w+)/gm)].map(([, name]) => name);
    expect(hooks).toEqual(['customInit', 'customCheckAppRunning', 'customInstall', 'customUnInstall']);
    for (const hook of hooks) expect(all).toContain(`!insertmacro ${String(hook)}`);
  });

  it('refuses a Windows before 10 before anything is written, also when silent, by what no manifest can hide', () => {
    const init = source.slice(source.indexOf('!macro customInit'), source.indexOf('!macro customCheckAppRunning'));
    expect(init).toMatch(/ReadRegDWORD \$R0 HKLM .* "CurrentMajorVersionNumber"\n {2}\$\{If\} \$R0 < 10\n/);
    expect(init).toMatch(/MessageBox \S+ "\$R0" \/SD IDOK\n {4}SetErrorLevel 1150\n {4}Quit\n/);
    expect(init).not.toMatch(/Write|RMDir|Delete/);
    // The template has chosen the registry of 64 bits before.
    const installer = readFileSync(resolve(TEMPLATES, 'installer.nsi'), 'utf8');
    expect(installer.indexOf('!insertmacro check64BitAndSetRegView')).toBeLessThan(
      installer.indexOf('!insertmacro customInit'),
    );
  });

  it('asks the app to quit in the words that the app knows, and leaves the start to the lock where there is one', () => {
    const words = /'(--quit-[\w-]+)'/.exec(
      readFileSync(resolve(import.meta.dirname, '../../electron/shell/quit-for-update.ts'), 'utf8'),
    )?.[1];
    expect(source).toContain(`Exec \`"$INSTDIR\\\${APP_EXECUTABLE_FILENAME}" ${String(words)}\``);
    expect(source).toMatch(
      /EnumRegKey \$R0 HKLM "\$\{FACEPAY_LOCK_KEY\}" 0\n {4}\$\{If\} \$R0 == ""\n {6}WriteRegStr HKLM "\$\{FACEPAY_RUN_KEY\}"/,
    );
    expect(readFileSync(resolve(import.meta.dirname, '../../build/machine/windows/Walk.ps1'), 'utf8')).toContain(
      "'HKLM:\\SOFTWARE\\FacePayKiosk'",
    );
  });

  it('ends no process by force, asks before the journal goes, and keeps it when silent or when upgrading', () => {
    expect(source).not.toMatch(/taskkill|Stop-Process|KillProc/i);
    const uninstall = source.slice(source.indexOf('!macro customUnInstall'));
    expect(uninstall).toMatch(/^!macro customUnInstall\n {2}\$\{IfNot\} \$\{isUpdated\}/);
    expect(uninstall).toMatch(/MB_DEFBUTTON2 "\$R0" \/SD IDNO IDNO \+2\n {4}RMDir \/r "\$PROFILE\\\.facepay-kiosk"\n/);
    expect(source.match(/RMDir/g)).toHaveLength(1);
    expect(uninstall).toContain('resources\\machine\\windows\\Set-FacePayKiosk.ps1" -Undo');
  });
});
