/** Set-up as main sends it, and its form filled in correctly, for a service provider. */
import type { SetupDraft, SetupFields, SetupState } from '../../../shared/contract/setup.ts';

export const setupFields: SetupFields = {
  mode: 'partner',
  appid: 'wx8888888888888888',
  mchId: '1900000109',
  subAppid: '',
  subMchId: '1900000999',
  signType: 'HMAC-SHA256',
  family: 'facepay',
  device: 'none',
  faceProgram: '',
  faceLibrary: '',
  codePort: '',
  codeBaudRate: 9_600,
  codeTerminator: 'cr',
  codePortUsb: '',
  primary: 'https://api.mch.weixin.qq.com',
  backup: 'https://api2.mch.weixin.qq.com',
  faceGateway: 'https://payapp.weixin.qq.com',
  proxy: '',
  proxyUser: '',
  noProxy: '',
  storeId: 'store-1',
  storeName: '江边便利店',
  deviceId: 'kiosk-1',
  language: 'zh-CN',
  protection: 'device',
  acceptWeakProtection: false,
};

export const emptyDraft: SetupDraft = {
  draftId: 'd',
  certificate: { state: 'none' },
  apiKey: 'none',
  authority: 'none',
  supportPassphrase: 'none',
  proxyPassword: 'none',
};

export const freshState: SetupState = {
  environment: 'practice',
  fresh: true,
  technicianPin: false,
  merchantSet: false,
  fields: setupFields,
  secrets: 'none',
  apiKeyStored: false,
  proxyPasswordStored: false,
  certificate: null,
  previous: null,
  protection: { now: null, offered: ['device'], recommended: 'device', keyStore: 'none', facepay: 'opens' },
  faceDevice: 'simulated',
  notOpened: null,
};
