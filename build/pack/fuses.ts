/**
 * Electron's fuses as set in every packed app: bits in the binary that no argument, variable or file can change back.
 */
import { FuseState, FuseV1Options } from '@electron/fuses';

/**
 * A fuse, its required state, and its name in electron-builder's settings; `null` if Electron's own default is the
 * required state.
 */
export interface Fuse {
  readonly option: FuseV1Options;
  readonly name: string;
  readonly on: boolean;
  readonly builderKey:
    | 'runAsNode'
    | 'enableCookieEncryption'
    | 'enableNodeOptionsEnvironmentVariable'
    | 'enableNodeCliInspectArguments'
    | 'enableEmbeddedAsarIntegrityValidation'
    | 'onlyLoadAppFromAsar'
    | 'grantFileProtocolExtraPrivileges'
    | null;
}

/** In the order of the fuse wire. */
export const FUSES: readonly Fuse[] = [
  // ELECTRON_RUN_AS_NODE would make the app run any script with the app's own name and rights.
  { option: FuseV1Options.RunAsNode, name: 'RunAsNode', on: false, builderKey: 'runAsNode' },
  {
    option: FuseV1Options.EnableCookieEncryption,
    name: 'EnableCookieEncryption',
    on: true,
    builderKey: 'enableCookieEncryption',
  },
  // NODE_OPTIONS could load a script before ours; NODE_EXTRA_CA_CERTS could add an authority beside WeChat's.
  {
    option: FuseV1Options.EnableNodeOptionsEnvironmentVariable,
    name: 'EnableNodeOptionsEnvironmentVariable',
    on: false,
    builderKey: 'enableNodeOptionsEnvironmentVariable',
  },
  // --inspect would open the process that holds the merchant's key.
  {
    option: FuseV1Options.EnableNodeCliInspectArguments,
    name: 'EnableNodeCliInspectArguments',
    on: false,
    builderKey: 'enableNodeCliInspectArguments',
  },
  {
    option: FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
    name: 'EnableEmbeddedAsarIntegrityValidation',
    on: true,
    builderKey: 'enableEmbeddedAsarIntegrityValidation',
  },
  {
    option: FuseV1Options.OnlyLoadAppFromAsar,
    name: 'OnlyLoadAppFromAsar',
    on: true,
    builderKey: 'onlyLoadAppFromAsar',
  },
  {
    option: FuseV1Options.LoadBrowserProcessSpecificV8Snapshot,
    name: 'LoadBrowserProcessSpecificV8Snapshot',
    on: false,
    builderKey: null,
  },
  {
    option: FuseV1Options.GrantFileProtocolExtraPrivileges,
    name: 'GrantFileProtocolExtraPrivileges',
    on: false,
    builderKey: 'grantFileProtocolExtraPrivileges',
  },
  { option: FuseV1Options.WasmTrapHandlers, name: 'WasmTrapHandlers', on: true, builderKey: null },
];

/** The table as electron-builder's `electronFuses`. */
export const builderFuses: Readonly<Partial<Record<NonNullable<Fuse['builderKey']>, boolean>>> = Object.fromEntries(
  FUSES.flatMap(({ builderKey, on }) => (builderKey === null ? [] : [[builderKey, on]])),
);

/**
 * How a fuse wire (as read by `getCurrentFuseWire`) differs from the table, in words; empty if it does not. A fuse that
 * the table does not know is a fault.
 */
export function fuseFaults(wire: Readonly<Record<string, unknown>>): readonly string[] {
  const known = FUSES.flatMap(({ option, name, on }) => {
    const state = wire[option];
    return state === (on ? FuseState.ENABLE : FuseState.DISABLE)
      ? []
      : [`${name} is ${stateWord(state)}, not ${on ? 'on' : 'off'}`];
  });
  const options = new Set(FUSES.map(({ option }) => String(option)));
  const unknown = Object.keys(wire).filter((key) => /^\d+$/.test(key) && !options.has(key));
  return [...known, ...unknown.map((key) => `fuse ${key} is not in the table of build/pack/fuses.ts`)];
}

function stateWord(state: unknown): string {
  if (state === FuseState.ENABLE) return 'on';
  if (state === FuseState.DISABLE) return 'off';
  return state === undefined ? 'not there' : 'removed';
}
