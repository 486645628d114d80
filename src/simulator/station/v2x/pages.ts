/** How much one message may carry; 0 = no limit. */
export interface PageLimits {
  readonly items: number
  /** Of the whole CALL, UTF-8. */
  readonly bytes: number
}

/** Of a CALL around its items at most: brackets, message id, action and the other fields. */
export const aroundBytes = 200

/**
 * Deals the items of a long report to messages, in order: as many to each as both limits allow, at
 * least one. No items make one empty page.
 */
export function inPages<Item extends object>(
  items: readonly Item[],
  limits: PageLimits,
): readonly (readonly Item[])[] {
  const pages: Item[][] = [[]]
  let page: Item[] = pages[0] ?? []
  let bytes = aroundBytes
  for (const item of items) {
    // And the comma behind it.
    const size = limits.bytes > 0 ? utf8Length(JSON.stringify(item)) + 1 : 0
    const full =
      (limits.items > 0 && page.length >= limits.items) ||
      (limits.bytes > 0 && bytes + size > limits.bytes)
    if (full && page.length > 0) {
      page = []
      pages.push(page)
      bytes = aroundBytes
    }
    page.push(item)
    bytes += size
  }
  return pages
}

/** Bytes of a text in UTF-8. */
export function utf8Length(text: string): number {
  let bytes = text.length
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    if (unit < 0x80) continue
    // Two units of a pair are four bytes, any other unit is two or three.
    const ofPair = unit >= 0xd800 && unit <= 0xdfff
    bytes += unit >= 0x800 && !ofPair ? 2 : 1
  }
  return bytes
}
