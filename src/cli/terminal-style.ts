import { plainStyle, type Style } from '../report/style.ts'

const coded =
  (begin: number, end: number) =>
  (text: string): string =>
    `\u001B[${begin}m${text}\u001B[${end}m`

const colours: Style = {
  bold: coded(1, 22),
  dim: coded(2, 22),
  red: coded(31, 39),
  green: coded(32, 39),
  yellow: coded(33, 39),
}

/** ANSI colours, where they are wanted. */
export function terminalStyle(wanted: boolean): Style {
  return wanted ? colours : plainStyle
}
