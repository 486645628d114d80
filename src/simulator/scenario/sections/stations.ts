import { object } from '../../../document/fields/collections.ts'
import { required } from '../../../document/fields/field.ts'
import { text } from '../../../document/fields/scalars.ts'
import type { Reader } from '../../../document/reader.ts'
import { entryOf, type MapNode } from '../../../document/source-node.ts'
import type { StationRow } from '../plan.ts'
import { readStations } from '../station-file/read-stations.ts'
import type { WantedRows } from '../station-file/station-rows.ts'

/** Whose stations they are, by name. */
export const stations = object(
  {
    file: required(
      text({ wants: 'the path of a CSV or JSON file', longest: 1000 }),
      'Beside the scenario, CSV with a head or a JSON list. Of each station: id, and if need be ' +
        'password, token, tokenType, serial, fleet, protocol; columns that begin with x- are yours.',
    ),
  },
  { wants: 'a file like {file: fleet.csv}', shorthand: 'file' },
)

/**
 * The stations that the file of a fleet names; undefined where something is wrong with it.
 *
 * @param wanted the fleet that reads it
 */
export function readStationsFile(
  file: string,
  fleet: MapNode,
  reader: Reader,
  wanted: WantedRows,
): readonly StationRow[] | undefined {
  const section = entryOf(fleet, 'stations')?.value
  const named = section?.kind === 'map' ? entryOf(section, 'file')?.value : section
  const read = reader.readFile(file)
  if ('error' in read) {
    return reader.report(named?.span ?? fleet.span, `Cannot read ${file}: ${read.error}.`)
  }
  const { rows, problems } = readStations(read.shown, read.text, wanted)
  return problems.length === 0 ? rows : reader.include(problems)
}

/** A file says how many there are and who they are. */
export function checkBesideFile(node: MapNode, reader: Reader): void {
  if (!entryOf(node, 'stations')) return
  for (const key of ['count', 'id'] as const) {
    const entry = entryOf(node, key)
    if (!entry) continue
    const what = key === 'count' ? 'how many stations there are' : 'what they are called'
    reader.report(entry.keySpan, `The file of "stations" says ${what}; leave "${key}" out.`)
  }
}
