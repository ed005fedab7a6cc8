import { z } from 'zod';
import {
  CALL_TIMEOUT_MS,
  CONNECT_TIMEOUT_MS,
  RETURN_AFTER_PAID_MAX_MS,
  RETURN_AFTER_PAID_MIN_MS,
  RETURN_AFTER_PAID_MS,
} from './timing.ts';
import { familySchema, type Family } from './order/order.ts';

export const signTypeSchema = z.enum(['MD5', 'HMAC-SHA256']);
export type SignType = z.infer<typeof signTypeSchema>;

export const languageSchema = z.enum(['zh-CN', 'en']);
export type Language = z.infer<typeof languageSchema>;

/** The sounds of the screen. Muting them never removes what is shown. */
export const soundSchema = z.strictObject({ muted: z.boolean(), volume: z.enum(['low', 'middle', 'high']) });
export type Sound = z.infer<typeof soundSchema>;
export const SOUND_AT_FIRST: Sound = { muted: false, volume: 'middle' };

/** How long the till shows a paid order before it returns to the keypad by itself, in whole seconds; 0: it stays. */
export const returnSecondsSchema = z.union([
  z.literal(0),
  z
    .number()
    .int()
    .min(RETURN_AFTER_PAID_MIN_MS / 1_000)
    .max(RETURN_AFTER_PAID_MAX_MS / 1_000),
]);
export const RETURN_SECONDS_AT_FIRST = RETURN_AFTER_PAID_MS / 1_000;

const merchantIdSchema = z.string({ error: 'missing' }).regex(/^\d{1,32}$/, { error: 'digits-only' });
const appIdSchema = z.string({ error: 'missing' }).regex(/^[0-9A-Za-z]{1,32}$/, { error: 'bad-characters' });

/** `https://host` or `https://host:port`, and nothing after it. */
const ORIGIN = /^https:\/\/(\[[0-9a-fA-F:]+\]|[0-9A-Za-z](?:[0-9A-Za-z.-]*[0-9A-Za-z])?)(?::\d{1,5})?$/;
const originSchema = z.string({ error: 'missing' }).regex(ORIGIN, { error: 'not-an-https-origin' });

const isLoopback = (origin: string): boolean =>
  /^(localhost|\[::1\]|127(\.\d{1,3}){3})$/.test(ORIGIN.exec(origin)?.[1] ?? '');

/** `http://host:port`, as other programs write a proxy; TLS to the gateway goes through it unread. */
const PROXY = /^http:\/\/(\[[0-9a-fA-F:]+\]|[0-9A-Za-z](?:[0-9A-Za-z.-]*[0-9A-Za-z])?)(?::\d{1,5})?$/;

/** Instead of an address: the proxy that this machine's environment names, with its account and its exceptions. */
export const PROXY_OF_ENVIRONMENT = 'HTTPS_PROXY';

/** A shop's proxy. The password of its account is in the vault. */
export const proxySchema = z.strictObject({
  url: z.union(
    [z.literal(PROXY_OF_ENVIRONMENT), z.string({ error: 'missing' }).regex(PROXY, { error: 'not-an-http-proxy' })],
    {
      error: 'not-an-http-proxy',
    },
  ),
  user: z
    .string()
    .min(1)
    .max(128)
    .regex(/^[^\p{Cc}:]+$/u, { error: 'bad-characters' })
    .exactOptional(),
  /** Names that are reached without it, and all names under them; `*` for every name. */
  noProxy: z
    .array(
      // A name or an address, but no port and no mask: nothing would ever match them.
      z.string().regex(/^(?:\*|(?:\*?\.)?[0-9A-Za-z](?:[0-9A-Za-z.-]*[0-9A-Za-z])?|(?=.*:.*:)[0-9A-Fa-f:.]+)$/, {
        error: 'bad-characters',
      }),
    )
    .max(64)
    .default([]),
});
/** As people write them: with commas or blanks between. */
export const noProxyNames = (text: string): string[] => text.split(/[\s,;，；、]+/).filter((name) => name !== '');
export type ProxySettings = z.infer<typeof proxySchema>;

const absolutePath = z
  .string({ error: 'missing' })
  .max(1_000)
  // A drive or the root first, and no step back: what is checked is what it says.
  .regex(/^(?:[A-Za-z]:[\\/]|\/)(?!.*(?:^|[\\/])\.\.(?:[\\/]|$))[^\p{Cc}"]+$/u, { error: 'not-a-full-path' });

/** The helper program between this app and the vendor's face SDK (electron/face-bridge/README.md). */
export const faceHelperSchema = z.strictObject({
  program: absolutePath,
  /** The vendor's library. */
  library: absolutePath,
  /** Of the program, as a technician chose it. Set-up fills it in; a program that is another one later is not started. */
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, { error: 'bad-characters' })
    .exactOptional(),
});
export type FaceHelper = z.infer<typeof faceHelperSchema>;

/**
 * What gives this terminal the customers' payment codes. `sdk-bridge`: the vendor's face SDK, through its helper. `code`: a scanner, or a device that recognises faces and types
 * the 18 digits like a keyboard. `none`: nothing; then practice has its simulated face device, and for real money the app itself takes no payment.
 */
export const deviceSchema = z.enum(['sdk-bridge', 'code', 'none']);
export type Device = z.infer<typeof deviceSchema>;

/** What ends a code that comes over a serial port; `none`: a pause does. */
export const terminatorSchema = z.enum(['cr', 'lf', 'crlf', 'none']);
export type Terminator = z.infer<typeof terminatorSchema>;

/** Those that scanners can be set to. */
export const BAUD_RATES = [1_200, 2_400, 4_800, 9_600, 14_400, 19_200, 38_400, 57_600, 115_200] as const;
export const baudRateSchema = z.literal(BAUD_RATES, { error: 'not-a-baud-rate' });
export type BaudRate = z.infer<typeof baudRateSchema>;

/**
 * The serial port that payment codes come over, beside the keyboard: 8 data bits, no parity, 1 stop bit, as scanners are
 * delivered.
 */
export const codePortSchema = z.strictObject({
  /** `COM3` on Windows, `/dev/ttyACM0` on Linux. */
  path: z.string({ error: 'missing' }).regex(/^(?:COM[1-9]\d{0,2}|\/dev\/[\w.,:@+/-]{1,200})$/i, {
    error: 'not-a-serial-port',
  }),
  baudRate: baudRateSchema.default(9_600),
  terminator: terminatorSchema.default('cr'),
  /**
   * The device's own numbers, `vendor:product` or `vendor:product:serial number`: it is found by them where the system
   * gives it another port. Without them only the path counts.
   */
  usb: z
    .string()
    .regex(/^[0-9a-f]{4}:[0-9a-f]{4}(?::[\x21-\x7e]{1,128})?$/i, { error: 'bad-characters' })
    .exactOptional(),
});
export type CodePort = z.infer<typeof codePortSchema>;

/** A port without a device for payment codes would never be listened to. */
export const suitsCodePort = ({
  device,
  codePort,
}: {
  readonly device?: Device | undefined;
  readonly codePort?: unknown;
}): boolean => codePort === undefined || device === 'code';
export const UNSUITED_CODE_PORT = { error: 'code-port-needs-code' as const, path: ['codePort'] };

/** A payment code pays through micropay only. */
export const suitsDevice = ({
  device,
  family,
}: {
  readonly device?: Device | undefined;
  readonly family?: Family | undefined;
}): boolean => device !== 'code' || family === 'micropay';
export const UNSUITED_DEVICE = { error: 'code-needs-micropay' as const, path: ['device'] };

/** The SDK is reached through its helper, and the helper is of no other use. */
export const hasItsHelper = ({
  device,
  faceHelper,
}: {
  readonly device?: Device | undefined;
  readonly faceHelper?: object | undefined;
}): boolean => (device === 'sdk-bridge') === (faceHelper !== undefined);
export const HELPER_MISMATCH = { error: 'bridge-needs-helper' as const, path: ['faceHelper'] };

/** The part of a merchant's set-up that is not secret. Secrets (API key, certificate, key) are in the vault. */
export const merchantSchema = z
  .strictObject({
    appid: appIdSchema,
    mchId: merchantIdSchema,
    subAppid: appIdSchema.optional(),
    subMchId: merchantIdSchema.optional(),
    signType: signTypeSchema.default('HMAC-SHA256'),
    family: familySchema.default('facepay'),
    gateway: z
      .strictObject({ primary: originSchema, backup: originSchema.optional(), proxy: proxySchema.exactOptional() })
      .default({ primary: 'https://api.mch.weixin.qq.com', backup: 'https://api2.mch.weixin.qq.com' }),
    /** Where get_wxpayface_authinfo is sent; WeChat Pay serves it from a host of its own. */
    faceGateway: originSchema.default('https://payapp.weixin.qq.com'),
    connectTimeoutMs: z.number().int().min(500).max(30_000).default(CONNECT_TIMEOUT_MS),
    callTimeoutMs: z.number().int().min(1_000).max(60_000).default(CALL_TIMEOUT_MS),
    /** `none` if it is left out. */
    device: deviceSchema.exactOptional(),
    /** Of the device `sdk-bridge`. */
    faceHelper: faceHelperSchema.exactOptional(),
    /** Only with device `code`; without it codes come by the keyboard alone. */
    codePort: codePortSchema.exactOptional(),
  })
  .refine(suitsDevice, UNSUITED_DEVICE)
  .refine(hasItsHelper, HELPER_MISMATCH)
  .refine(suitsCodePort, UNSUITED_CODE_PORT);
export type Merchant = z.infer<typeof merchantSchema>;

/** One line in any script, without characters that XML and a receipt cannot hold. */
const printable = (max: number): z.ZodString =>
  z
    .string()
    .max(max)
    .regex(/^\P{Cc}*$/u, { error: 'bad-characters' });

/** What a terminal knows of itself besides its merchant. */
export const terminalSchema = z.strictObject({
  storeId: printable(32).default('store-1'),
  storeName: printable(128).default('FacePay Kiosk'),
  deviceId: printable(32).default('kiosk-1'),
  language: languageSchema.default('zh-CN'),
  sound: soundSchema.default(SOUND_AT_FIRST),
  /** After this long without a touch a manager or technician is signed out. They are warned before (timing.ts). */
  idleSignOutSeconds: z.number().int().min(30).max(3_600).default(180),
  /** Whether a second display, if there is one, shows the customer the payment; `auto` if it is left out. */
  customerDisplay: z.enum(['auto', 'off']).exactOptional(),
  /** The system's name of the printer for slips; without it whichever the system prints on. */
  slipPrinter: z.string().min(1).max(256).exactOptional(),
  /** How the screen looks; as the system has it, and of the usual size, if they are left out. */
  theme: z.enum(['system', 'light', 'dark']).exactOptional(),
  text: z.enum(['usual', 'large']).exactOptional(),
  /** RETURN_SECONDS_AT_FIRST if it is left out. */
  returnSeconds: returnSecondsSchema.exactOptional(),
});
export type Terminal = z.infer<typeof terminalSchema>;

/**
 * Practice or real money. A loopback gateway cannot move money, so the mode is derived from the hosts and cannot be set
 * wrongly. A mix of loopback and real hosts counts as real.
 */
export const environments = ['practice', 'live'] as const;
export type Environment = (typeof environments)[number];

export function environmentOf(merchant: Pick<Merchant, 'gateway' | 'faceGateway'>): Environment {
  const { primary, backup = primary } = merchant.gateway;
  return [primary, backup, merchant.faceGateway].every(isLoopback) ? 'practice' : 'live';
}
