/** What a text says by how it looks; nothing is said by looks alone. */
export type Tone = 'loud' | 'quiet' | 'good' | 'warn' | 'bad'

/** The characters that the view is drawn with. */
export interface Glyphs {
  /** Lowest to highest. */
  readonly spark: readonly string[]
  readonly done: string
  readonly ahead: string
  /** Of a bar of stations. */
  readonly accepted: string
  readonly connected: string
  readonly connecting: string
  readonly offline: string
  readonly waiting: string
  readonly yes: string
  readonly no: string
  readonly attention: string
  readonly now: string
  readonly rule: string
}

export interface Theme {
  readonly colour: boolean
  readonly unicode: boolean
  readonly glyphs: Glyphs
}

const unicodeGlyphs: Glyphs = {
  spark: ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
  done: '━',
  ahead: '─',
  accepted: '█',
  connected: '▓',
  connecting: '▒',
  offline: '×',
  waiting: '·',
  yes: '✓',
  no: '✗',
  attention: '!',
  now: '▶',
  rule: '─',
}

const asciiGlyphs: Glyphs = {
  spark: ['_', '.', ':', '-', '=', '+', '*', '#'],
  done: '=',
  ahead: '.',
  accepted: '#',
  connected: '+',
  connecting: '-',
  offline: 'x',
  waiting: '.',
  yes: '+',
  no: 'x',
  attention: '!',
  now: '>',
  rule: '-',
}

export function themeOf(terminal: { readonly colour: boolean; readonly unicode: boolean }): Theme {
  const { colour, unicode } = terminal
  return { colour, unicode, glyphs: unicode ? unicodeGlyphs : asciiGlyphs }
}

/** What Ink's Text is given for a tone; without colour, weight is what is left. */
interface Look {
  readonly bold?: true
  readonly dimColor?: true
  readonly color?: 'green' | 'yellow' | 'red'
}

const coloured: Readonly<Record<Tone, Look>> = {
  loud: { bold: true },
  quiet: { dimColor: true },
  good: { color: 'green' },
  warn: { color: 'yellow' },
  bad: { color: 'red' },
}

const plain: Readonly<Record<Tone, Look>> = {
  loud: { bold: true },
  quiet: { dimColor: true },
  good: {},
  warn: { bold: true },
  bad: { bold: true },
}

/** How Ink is to draw a tone; without colour as bold and dim. */
export function lookOf({ colour }: Theme, tone: Tone | undefined): Look {
  if (tone === undefined) return {}
  return (colour ? coloured : plain)[tone]
}

const replacements: Readonly<Record<string, string>> = {
  '…': '~',
  '–': '-',
  '−': '-',
  '·': '-',
  '×': 'x',
  '≤': '<',
}

/** For terminals that do not speak UTF-8; one character stays one character. */
export function asAscii(text: string): string {
  return text.replace(/\P{ASCII}/gu, (character) => replacements[character] ?? '?')
}
