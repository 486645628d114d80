/** Lines of whole words, at most `width` wide; a longer word is broken. */
export function wrapWords(text: string, width: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ').flatMap((one) => broken(one, Math.max(1, width)))) {
    if (line === '') line = word
    else if (line.length + 1 + word.length <= width) line += ` ${word}`
    else {
      lines.push(line)
      line = word
    }
  }
  return [...lines, line]
}

function broken(word: string, width: number): string[] {
  const pieces: string[] = []
  for (let at = 0; at === 0 || at < word.length; at += width) {
    pieces.push(word.slice(at, at + width))
  }
  return pieces
}
