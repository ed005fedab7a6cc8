export const HELP = `facepay - cancel WeChat Pay face payments from a terminal

  init --from merchant.json       set this terminal up, unattended; init --help lists the fields of this file
  cancel ORDER [--transaction-id T] [--paid-at ISO8601] [--reason-code CODE] [--reason TEXT] [--wait SECONDS]
                                  cancel an order and stay until it is proved (default 120 s)
  pay YUAN --code-stdin [--order N] [--wait SECONDS]
                                  take a payment with the customer's payment code, which is read from standard input;
                                  a number that is given again is followed, and never paid twice (default 120 s)
  accept --code-stdin [--out FILE] [--wait SECONDS]
                                  accept a terminal: take 0.01 yuan with a payment code, cancel it, watch it come back, and
                                  write one page about it
  query ORDER [--transaction-id T] [--wait SECONDS]
                                  ask WeChat about an order once
  orders [--number PART] [--day YYYY-MM-DD] [--state STATE,...] [--amount YUAN|FROM-TO] [--limit N]
                                  list orders, newest first; days are days in Beijing (default limit 1000)
  orders --stuck                  list what is under way or before a manager
  settle ORDER --reason TEXT [--reason-code CODE]
                                  a manager's word that a stuck order was put right elsewhere
  refund ORDER --amount YUAN|all | --again --reason-code CODE [--reason TEXT]
         [--transaction-id T] [--paid-at ISO8601] [--wait SECONDS]
                                  give a part back, or the whole of an order that is too old to be cancelled, and stay
                                  until it has arrived (default 120 s); whatever is under way then goes on by itself.
                                  --again: one that was refused, once the reason is gone, under the same number
  resume [--wait SECONDS]         go on with everything unresolved
  audit verify [--file EXPORT]    whether the audit trail is as it was written; with an export: whether that is, and
                                  the trail still holds what the export ended with
  audit export [--file F]         the audit trail, one JSON object a line; never overwrites a file
  provision make --from merchant.json --out FILE [--terminal F] [--device NAME] [--key fleet.key]
                                  a file that sets a terminal up: encrypted under FACEPAY_PROVISION_PASSPHRASE, or, with
                                  --key, signed (Ed25519) and readable by anybody who has it
  provision apply --file FILE [--accept-weak-protection]
                                  set this terminal up with it, and wipe it
  pin reset technician|manager    set a PIN that was forgotten; the new one is read from standard input
  export --from DAY [--to DAY] [--state all|paid|cancelled|unresolved|failed|settled] [--language zh-CN|en] --out F
                                  the orders of some days as a table (CSV); never overwrites a file
  reconcile --bill F [--day DAY] [--out CSV]
  reconcile --day DAY [--out CSV]      fetches the bill from WeChat
                                  compare WeChat's bill of a day with the journal; changes nothing
  diagnostics --out F             logs, versions and states in one zip for support; no secret and no whole number in it
  doctor                          self-test: settings, key, certificate, both domains, clock, signature, disk, journal
                                  and audit trail, each with its figure and what to do. Moves no money; safe beside a
                                  running app, and on a terminal that cannot open
  update sign FOLDER --key FILE [--version V] [--minimum V] [--staging PERCENT] [--channel NAME]
                                  for whoever publishes releases: sign what a build made (Ed25519) and put
                                  facepay-update.json beside it; terminals install nothing that it does not name
  practice [--port N] [--scenario NAME] [--folder DIR]
                                  run a practice gateway; writes a merchant.json for init
  demo                            a hanging payment cancelled before your eyes, with play money

  version                         version, commit and Node of this program

  CODE            why: customer-cancelled, wrong-amount, duplicate, device-fault or other; kept in the audit trail
  --profile DIR   data folder (default FACEPAY_PROFILE, or ~/.facepay-kiosk, or on a locked terminal that of its user facepay);
                  root works on it as its owner, and needs files that this user can read
  --json          one JSON object a line; the last one is the result

Exit codes: 0 cancelled (or done; pay: paid; refund: arrived), 2 bad input, 3 unresolved (kept and resumed later), 4 needs a manager (audit: tampering found;
reconcile: something differs), 5 the self-test found a failure (warnings alone end with 0),
6 pay: the customer was surely not charged, 1 a bug.`;

/** The fields of merchant.json. Paths in it count from its own folder. */
export const HELP_OF_INIT = `facepay init --from merchant.json - set this terminal up, unattended

  appid, mchId                    of the merchant, as text
  apiKey or apiKeyFile            the APIv2 key of 32 letters and digits, or a file that holds it
  certificate                     {"p12File", "passphrase"?} or {"certFile", "keyFile"}; the passphrase is mchId unless changed
  subAppid, subMchId              only below a service provider
  signType                        HMAC-SHA256 (default) or MD5
  device                          code: a scanner, or a face device that types payment codes; sdk-bridge: the maker's face SDK;
                                  left out: none
  faceHelper                      {"program", "library", "sha256"?} of device sdk-bridge: full paths on this terminal
  codePort                        {"path", "baudRate"?, "terminator"?, "usb"?} of a scanner on a serial port, with device code
  family                          facepay (default) or micropay; with device code it is micropay
  gateway                         {"primary", "backup"?, "caFile"?, "proxy"?}; https origins; default: WeChat's own two domains
  gateway.proxy                   {"url", "user"?, "password"?, "noProxy"?} of a shop that lets nothing out but through an HTTP
                                  proxy. url: http://host:port, or HTTPS_PROXY for the one of this machine's environment;
                                  noProxy: names that are reached without it
  faceGateway                     where the face device's permit comes from; default https://payapp.weixin.qq.com
  connectTimeoutMs                how long a connection may take, the proxy's part included (default 6000)
  callTimeoutMs                   how long a whole call may take (default 10000)

Only appid, mchId, the key and the certificate must be there. Paths count from the folder of merchant.json. Everything is
checked before anything is stored; then delete the file. build/guide/en/technician.md, "Unattended", has an example.`;
