/** Which request this is, by its method and path. Pure. */
import { outTradeNoSchema } from '../../shared/order/order.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { refusal, refusalOf, type Refusal } from './refusal.ts';

export type OrderAct = 'cancel' | 'withdraw' | 'ask';

export type Route =
  | { readonly name: 'health' | 'register' | 'pay' | 'unsettled' | 'events' }
  | { readonly name: 'order'; readonly number: string }
  | { readonly name: 'act'; readonly number: string; readonly act: OrderAct };

const isAct = (word: string | undefined): word is OrderAct =>
  word === 'cancel' || word === 'withdraw' || word === 'ask';

/** `target` is the request's own: a path with its query. */
export function routeOf(method: string, target: string): Result<Route, Refusal> {
  const [path = '', query, ...more] = target.split('?');
  const [root, version, ...rest] = path.split('/');
  if (root !== '' || version !== 'v1' || more.length > 0) return fail(refusal('unknown-path'));
  const found = within(method, rest, query);
  if (!found.ok || found.value.name === 'unsettled' || query === undefined) return found;
  return fail(refusal('unknown-field', 'query'));
}

function within(
  method: string,
  [first, number, act, ...more]: readonly string[],
  query: string | undefined,
): Result<Route, Refusal> {
  if (more.length > 0 || (first !== 'orders' && number !== undefined)) return fail(refusal('unknown-path'));
  switch (first) {
    case 'health':
    case 'events':
      return method === 'GET' ? ok({ name: first }) : wrongMethod('GET');
    case 'payments':
      return method === 'POST' ? ok({ name: 'pay' }) : wrongMethod('POST');
    case 'orders':
      return number === undefined ? collection(method, query) : one(method, number, act);
    default:
      return fail(refusal('unknown-path'));
  }
}

function collection(method: string, query: string | undefined): Result<Route, Refusal> {
  if (method === 'POST') return ok({ name: 'register' });
  if (method !== 'GET') return wrongMethod('GET, POST');
  return query === 'unsettled=1' ? ok({ name: 'unsettled' }) : fail(refusal('missing', 'unsettled=1'));
}

function one(method: string, encoded: string, act: string | undefined): Result<Route, Refusal> {
  const number = outTradeNoSchema.safeParse(decoded(encoded));
  if (act === undefined) {
    if (method !== 'GET') return wrongMethod('GET');
    return number.success ? ok({ name: 'order', number: number.data }) : badNumber(number.error.issues[0]?.message);
  }
  if (!isAct(act)) return fail(refusal('unknown-path'));
  if (method !== 'POST') return wrongMethod('POST');
  return number.success ? ok({ name: 'act', number: number.data, act }) : badNumber(number.error.issues[0]?.message);
}

const wrongMethod = (allow: string): Result<never, Refusal> => fail({ ...refusal('wrong-method'), allow });
const badNumber = (code = 'bad-characters'): Result<never, Refusal> => fail(refusalOf(code, 'number'));

/** Text that is not well encoded stays as it is. Then its % is refused with the other wrong characters. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
