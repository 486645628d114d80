/**
 * JavaScript for a browser: every visible text whose contrast to what lies under it is below the
 * 4.5 to 1 of WCAG 2.2 AA (3 to 1 for large text), as `text: ratio`.
 */
export const lowContrasts = `(() => {
  const channels = (colour) => {
    const [r, g, b, a = 1] = colour.match(/[\\d.]+/g).map(Number)
    return { r, g, b, a }
  }
  const over = (top, under) => {
    const mix = (key) => top[key] * top.a + under[key] * (1 - top.a)
    return { r: mix('r'), g: mix('g'), b: mix('b'), a: 1 }
  }
  const groundOf = (element) => {
    if (!element) return { r: 255, g: 255, b: 255, a: 1 }
    const own = channels(getComputedStyle(element).backgroundColor)
    return own.a === 1 ? own : over(own, groundOf(element.parentElement))
  }
  const luminance = ({ r, g, b }) => {
    const linear = (value) => {
      const share = value / 255
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    }
    return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
  }
  const ratioOf = (a, b) => {
    const [bright, dim] = [luminance(a), luminance(b)].sort((x, y) => y - x)
    return (bright + 0.05) / (dim + 0.05)
  }
  const low = []
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement
    const text = texts.currentNode.textContent.trim()
    if (text === '' || element.closest('script, noscript') || !element.checkVisibility()) continue
    const style = getComputedStyle(element)
    const size = parseFloat(style.fontSize)
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700)
    const ground = groundOf(element)
    const ratio = ratioOf(over(channels(style.color), ground), ground)
    if (ratio < (large ? 3 : 4.5)) low.push(text + ': ' + ratio.toFixed(2))
  }
  return low
})()`
