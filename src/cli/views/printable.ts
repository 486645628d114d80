/**
 * Text of a target or a scenario, safe to draw: no control characters, which would take over the
 * terminal, and none that turn the direction of writing or are not seen at all.
 */
export function printable(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/[\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .trim()
}
