import type { ConformanceCase, Move } from '../case.ts'
import { optional } from '../values.ts'
import { asked, case16 } from './moves16.ts'
import { alive, booted16 } from './states16.ts'

function change(
  key: string,
  value: string,
  answer: 'Accepted' | 'Rejected' | 'NotSupported',
): Move {
  return asked('ChangeConfiguration', {
    order: { key, value },
    answer: { status: answer },
    clause: '1.6 5.3',
  })
}

const featureProfiles = {
  key: 'SupportedFeatureProfiles',
  readonly: true,
  value: 'Core,FirmwareManagement,LocalAuthListManagement,Reservation,SmartCharging,RemoteTrigger',
}

/** Keys and the cache. */
export const configuration16: readonly ConformanceCase[] = [
  case16({
    id: '019_1',
    title: 'All configuration keys are read',
    group: 'Core',
    moves: [
      ...booted16,
      asked('GetConfiguration', {
        order: {},
        // No list and an empty one both mean all [1.6 5.8].
        expect: { key: optional([]) },
        answer: {
          configurationKey: [
            featureProfiles,
            { key: 'MeterValueSampleInterval', readonly: false, value: '900' },
            { key: 'NumberOfConnectors', readonly: true, value: '2' },
          ],
        },
        clause: '1.6 5.8',
      }),
      alive,
    ],
  }),
  case16({
    id: '019_2',
    title: 'One configuration key is read',
    group: 'Core',
    moves: [
      ...booted16,
      asked('GetConfiguration', {
        order: { key: [featureProfiles.key] },
        answer: { configurationKey: [featureProfiles] },
        clause: '1.6 5.8',
      }),
      alive,
    ],
  }),
  case16({
    id: '021',
    title: 'A configuration key is changed',
    group: 'Core',
    moves: [...booted16, change('MeterValueSampleInterval', '60', 'Accepted'), alive],
  }),
  case16({
    id: '040_1',
    title: 'The station does not know a key',
    group: 'Core',
    moves: [...booted16, change('NoSuchKeyAtAll', '1', 'NotSupported'), alive],
  }),
  case16({
    id: '040_2',
    title: 'The station refuses a value',
    group: 'Core',
    moves: [...booted16, change('MeterValueSampleInterval', '-1', 'Rejected'), alive],
  }),
  case16({
    id: '061',
    title: 'The authorization cache is cleared',
    group: 'Core',
    moves: [
      ...booted16,
      asked('ClearCache', { order: {}, answer: { status: 'Accepted' }, clause: '1.6 5.4' }),
      alive,
    ],
  }),
]
