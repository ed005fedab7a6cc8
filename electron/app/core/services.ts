/**
 * The open terminal as all features in app use it; open-services.ts builds it. Types only, so that no feature imports
 * the builder.
 */
import type { Environment, Merchant, Terminal } from '../../../shared/settings.ts';
import type { FileTrouble } from '../../base/safe-file.ts';
import type { Log } from '../../base/log.ts';
import type { WatchedClock } from '../../base/watched-clock.ts';
import type { FaceTroubleSeen } from '../../face-bridge/bridge-face-device.ts';
import type { Engine } from '../../orders/engine/engine.ts';
import type { Till } from '../../orders/engine/take-payment.ts';
import type { Journal } from '../../orders/journal/journal.ts';
import type { Order } from '../../orders/machine/order.ts';
import type { OpenFailure } from '../../orders/open-journal.ts';
import type { OrderSearch } from '../../orders/search/order-search.ts';
import type { PracticeGateway } from '../../practice/gateway-server.ts';
import type { Gateway } from '../../wechat/gateway.ts';
import type { PaySourceChoice } from './pay-source.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { BillService } from './bill-service.ts';
import type { OrderHistory } from '../../orders/search/order-history.ts';
import type { JournalDamageService } from '../journal/journal-damage-service.ts';
import type { GoneFiles } from '../notices/gone-files-notice.ts';
import type { PosApi } from '../../pos/pos-api.ts';
import type { CredentialsProblem, SettingsProblem, SettingsStore } from '../settings/settings-store.ts';

export interface Services {
  readonly environment: Environment;
  readonly merchant: Merchant;
  readonly terminal: Terminal;
  /** When the merchant's certificate ends, UTC ms; `null` in practice, or where it does not say. */
  readonly certificateNotAfterMs: number | null;
  readonly journal: Journal;
  readonly search: OrderSearch;
  /** What was lost of the records, until a manager has confirmed it. */
  readonly damage: JournalDamageService;
  /** The files of the profile that are gone, until a manager has confirmed it. */
  readonly goneFiles: GoneFiles;
  readonly history: OrderHistory;
  readonly audit: AuditTrail;
  readonly engine: Engine;
  readonly till: Till;
  readonly paySource: PaySourceChoice;
  /** What the vendor's face SDK could not do last; `null` without trouble or without the SDK. */
  readonly faceTrouble: () => FaceTroubleSeen | null;
  readonly gateway: Gateway;
  readonly bills: BillService;
  /** A new out_refund_no for one intent: no other terminal draws it, nor this one again. */
  readonly newOutRefundNo: (order: Order) => string;
  /**
   * The local API for till software. It listens only once it is started, and only if a technician has switched it on.
   */
  readonly pos: PosApi;
  /** The practice gateway inside this process; `null` if a merchant is set up. */
  readonly practice: PracticeGateway | null;
  readonly clock: WatchedClock;
  readonly log: Log;
  readonly store: SettingsStore;
  /** Waits at most `withinMs` for calls in flight. Unresolved orders stay in the journal. */
  close(withinMs: number): Promise<void>;
}

export type ServicesProblem =
  | { readonly part: 'settings'; readonly code: SettingsProblem }
  | { readonly part: 'credentials'; readonly code: CredentialsProblem }
  | { readonly part: 'journal'; readonly code: OpenFailure | FileTrouble }
  | { readonly part: 'practice'; readonly code: FileTrouble };
