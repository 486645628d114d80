/**
 * A curve of one line: the newest values that fit, the newest at the right, from 0 to the highest.
 *
 * @param glyphs lowest to highest
 * @param scale what the highest glyph stands for; the highest of the values where it is left out
 */
export function sparkline(
  values: readonly (number | null)[],
  width: number,
  glyphs: readonly string[],
  scale?: number,
): string {
  const shown = width > 0 ? values.slice(-width) : []
  const highest = scale ?? Math.max(0, ...shown.map((value) => value ?? 0))
  const curve = shown.map((value) => (value === null ? ' ' : glyphOf(value, highest, glyphs)))
  return curve.join('').padStart(Math.max(0, width))
}

function glyphOf(value: number, highest: number, glyphs: readonly string[]): string {
  const share = highest > 0 ? Math.min(1, Math.max(0, value / highest)) : 0
  return glyphs[Math.round(share * (glyphs.length - 1))] ?? ' '
}
