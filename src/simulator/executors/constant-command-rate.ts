import { required, withDefault } from '../../document/fields/field.ts'
import { duration, rate } from '../../document/fields/quantities.ts'
import { integer } from '../../document/fields/scalars.ts'
import { arrivalBacklogProperty } from './backlog.ts'
import { type CommandMix, checkCommandMix, commandMixField } from './command-mix.ts'
import { CommandRate } from './command-rate.ts'
import { defineExecutor } from './executor.ts'
import { mixText } from './mix.ts'

export const constantCommandRate = defineExecutor({
  name: 'constant-command-rate',
  summary:
    'The CSMS acts: `rate` commands by `mix` to accepted stations in a seeded order, through its operator’s API, whatever the answers do.',
  answers: 'How long does it take from pressing a button to the answer of the station, under load?',
  model: 'mixed',
  fields: {
    rate: required(rate(), 'Commands over all fleets.'),
    mix: required(commandMixField, 'Weights by action; a station gets those that its version has.'),
    maxInFlight: withDefault(
      integer({ min: 1, max: 100_000, wants: 'a number of commands' }),
      'Commands that may be under way at once, over the whole run.',
      100,
    ),
    within: withDefault(
      duration({ min: 1 }),
      'How long an answer may take. Real time.',
      30_000,
      '30s',
    ),
    backlog: arrivalBacklogProperty,
  },
  example:
    'load: { executor: constant-command-rate, rate: 20/s, mix: { ClearCache: 1, GetConfiguration: 3 }, steady: 60s }',
  gracefulStopMs: 0,
  check: ({ mix }, check) => checkCommandMix(mix, check),
  describe: ({ mix }) =>
    `each station plays its script once; commands of the CSMS: ${mixText(weightsOf(mix))}`,
  curve: ({ rate: value }, _fleets, steadyMs) => ({
    unit: 'commands/s',
    points: [
      { atMs: 0, value },
      { atMs: steadyMs, value },
    ],
  }),
  run: (options, context) => new CommandRate(options, context),
})

function weightsOf(mix: CommandMix): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(mix).map(([action, { weight }]) => [action, weight]))
}
