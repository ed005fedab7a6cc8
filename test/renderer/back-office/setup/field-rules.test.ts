import { describe, expect, test } from 'vitest';
import {
  asEntered,
  fieldsOn,
  isOptional,
  lengthMax,
  problemWith,
  textFields,
  type TextFieldName,
} from '../../../../renderer/back-office/setup/field-rules.ts';
import { stepIds } from '../../../../renderer/back-office/setup/plan.ts';
import { merchantSchema } from '../../../../shared/settings.ts';
import { setupFields } from '../../../support/terminal/setup-fields.ts';

const problem = (field: TextFieldName, text: string): string | null =>
  problemWith(field, { ...setupFields, [field]: text });

describe('a field', () => {
  test.each([
    ['mchId', '1900000109', null],
    ['mchId', '', 'missing'],
    ['mchId', '19000001O9', 'digits-only'],
    ['appid', 'wx8888888888888888', null],
    ['appid', '', 'missing'],
    ['appid', 'wx-8888', 'bad-characters'],
    ['subMchId', '', 'missing'],
    ['subMchId', '1900000999', null],
    ['subAppid', '', null],
    ['subAppid', 'wx_1', 'bad-characters'],
    ['primary', 'https://api.mch.weixin.qq.com', null],
    ['primary', 'http://api.mch.weixin.qq.com', 'not-an-https-origin'],
    ['primary', 'https://api.mch.weixin.qq.com/', 'not-an-https-origin'],
    ['primary', '', 'missing'],
    ['backup', '', null],
    ['backup', 'api2.mch.weixin.qq.com', 'not-an-https-origin'],
    ['faceGateway', '', 'missing'],
    ['storeName', '江边便利店', null],
    ['storeName', '', 'missing'],
    ['storeName', '店'.repeat(129), 'too-long'],
    ['storeId', 'x'.repeat(33), 'too-long'],
    ['deviceId', 'kiosk-1', null],
  ] as const)('%s with %j has the problem %s', (field, text, code) => {
    expect(problem(field, text)).toBe(code);
  });

  test('says nothing of what main would take: the two judge by one schema', () => {
    const { mode: _mode, ...texts } = setupFields;
    expect(
      merchantSchema.safeParse({
        appid: texts.appid,
        mchId: texts.mchId,
        subMchId: texts.subMchId,
        gateway: { primary: texts.primary, backup: texts.backup },
        faceGateway: texts.faceGateway,
      }).success,
    ).toBe(true);
    const shown = stepIds.flatMap((step) => fieldsOn(step, setupFields));
    expect(shown.filter((field) => problemWith(field, setupFields) !== null)).toEqual([]);
  });

  test('takes no more than it may hold, and that much is never too long', () => {
    for (const field of ['storeId', 'storeName', 'deviceId'] as const)
      expect(problem(field, 'x'.repeat(lengthMax[field]))).toBeNull();
  });
});

describe('what is pasted', () => {
  test('loses its blanks in an id or an address, and keeps them in a name', () => {
    expect(asEntered('mchId', ' 1900 0001 09\n')).toBe('1900000109');
    expect(asEntered('primary', '\thttps://a.example ')).toBe('https://a.example');
    expect(asEntered('storeName', 'Riverside\r\n Store')).toBe('Riverside Store');
  });
});

describe('the fields', () => {
  test('each stand on one step, the sub ids only for a service provider and the paths only for the face SDK', () => {
    const all = (['sdk-bridge', 'code'] as const).flatMap((device) =>
      stepIds.flatMap((step) => fieldsOn(step, { mode: 'partner', device })),
    );
    expect([...new Set(all)].sort()).toEqual([...textFields].sort());
    const few = stepIds.flatMap((step) => fieldsOn(step, { mode: 'merchant', device: 'none' }));
    expect(textFields.filter((field) => !few.includes(field))).toEqual([
      'subAppid',
      'subMchId',
      'codePort',
      'faceProgram',
      'faceLibrary',
    ]);
  });

  test('that may be left empty are the two that WeChat does not ask for, and a proxy', () => {
    expect(textFields.filter(isOptional)).toEqual(['subAppid', 'codePort', 'backup', 'proxy', 'proxyUser', 'noProxy']);
  });
});
