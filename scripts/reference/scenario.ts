import type { Field, Property } from '../../src/document/fields/field.ts'
import { dimensionNames, dimensions } from '../../src/document/units.ts'
import { traits } from '../../src/simulator/scenario/fields/traits.ts'
import { csms } from '../../src/simulator/scenario/sections/csms.ts'
import { fleet } from '../../src/simulator/scenario/sections/fleet.ts'
import { load } from '../../src/simulator/scenario/sections/load.ts'
import { modelFile, modelVariable } from '../../src/simulator/scenario/sections/model-file.ts'
import { scenario } from '../../src/simulator/scenario/sections/scenario.ts'
import { station } from '../../src/simulator/scenario/sections/station.ts'
import { evse } from '../../src/simulator/scenario/sections/station-shape.ts'
import { condition } from '../../src/simulator/scenario/sections/thresholds.ts'
import { event } from '../../src/simulator/scenario/sections/timeline.ts'
import { token } from '../../src/simulator/scenario/sections/tokens.ts'
import { traffic } from '../../src/simulator/scenario/sections/traffic.ts'
import { code, page, table } from './markdown.ts'

/** Sections of the page, outermost first. */
const parts: readonly (readonly [string, Field<unknown>])[] = [
  ['The file', scenario(undefined)],
  ['fleets[]', fleet(undefined)],
  ['fleets[].station', station],
  ['fleets[].station.evses[]', evse],
  ['fleets[].traits', traits],
  ['fleets[].traffic[]', traffic],
  ['timeline[]', event],
  ['load', load],
  ['thresholds.METRIC[]', condition],
  ['tokens[]', token],
  ['csms', csms],
  ['A model file', modelFile],
  ['A model file: variables.NAME', modelVariable],
]

/** `docs/reference/scenario.md`. */
export function scenarioReference(): string {
  return page(
    'The scenario file',
    'Generated from `src/simulator/scenario/sections`. Steps of scripts: [steps](steps.md); metrics of ' +
      'thresholds: [thresholds](thresholds.md). An editor that speaks YAML schemas completes and checks ' +
      'all of it after the line `# yaml-language-server: $schema=../schemas/scenario.schema.json`.',
    'A key in bold is required; one marked "short form" may stand alone: `tokens: [CARD7]`. An unknown key ' +
      'is an error, but keys of the file that begin with `x-` are yours: a place for YAML anchors. ' +
      '`${name}` is a var of the file or else a variable of the environment, anywhere; within `[...]` and ' +
      '`{...}` put it in quotes, so that other tools can read the file, too. `$${name}` is that text itself.',
    units(),
    ...parts.flatMap(([title, field]) => section(title, field)),
  )
}

function units(): string {
  const rows = dimensionNames.map((name) => {
    const { example, units: known } = dimensions[name]
    return [name, code(example), Object.keys(known).map(code).join(' ')]
  })
  return `## Units\n\n${table(['', 'like', 'units'], rows)}\n\nDurations may be in parts: \`1h30min\`.`
}

function section(title: string, field: Field<unknown>): readonly string[] {
  if (!hasShape(field)) throw new Error(`${title} has no keys`)
  const rows = rowsOf(field, '')
  return [`## ${title}`, table(['key', 'value', 'default', ''], rows)]
}

/** Objects within an object are shown with their path; lists have sections of their own. */
function rowsOf(field: Shaped, path: string): readonly (readonly string[])[] {
  return Object.entries(field.shape).flatMap(([name, property]) => {
    const key = path + name
    const label = property.required ? `**${key}**` : key
    const short = name === field.shorthand ? ' (short form)' : ''
    const { wants } = property.field
    const own = [label + short, wants, property.defaultText ?? '', property.summary]
    const inner = property.field
    const isSection = parts.some(([, known]) => hasShape(known) && isSame(known, inner))
    if (!hasShape(inner) || isSection) return [own]
    return [own, ...rowsOf(inner, `${key}.`)]
  })
}

function isSame(known: Shaped, field: Field<unknown>): boolean {
  return hasShape(field) && known.shape === field.shape
}

interface Shaped {
  readonly shape: Readonly<Record<string, Property<unknown>>>
  readonly shorthand: string | undefined
}

function hasShape(field: object): field is Shaped {
  return 'shape' in field
}
