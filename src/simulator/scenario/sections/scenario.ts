import { ruleIdsOf } from '../../../conformance/rules/rule-table.ts'
import { list, object, soundItems } from '../../../document/fields/collections.ts'
import { optional, required, withDefault } from '../../../document/fields/field.ts'
import { integer, number, oneOf, text } from '../../../document/fields/scalars.ts'
import { vars } from '../../../document/fields/vars.ts'
import type { OcppVersion } from '../../../ocpp/version.ts'
import { builtinNames } from '../../steps/variables.ts'
import { timeOfDay } from '../fields/time-of-day.ts'
import { identityNames } from '../station-identity.ts'
import { csms, defaultCsms } from './csms.ts'
import { fleet } from './fleet.ts'
import { load, windows } from './load.ts'
import { thresholds } from './thresholds.ts'
import { event } from './timeline.ts'
import { token } from './tokens.ts'

/** The rules that a target can break, by id. */
const ruleIds = ruleIdsOf('csms')

/** Keys that start like this are the author's own: a place for anchors. */
const ownPrefix = 'x-'

/** The whole file. */
export function scenario(version: OcppVersion | undefined) {
  return object(
    {
      name: required(
        text({ wants: 'a name like evening-peak', pattern: /^[A-Za-z0-9][\w .-]{0,79}$/ }),
        'What reports call it.',
      ),
      description: withDefault(text({ longest: 2000 }), 'For people.', '', 'none'),
      vars: withDefault(
        vars([...Object.keys(builtinNames), ...identityNames]),
        'Values to name as `${name}` anywhere, as `{name}` in texts; --set name=value replaces one.',
        [],
        '{}',
      ),
      seed: withDefault(integer({ min: 0, max: 2 ** 32 - 1 }), 'Of every draw.', 1),
      speed: withDefault(
        number({ min: 0.1, max: 100_000 }),
        'Simulated seconds per real second.',
        1,
      ),
      fleets: required(soundItems(fleet(version), 'a list of fleets'), 'The stations.'),
      startsAt: withDefault(
        timeOfDay(),
        'Time of day when the day begins: when the ramp is over. Times of the timeline and of arrivals count from it.',
        0,
        '00:00',
      ),
      timeline: withDefault(
        soundItems(event, 'a list of events'),
        'What comes over the stations in the course of the day, whatever their scripts do.',
        [],
        '[]',
      ),
      load: optional(load, 'How load arrives.', 'each script once'),
      ...windows,
      thresholds: withDefault(
        thresholds,
        'What makes the run fail, in the grammar of k6.',
        [],
        '{}',
      ),
      tokens: withDefault(
        list(token),
        "idTokens the embedded CSMS accepts besides each station's own.",
        [],
        '[]',
      ),
      csms: withDefault(csms, 'How the embedded CSMS behaves.', defaultCsms, '{}'),
      tolerate: withDefault(
        list(oneOf(ruleIds, 'a rule:')),
        'Rules whose violation by the target does not fail the run.',
        [],
        '[]',
      ),
    },
    { wants: 'a scenario {name, fleets}', ignore: ownPrefix },
  )
}
