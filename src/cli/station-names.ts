import { InvalidArgumentError } from 'commander'

/** More at once would be a mistyped range. */
const mostNames = 1_000_000

/**
 * Names separated by commas, with ranges as shells write them: `CP1,CP2`, `CP{001..100}`; the width of
 * the first number is kept. Gathers when repeated.
 */
export function stationNames(text: string, before: readonly string[] = []): readonly string[] {
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .flatMap(expanded)
  if (names.length === 0) throw new InvalidArgumentError('It must name stations, like CP1,CP2.')
  return [...before, ...names]
}

function expanded(name: string): readonly string[] {
  const range = /^(.*)\{(\d+)\.\.(\d+)\}(.*)$/.exec(name)
  if (!range) return [name]
  const [, head = '', from = '', to = '', tail = ''] = range
  const count = Number(to) - Number(from) + 1
  if (count < 1 || count > mostNames) {
    throw new InvalidArgumentError(`{${from}..${to}} must count up, to at most ${mostNames} names.`)
  }
  return Array.from({ length: count }, (_, i) => {
    const number = String(Number(from) + i).padStart(from.length, '0')
    return `${head}${number}${tail}`
  })
}
