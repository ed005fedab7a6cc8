/** `facepay-kiosk://order/<number>`: a link that shows an order, and does nothing else. */
import { outTradeNoSchema } from './order.ts';

export const LINK_SCHEME = 'facepay-kiosk';
const LINK = /^facepay-kiosk:\/\/order\/([^/?#\s]{1,100})\/?$/;

/** Whether the link is for this app at all. */
export const isLink = (text: string): boolean => text.toLowerCase().startsWith(`${LINK_SCHEME}:`);

/** The number in the link; `null` unless the text is exactly such a link. */
export function orderOfLink(text: string): string | null {
  const encoded = LINK.exec(text)?.[1];
  if (encoded === undefined || /%(?!7C|2A|2D|5F|40)/i.test(encoded)) return null;
  const number = outTradeNoSchema.safeParse(decodeURIComponent(encoded));
  return number.success ? number.data : null;
}
