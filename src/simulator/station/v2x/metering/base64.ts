const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Of the text's UTF-8 [RFC 4648 4]; the pure core has no Buffer. */
export function base64(text: string): string {
  const bytes = utf8(text)
  let written = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
    written += letter(group >> 18) + letter(group >> 12)
    written += left > 1 ? letter(group >> 6) : '='
    written += left > 2 ? letter(group) : '='
  }
  return written
}

function letter(bits: number): string {
  return alphabet[bits & 63] ?? ''
}

function utf8(text: string): number[] {
  const escaped = encodeURIComponent(text)
  const bytes: number[] = []
  for (let at = 0; at < escaped.length; at += 1) {
    if (escaped[at] === '%') {
      bytes.push(Number.parseInt(escaped.slice(at + 1, at + 3), 16))
      at += 2
    } else {
      bytes.push(escaped.charCodeAt(at))
    }
  }
  return bytes
}
