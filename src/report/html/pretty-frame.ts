const longest = 6000

/**
 * A frame as people read it: JSON indented token by token, so that numbers, escapes and duplicate
 * keys stay what was on the wire (and what was redacted stays redacted); anything else as it is.
 */
export function prettyFrame(frame: string): string {
  const text = isJson(frame) ? indented(frame) : frame
  if (text.length <= longest) return text
  return `${text.slice(0, longest)}\n… ${text.length - longest} more characters`
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const tokens = /"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s[\]{},:"]+/g

function indented(json: string): string {
  let depth = 0
  let out = ''
  const all = json.match(tokens) ?? []
  all.forEach((token, at) => {
    const before = all[at - 1]
    if (token === '}' || token === ']') {
      depth -= 1
      out += before === '{' || before === '[' ? token : `${lineBreak(depth)}${token}`
    } else {
      if (before === '{' || before === '[' || before === ',') out += lineBreak(depth)
      out += token === ':' ? ': ' : token
      if (token === '{' || token === '[') depth += 1
    }
  })
  return out
}

function lineBreak(depth: number): string {
  return `\n${'  '.repeat(depth)}`
}
