/**
 * Every wait and limit of the product, in ms, with its reason. Main and screen import it; no other file has its own
 * number.
 *
 * [Note: Fifteen seconds] WeChat asks merchants not to reverse a payment younger than 15 s. The charge may still be
 * settling, and a reverse that overtakes it finds nothing to undo. If we reverse too late, the cashier waits a moment
 * longer. If we reverse too early, somebody loses money. We count from the moment the pay request left, never from a
 * clock that a person can set.
 */
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What the documents ask for. */
export const DOCUMENTED_WINDOW_MS = 15 * SECOND;
/**
 * The reverse may travel faster than the pay call did. This margin keeps the gateway's own count at 15 s. Measured on
 * loopback: a reverse sent at 15.000 s arrived as little as 1 ms after the gateway's own 15 s.
 */
export const TRANSIT_MARGIN_MS = 100;
/** No reverse leaves sooner than this after the pay call left. See [Note: Fifteen seconds]. */
export const REVERSE_WINDOW_MS = DOCUMENTED_WINDOW_MS + TRANSIT_MARGIN_MS;

/**
 * No terminal that runs this code can rightly show an earlier time, UTC ms. A clock that does has stopped at the time
 * when its battery ran out.
 */
export const EARLIEST_WALL_MS = Date.UTC(2026, 0, 1);

/** WeChat reverses only orders of the last 7 days (REVERSE_EXPIRE). After that a refund is needed. */
export const REVERSE_AGE_MAX_MS = 7 * DAY;
/**
 * This long before the 7 days end a manager is warned, and may take an order to the merchant platform to refund it
 * there.
 */
export const REFUND_NEAR_MS = DAY;
/**
 * A payment whose result is unknown after this long is on the manager's list, cancelled or not: the people at the till
 * no longer look at it.
 */
export const RESULT_OVERDUE_MS = 10 * MINUTE;
/**
 * The wall clock alone ends no cancel: somebody may have set it. Once it says that the 7 days are over, this many calls
 * in a row must also go unanswered before the order goes to a manager. An answer is the gateway's own statement on the
 * order's age.
 */
export const PAST_AGE_MAX = 3;

/** Connect (DNS, TCP, TLS) and whole-call limits; both are settings, these are their defaults. */
export const CONNECT_TIMEOUT_MS = 6 * SECOND;
export const CALL_TIMEOUT_MS = 10 * SECOND;
/**
 * A name's next address is tried beside the one before if that one has made no progress for this long (RFC 8305,
 * section 5).
 */
export const NEXT_ADDRESS_MS = 250;

/** The first query of an order whose pay call has no answer yet. */
export const FIRST_QUERY_MS = 3 * SECOND;
/** The documents advise one query each 3 to 5 s while a payment is in doubt. */
export const QUERY_INTERVAL_MS = 4 * SECOND;
/** USERPAYING: the customer is typing a password. A query sooner than 5 s only burdens the gateway. */
export const PASSWORD_QUERY_INTERVAL_MS = 5 * SECOND;
/** WeChat revokes an unpaid order after 45 s by itself (where it does). Until then we query at the quick interval. */
export const QUICK_QUERY_SPAN_MS = 60 * SECOND;

/**
 * The last look before a reverse leaves. It is early enough to be answered when the window ends, and late enough to be
 * still fresh then. It also keeps the connection open, so that the reverse takes one round trip.
 */
export const LAST_LOOK_BEFORE_MS = 1_500;
/**
 * A query result (or a failed query) younger than this is fresh. If the last one is older, we query before we reverse.
 */
export const LAST_QUERY_FRESH_MS = 5 * SECOND;
/** How long a reverse waits for a query in flight. A gateway that does not respond must not delay the cancel. */
export const QUERY_PATIENCE_MS = 2 * SECOND;

/** Waits between attempts, before jitter: 2 s to 60 s, then each minute for an hour, 10 min for a day, hourly. */
export const BACKOFF_STEPS_MS: readonly number[] = [2, 4, 8, 15, 30, 60].map((seconds) => seconds * SECOND);
export const BACKOFF_MINUTELY_UNTIL_MS = HOUR;
export const BACKOFF_MINUTELY_MS = MINUTE;
export const BACKOFF_TEN_MINUTELY_UNTIL_MS = DAY;
export const BACKOFF_TEN_MINUTELY_MS = 10 * MINUTE;
export const BACKOFF_HOURLY_MS = HOUR;

/** After SUCCESS with recall=N: how many queries, and how far apart, before we call it a contradiction. */
export const CONFIRM_INTERVAL_MS = 2 * SECOND;
export const CONFIRM_ASKS_MAX = 3;
/** The reverse was accepted but the order is still not cancelled. Once may be a delay; twice goes to a manager. */
export const CONTRADICTIONS_MAX = 2;
/**
 * Answers in a row that blame our certificate, key or request, and for how long they must have come. Fewer, or all
 * within a moment, might be an attacker or a brief fault.
 */
export const REFUSALS_MAX = 5;
export const REFUSALS_SPAN_MS = 5 * MINUTE;
/**
 * After "too often" no query leaves sooner than this; if a reverse got that answer, no reverse either. The waits
 * between attempts grow to the minute of the documents by themselves.
 */
export const TOO_OFTEN_WAIT_MS = 15 * SECOND;
/** How long WeChat may go on naming an unknown state before a manager is asked. */
export const UNKNOWN_STATE_MAX_MS = 10 * MINUTE;
/** REFUND, and pay/refundquery gives no answer that counts: it is queried this many times before a manager is asked. */
export const REFUND_ASKS_MAX = 6;
/**
 * An order before a manager is still queried, so that a late proof ends it: at this interval for a day, then hourly.
 */
export const ATTENTION_QUERY_MS = 10 * MINUTE;
export const ATTENTION_QUICK_MS = DAY;
/** WeChat limits queries of orders over a month old to about 20 a minute. It refuses more with a text about refunds. */
export const ATTENTION_QUERY_UNTIL_MS = 30 * DAY;
/** Queries in a row that say the order does not exist, before a manager is asked. */
export const NOT_FOUND_MAX = 3;

/** WeChat takes at most one refund request a minute for one order (electron/wechat/README.md, "Refund"). */
export const REFUND_GAP_MS = MINUTE + SECOND;
/** After a refund request whose outcome is unknown: refundquery may show it this soon. Its "no" counts after the gap. */
export const REFUND_FIRST_LOOK_MS = 5 * SECOND;
/** A refund on its way is asked about each minute for five minutes, then less and less often, and then seldom. */
export const REFUND_LOOKS_MS: readonly number[] = [1, 1, 1, 1, 1, 5, 10, 20, 30].map((minutes) => minutes * MINUTE);
export const REFUND_SELDOM_MS = 6 * HOUR;
/** A card's bank takes 1 to 3 working days. What is under way for longer than this does not arrive by itself. */
export const REFUND_SLOW_MS = 7 * DAY;
/** WeChat refunds orders of the last year. */
export const REFUND_AGE_MAX_MS = 365 * DAY;
/** An order can have this many refunds. */
export const REFUNDS_OF_ORDER_MAX = 50;

/** The cashier has not said for this long whether a late payment is kept. Then a manager decides. */
export const CHOICE_TIMEOUT_MS = 10 * MINUTE;
/** A cancel under way for this long is announced, though it goes on by itself. */
export const ESCALATE_AFTER_MS = 10 * MINUTE;

/** After a failure on the primary domain, calls go to the backup for this long (the official SDK's figure). */
export const BACKUP_DOMAIN_FOR_MS = 3 * MINUTE;
/** An idle connection older than this may be dead without notice. A new one costs less than a lost reply. */
export const IDLE_CONNECTION_MS = 30 * SECOND;

/** Calls at once, over all orders. After a restart with a thousand pending cancels the gateway must not be flooded. */
export const REVERSES_AT_ONCE_MAX = 4;
export const QUERIES_AT_ONCE_MAX = 8;
/**
 * Of these, how many may be about orders that were tried again and again, so that a query for a present customer finds
 * a free slot.
 */
export const OTHER_QUERIES_AT_ONCE_MAX = 6;

/** How often a process checks whether another one wrote to the journal, if the system gives no file watcher. */
export const JOURNAL_POLL_MS = 500;
/**
 * With a file watcher: this long after a write is reported the journal is checked, so that the writes of one act are
 * read together.
 */
export const JOURNAL_DEBOUNCE_MS = 50;
/**
 * With a file watcher the journal is also checked this often when nothing was reported. A report may be lost, but a
 * cancel that a script wrote must be found.
 */
export const JOURNAL_FALLBACK_MS = 5 * SECOND;
/** How often a process requests the leader lock. */
export const DRIVER_RETRY_MS = SECOND;
/** While orders are under way their driver gives a sign of life about as often as it checks the journal. */
export const DRIVER_ALIVE_MS = 4 * SECOND;
/**
 * Without a sign of life for this long, or without a driver at all, everyone is warned: without a driver a cancel
 * stands still.
 */
export const DRIVER_SILENT_MS = 10 * SECOND;
/** How many due orders are checked in one go. Between two such goes people's commands are handled. */
export const ORDERS_AT_ONCE_MAX = 8;
/** Changes of orders within this time are sent to the screen together; the first change is sent at once. One frame. */
export const ORDERS_NOTIFY_EACH_MS = 16;
/**
 * A journal that could not be written (disk full, locked) is tried again after this, once for everything that waits.
 */
export const JOURNAL_RETRY_MS = SECOND;
/** How long a write of the app waits for another program's lock. The person at the screen waits as long. */
export const JOURNAL_LOCK_WAIT_MS = 50;
/** A terminal that could not be opened for a reason that passes is tried again after this. */
export const OPEN_RETRY_MS = 3 * SECOND;
/** Timers are set again at least this often, so that the app never relies on a single long timer. */
export const WAKE_MAX_MS = HOUR;

/**
 * A manager confirms an act on money by holding its button. If it was held for less than this, by main's clock, it was
 * a key press. The button's own hold is longer, by the possible difference between two messages' travel times.
 */
export const HELD_MIN_MS = 500;
/** What the button was held for is sent at once. A confirmation that comes later is not from that finger any more. */
export const CONFIRM_WITHIN_MS = 10 * SECOND;

/** The face device gives up waiting for a face. */
export const FACE_TIMEOUT_MS = 60 * SECOND;

/** How long the helper of the vendor's face SDK may take to load the library: a virus scanner reads both first. */
export const FACE_HELPER_START_MS = 10 * SECOND;
/** How long a call of the face SDK may take that waits for nobody. A library that takes longer hangs. */
export const FACE_COMMAND_MS = 10 * SECOND;
/** While the SDK says that it is initialising it is asked again after this (wxfacepay develop/windows). */
export const FACE_INIT_AGAIN_MS = 500;
/** And for this long: the customer stands there. */
export const FACE_INIT_MS = 20 * SECOND;
/** The camera page may end this much later than the till's own wait for a face; after that the helper is ended. */
export const FACE_CODE_MS = FACE_TIMEOUT_MS + 15 * SECOND;
/** How long the camera page may take to close once it was told to; after that the helper is ended. */
export const FACE_STOP_MS = 5 * SECOND;
/** A result that was not "paid" leaves the camera page open for about a minute, and its call waits for that. */
export const FACE_RESULT_MS = 70 * SECOND;
/** How long the end of the app waits for the SDK to let go of the camera. */
export const FACE_RELEASE_MS = 2 * SECOND;
/** A helper that failed is started again after this: at once, then ever later. A payment meanwhile stops at once. */
export const FACE_HELPER_AGAIN_MS: readonly number[] = [0, 1, 2, 5, 10, 30].map((seconds) => seconds * SECOND);

/**
 * How long the till waits for a payment code. A phone has to be found and unlocked first; but a code that is scanned for
 * something else much later must not pay this amount.
 */
export const CODE_TIMEOUT_MS = 3 * MINUTE;

/** How long the customer's screen keeps a result if no new payment follows: long enough to read it twice. */
export const CUSTOMER_RESULT_MS = 30 * SECOND;

/**
 * After a paid order the till returns to the keypad by itself: long enough to see the result from the till's other side
 * and look up again, short enough for a queue. A setting; this is its default. Shorter than the least time, the result
 * would be gone before it was read; the longest is far below FINISHED_SHOWN_FOR_MS.
 */
export const RETURN_AFTER_PAID_MS = 5 * SECOND;
export const RETURN_AFTER_PAID_MIN_MS = 3 * SECOND;
export const RETURN_AFTER_PAID_MAX_MS = 60 * SECOND;

/**
 * Keys closer than this are one amount. Where its first keys came too early to be taken, the rest would be another
 * amount (renderer/input/amount-entry.ts, Meant amounts).
 */
export const SAME_AMOUNT_MS = SECOND;

/** How long the screen says what a scan was that nothing took: long enough for who held the scanner to look up. */
export const SCAN_NOTE_MS = 8 * SECOND;

/**
 * "You may charge again" is advice about the customer who stands there. This long after the order ended that customer
 * has gone: then the till says what the order was, and no longer what to do.
 */
export const CHARGE_AGAIN_FOR_MS = 2 * MINUTE;
/**
 * A finished order leaves the tray, and an unattended till, this long after its end: people ask about the last order for
 * some minutes, and then it is only in the way. It stays in search and history.
 */
export const FINISHED_SHOWN_FOR_MS = 10 * MINUTE;

/**
 * A signed-in person is warned this long before being signed out. WCAG 2.2.1 asks for at least 20 s, and the screen
 * receives the warning a little later.
 */
export const IDLE_WARNING_MS = 22 * SECOND;
/** Wrong PINs in a row, and how long the PIN is locked after them: the first time, the second, and each time after. */
export const PIN_TRIES = 5;
export const PIN_LOCKS_MS: readonly [number, number, number] = [MINUTE, 5 * MINUTE, 30 * MINUTE];

/** A reply larger than this is not from WeChat Pay. */
export const REPLY_BYTES_MAX = 64 * 1024;

/** A day's bill is made from 9:00 of the next morning in Beijing, and WeChat asks for patience until 10:00. */
export const BILL_FROM_MS = 10 * HOUR;
/** A chain's terminals share the merchant number: each waits for a part of this of its own, so that they come apart. */
export const BILL_JITTER_MS = 30 * MINUTE;
/** While WeChat is still making a bill it is asked for again after this (WeChat's own advice), and after a trouble. */
export const BILL_AGAIN_MS = 30 * MINUTE;
/** A bill that is not there by this hour of the day is asked for again on the next morning. */
export const BILL_UNTIL_MS = 22 * HOUR;
/** WeChat keeps bills for three months. */
export const BILL_DAYS_BACK = 89;
/** Between two bills, where several days are missing. */
export const BILL_PACE_MS = 20 * SECOND;
/** How often it is looked whether a bill is due: what is due late costs nothing. */
export const BILL_LOOK_MS = 5 * MINUTE;
/** The first look after a start: the shop comes first. */
export const BILL_FIRST_LOOK_MS = 2 * MINUTE;
/** While a payment or a cancel goes on, a bill waits; but no longer than this, for an order may stay open for days. */
export const BILL_PATIENCE_MS = 30 * MINUTE;
/** "No Bill Exist" is asked again on the next days: a clock that was wrong may have asked too early. */
export const BILL_NONE_DAYS = 3;
/** So many days of bills and comparisons are kept: a year, and a month to compare it with. */
export const BILL_KEPT_DAYS = 400;
/** A bill that is larger, unpacked, is not one shop's. It is streamed to disk, so only the disk pays for it. */
export const BILL_BYTES_MAX = 512 * 1024 * 1024;
/** How long the call that fetches a bill may take in all: a large one over a slow line. */
export const BILL_CALL_MS = 10 * MINUTE;
/** A bill's call over which nothing comes for this long has failed: a gateway packs a large one before it sends. */
export const BILL_SILENCE_MS = MINUTE;

/**
 * How long a manager waits for WeChat's word about an order of another till before deciding without it: one query with
 * its connection on the first host.
 */
export const FIND_PATIENCE_MS = 12 * SECOND;

/** A self-test check that takes longer has failed. By default a call and its connection end well before. */
export const SELF_TEST_CHECK_MS = 20 * SECOND;
/** A million entries take ten seconds on a slow terminal. */
export const SELF_TEST_JOURNAL_MS = 2 * MINUTE;
/** How often the remaining days of the merchant's certificate are counted again. */
export const CERTIFICATE_LOOK_MS = HOUR;
/**
 * How often the wall clock is compared with the day on which this code was made: at any time it may be set right, or
 * lose its time.
 */
export const CLOCK_LOOK_MS = MINUTE;
/**
 * How often an idle terminal checks that WeChat Pay's domain still proves its identity. It checks more often as long as
 * it does not.
 */
export const TRUST_LOOK_MS = HOUR;
export const TRUST_LOOK_AGAIN_MS = MINUTE;
/** The first check after a start: the till comes first, and its own calls show as much. */
export const TRUST_FIRST_LOOK_MS = 30 * SECOND;

/** How often the feed is checked for a newer version: a withdrawn release must not reach a terminal much later. */
export const UPDATE_LOOK_MS = 6 * HOUR;
/** The first check after a start: the shop comes first. */
export const UPDATE_FIRST_LOOK_MS = 2 * MINUTE;
/** How often the app checks whether a ready update may be installed. */
export const UPDATE_TRY_MS = 20 * SECOND;
/** How long a new version may take to come up completely. A slow terminal's self-test takes up to two minutes. */
export const UPDATE_PROVE_MS = 15 * MINUTE;
/** How often the app checks whether it has come up. */
export const UPDATE_PROVE_LOOK_MS = 30 * SECOND;
/** How many times a new version may start without coming up completely. */
export const UPDATE_PROVE_STARTS = 3;
/**
 * How many times the version before is put back before a person must come. Power cuts may spoil some tries, and no
 * installer may run for ever.
 */
export const UPDATE_BACK_TRIES = 5;
/** A feed that sends nothing for this long has failed. */
export const UPDATE_SILENCE_MS = 30 * SECOND;
/**
 * A feed that sends a byte now and then is not waited for without end. The limits: for a text of a few KiB, and for an
 * installer over a slow line.
 */
export const UPDATE_TEXT_MS = MINUTE;
export const UPDATE_FILE_MS = 3 * HOUR;

/** How long the start of a new terminal searches for a provisioning file: a network drive may never answer. */
export const PROVISION_LOOK_MS = 10 * SECOND;

/** How often the page reports that it is alive. Seldom enough to cost an idle terminal nothing. */
export const ALIVE_EVERY_MS = 10 * SECOND;

/** How often the practice gateway that npm started looks whether npm is still there. */
export const PARENT_LOOK_MS = SECOND;

/**
 * How long a slip may wait for a printer: receipt printers take a job in a second, and one that is off or out of reach
 * can hold it for ever. The customer waits, and so does the button.
 */
export const PRINT_MS = 20 * SECOND;
/** How long a system may take to list its printers; one on a network that is gone delays all of them. */
export const PRINTERS_MS = 8 * SECOND;

/**
 * Over a serial port a code that nothing ends is over after this long without a byte. Within one, bytes come a millisecond
 * apart, and drivers keep them back for some 20; the rest is for a machine that is busy.
 */
export const SERIAL_SILENCE_MS = 200;
/** A serial scanner that is not there is looked for this often: at first soon, and while it lasts ever more seldom. */
export const SCANNER_RETRY_MS = [500, 1_000, 2_000, 5_000] as const;
/** How long a scanner may be tried in set-up before the till gets it back: the page may be gone. */
export const SCANNER_TRY_MS = 10 * MINUTE;
