/**
 * Every wait and limit of the product, in ms, with its reason. Both sides import it; nobody writes a number of
 * their own.
 *
 * [Note: Fifteen seconds] WeChat asks merchants not to reverse a payment younger than 15 s: the charge may still be
 * settling, and a reverse that overtakes it finds nothing to undo. Too late costs the cashier a moment; too early
 * costs somebody money. We count from the moment the pay request left, never from a clock that a person can set.
 */
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What the documents ask for. */
export const DOCUMENTED_WINDOW_MS = 15 * SECOND;
/**
 * The reverse may travel faster than the pay call did; this much of a difference keeps the gateway's own count at 15 s.
 * Measured on loopback a reverse sent at 15.000 s had as little as 1 ms to spare at the gateway.
 */
export const TRANSIT_MARGIN_MS = 100;
/** No reverse leaves sooner than this after the pay call left. See [Note: Fifteen seconds]. */
export const REVERSE_WINDOW_MS = DOCUMENTED_WINDOW_MS + TRANSIT_MARGIN_MS;

/** No terminal that runs this code can rightly show an earlier time, UTC ms: a clock that does stands where its empty battery left it. */
export const EARLIEST_WALL_MS = Date.UTC(2026, 0, 1);

/** WeChat reverses orders of the last 7 days only (REVERSE_EXPIRE); after that it is a refund. */
export const REVERSE_AGE_MAX_MS = 7 * DAY;
/** So long before their end a manager is warned, and may take an order to the merchant platform to refund it there. */
export const REFUND_NEAR_MS = DAY;
/** A payment whose result nobody knows after this long is on the manager's list, cancelled or not: nobody at the till looks at it any more. */
export const RESULT_OVERDUE_MS = 10 * MINUTE;
/**
 * The wall clock alone ends no cancel: it may have been set. Once it says that the 7 days are over, this many calls in
 * a row must also have gone unanswered before the order goes to a manager; an answer is the gateway's own word on it.
 */
export const PAST_AGE_MAX = 3;

/** Connect (DNS, TCP, TLS) and whole-call limits; both are settings, these are their defaults. */
export const CONNECT_TIMEOUT_MS = 6 * SECOND;
export const CALL_TIMEOUT_MS = 10 * SECOND;
/** A name's next address is tried beside the one before when that has not moved for this long (RFC 8305, section 5). */
export const NEXT_ADDRESS_MS = 250;

/** First look at an order whose pay call has no answer yet. */
export const FIRST_QUERY_MS = 3 * SECOND;
/** The documents advise one query each 3 to 5 s while a payment is in doubt. */
export const QUERY_INTERVAL_MS = 4 * SECOND;
/** USERPAYING: the customer is typing a password; asking sooner than 5 s annoys the gateway for nothing. */
export const PASSWORD_QUERY_INTERVAL_MS = 5 * SECOND;
/** WeChat revokes what is unpaid after 45 s by itself (where it does); until then we ask at the quick pace. */
export const QUICK_QUERY_SPAN_MS = 60 * SECOND;

/**
 * The last look before a reverse leaves: early enough to be answered when the window ends, late enough to count as
 * news, and it leaves the connection warm so that the reverse takes one round trip.
 */
export const LAST_LOOK_BEFORE_MS = 1_500;
/** An answer (or a failed try for one) younger than this is news; with older news we ask before we reverse. */
export const NEWS_FRESH_MS = 5 * SECOND;
/** How long a reverse waits for a query that is still out. The gateway's silence must not hold the cancel up. */
export const QUERY_PATIENCE_MS = 2 * SECOND;

/** Waits between attempts, before jitter: 2 s to 60 s, then each minute for an hour, 10 min for a day, hourly. */
export const BACKOFF_STEPS_MS: readonly number[] = [2, 4, 8, 15, 30, 60].map((seconds) => seconds * SECOND);
export const BACKOFF_MINUTELY_UNTIL_MS = HOUR;
export const BACKOFF_MINUTELY_MS = MINUTE;
export const BACKOFF_TEN_MINUTELY_UNTIL_MS = DAY;
export const BACKOFF_TEN_MINUTELY_MS = 10 * MINUTE;
export const BACKOFF_HOURLY_MS = HOUR;

/** After SUCCESS with recall=N: how often, and how far apart, we ask before calling it a contradiction. */
export const CONFIRM_INTERVAL_MS = 2 * SECOND;
export const CONFIRM_ASKS_MAX = 3;
/** Reverse accepted but the order still stands: once may be lag, twice is for a manager. */
export const CONTRADICTIONS_MAX = 2;
/**
 * Answers in a row that blame our certificate, key or request, and for how long they must have come: fewer, or all within
 * a moment, might be an attacker or a hiccup.
 */
export const REFUSALS_MAX = 5;
export const REFUSALS_SPAN_MS = 5 * MINUTE;
/** After "too often" nothing is asked sooner than this. The waits between attempts grow to the documents' minute by themselves. */
export const TOO_OFTEN_WAIT_MS = 15 * SECOND;
/** How long WeChat may go on naming a state that nobody knows before a manager is asked. */
export const UNKNOWN_STATE_MAX_MS = 10 * MINUTE;
/** REFUND, and pay/refundquery says nothing that counts: so often it is asked before a manager is. */
export const REFUND_ASKS_MAX = 6;
/** An order before a manager is still asked about, so that proof which comes later ends it: at this pace for a day, then hourly. */
export const ATTENTION_QUERY_MS = 10 * MINUTE;
export const ATTENTION_QUICK_MS = DAY;
/** Queries of orders over a month old are limited to about 20 a minute, and refused with words about refunds. */
export const ATTENTION_QUERY_UNTIL_MS = 30 * DAY;
/** Queries in a row that say the order does not exist before a manager is asked. */
export const NOT_FOUND_MAX = 3;

/** The cashier has not said whether a late payment is kept: then it is a manager's. */
export const CHOICE_TIMEOUT_MS = 10 * MINUTE;
/** A cancel under way for this long is said aloud, though it goes on by itself. */
export const ESCALATE_AFTER_MS = 10 * MINUTE;

/** After a failure on the primary domain, calls go to the backup for this long (the official SDK's figure). */
export const BACKUP_DOMAIN_FOR_MS = 3 * MINUTE;
/** An idle connection older than this may be dead without a word; a new one costs less than a lost reply. */
export const IDLE_CONNECTION_MS = 30 * SECOND;

/** At once, over all orders. After a restart with a thousand cancels pending the gateway must not be flooded. */
export const REVERSES_AT_ONCE_MAX = 4;
export const QUERIES_AT_ONCE_MAX = 8;
/** Of these, how many may be about orders that have been tried again and again: a customer's question finds room. */
export const OTHER_QUERIES_AT_ONCE_MAX = 6;

/** How often a process looks whether another one wrote to the journal, where the system does not say so. */
export const JOURNAL_POLL_MS = 500;
/** Where it does, this long after it did: the writes of one act are looked at together. */
export const JOURNAL_HEARD_MS = 50;
/** And this often although nothing was heard: a word may be lost, and a cancel written by a script must not be. */
export const JOURNAL_UNHEARD_MS = 5 * SECOND;
/** How often a process asks whether the driver's seat is free. */
export const DRIVER_RETRY_MS = SECOND;
/** While orders are under way their driver gives a sign of life about as often as it looks at the journal. */
export const DRIVER_ALIVE_MS = 4 * SECOND;
/** Without one for this long, or without a driver at all, everybody is told: a cancel that nobody drives stands still. */
export const DRIVER_SILENT_MS = 10 * SECOND;
/** Orders that are looked at in one go when many are due; between two such goes people's commands are heard. */
export const ORDERS_AT_ONCE_MAX = 8;
/** What changes of orders within this is told to the screen together; the first change is told at once. One frame. */
export const ORDERS_TOLD_EACH_MS = 16;
/** A journal that could not be written (disk full, locked) is tried again after this, once for all that waits. */
export const JOURNAL_RETRY_MS = SECOND;
/** How long a write of the app waits for another program's lock: whoever stands at the screen waits as long. */
export const JOURNAL_LOCK_WAIT_MS = 50;
/** A terminal that could not be opened for a reason that passes is tried again after this. */
export const OPEN_RETRY_MS = 3 * SECOND;
/** Timers are re-armed at least this often, so that no single long timer has to be trusted. */
export const WAKE_MAX_MS = HOUR;

/**
 * A manager's act on money is confirmed by holding its button. Held for less than this, by main's clock, it was a key
 * press; the button's own hold is longer by what two messages may differ on their way.
 */
export const HELD_MIN_MS = 500;
/** What was held for is sent at once; a confirmation that comes later is nobody's finger any more. */
export const CONFIRM_WITHIN_MS = 10 * SECOND;

/** The face device gives up waiting for a face. */
export const FACE_TIMEOUT_MS = 60 * SECOND;

/** How long the customer's screen keeps a result that nobody follows up: long enough to read it twice. */
export const CUSTOMER_RESULT_MS = 30 * SECOND;

/** Whoever is signed in is warned this long before being signed out; WCAG 2.2.1 asks for 20 s at least, and the screen hears of it later. */
export const IDLE_WARNING_MS = 22 * SECOND;
/** Wrong PINs in a row, and how long the PIN is locked after them: the first time, the second, and each time after. */
export const PIN_TRIES = 5;
export const PIN_LOCKS_MS: readonly [number, number, number] = [MINUTE, 5 * MINUTE, 30 * MINUTE];

/** Replies larger than this are not WeChat Pay's. */
export const REPLY_BYTES_MAX = 64 * 1024;

/** A check of the self-test that takes longer has failed. By default a call and its connection end well before. */
export const SELF_TEST_CHECK_MS = 20 * SECOND;
/** A million entries take ten seconds on a slow terminal. */
export const SELF_TEST_JOURNAL_MS = 2 * MINUTE;
/** How often the days that the merchant's certificate has left are counted anew. */
export const CERTIFICATE_LOOK_MS = HOUR;
/** How often the wall clock is held against the day on which this code was made: it may be set right, or lost, at any time. */
export const CLOCK_LOOK_MS = MINUTE;
/** How often a terminal at rest makes sure that WeChat Pay's domain still proves what it is; sooner as long as it does not. */
export const TRUST_LOOK_MS = HOUR;
export const TRUST_LOOK_AGAIN_MS = MINUTE;
/** The first look after a start: the till comes first, and its own calls tell as much. */
export const TRUST_FIRST_LOOK_MS = 30 * SECOND;

/** How often the feed is asked for a newer version: a pulled release must not reach a terminal much later. */
export const UPDATE_LOOK_MS = 6 * HOUR;
/** The first look after a start: the shop comes first. */
export const UPDATE_FIRST_LOOK_MS = 2 * MINUTE;
/** How often it is asked whether an update that is ready may be installed. */
export const UPDATE_TRY_MS = 20 * SECOND;
/** How long a new version has to come up whole; a slow terminal's self-test takes up to two minutes. */
export const UPDATE_PROVE_MS = 15 * MINUTE;
/** How often it is looked whether it has. */
export const UPDATE_PROVE_LOOK_MS = 30 * SECOND;
/** How often a new version may start without coming up whole. */
export const UPDATE_PROVE_STARTS = 3;
/** How often the version before is put back before somebody must come: power cuts may spoil some, and no installer may run for ever. */
export const UPDATE_BACK_TRIES = 5;
/** A feed that says nothing for this long has failed. */
export const UPDATE_SILENCE_MS = 30 * SECOND;
/** And one that sends a byte now and then is not waited for for ever: a text of a few KiB, and an installer over a slow line. */
export const UPDATE_TEXT_MS = MINUTE;
export const UPDATE_FILE_MS = 3 * HOUR;

/** How long the start of a fresh terminal looks for a provisioning file: a drive of the network may never answer. */
export const PROVISION_LOOK_MS = 10 * SECOND;

/** How often the page says that it is alive: seldom enough to cost a terminal at rest nothing. */
export const ALIVE_EVERY_MS = 10 * SECOND;
