import { formatQuantity } from '../../document/units.ts'
import type { ScriptPart, ServeScript } from './plan.ts'

/** What `--dry-run` prints: what a script comes to, without listening. */
export function describeScript(script: ServeScript): string {
  const rows: (readonly [string, string])[] = [
    ['Script', script.name],
    ...(script.description === '' ? [] : [['', script.description.trim()] as const]),
    ...script.vars.map((text, i) => [i === 0 ? 'Vars' : '', text] as const),
    ...script.parts.map((part, i) => [i === 0 ? 'For' : '', partText(part)] as const),
    ['Ends', untilText(script)],
  ]
  return rows.map(([head, text]) => `${head.padEnd(8)} ${text}`.trimEnd()).join('\n')
}

function partText({ stations, protocol, answers, script }: ScriptPart): string {
  const speaks = protocol === undefined ? '' : ` that speak ${protocol}`
  const names = Object.keys(answers)
  const scripted = names.length === 0 ? [] : [`answers to ${names.join(', ')}`]
  const steps = script ? [`${script.length} step${script.length === 1 ? '' : 's'}`] : []
  return `${stations.join(', ')}${speaks}: ${[...scripted, ...steps].join('; ')}`
}

function untilText({ until: { stations, withinMs, idleMs } }: ServeScript): string {
  const time = (value: number) => formatQuantity({ dimension: 'duration', value })
  const late = withinMs === undefined ? [] : [`${time(withinMs)} after it began to listen`]
  if (stations === undefined) return [...late, 'when it is interrupted'].join(', or ')
  const are = stations === 1 ? '1 station has' : `${stations} stations have`
  const idle = `nobody was playing for ${time(idleMs)}`
  return [`${are} ended the script`, ...late, idle].join(', or ')
}
