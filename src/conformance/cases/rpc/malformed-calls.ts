import type { OcppVersion } from '../../../ocpp/version.ts'
import type { ConformanceCase, Move, Reaction } from '../case.ts'
import { raw } from '../moves.ts'
import { rpc, violated } from './rpc-case.ts'

const schemaClause = '1.6J 4.2.3, 2.0.1 Part 4 4.1.7'

/** A CALL whose payload breaks its schema. */
function broken(
  name: string,
  version: OcppVersion,
  [action, payload]: readonly [string, unknown],
  tolerated: readonly Reaction[] = [],
): Move {
  return raw(name, `[2,"{id}","${action}",${JSON.stringify(payload)}]`, {
    ...violated(version, tolerated),
    clause: schemaClause,
  })
}

const is16 = (version: OcppVersion): boolean => version === 'ocpp1.6'

/** A StatusNotification that is valid until something is put over it. */
function statusNotification(version: OcppVersion, over: object): readonly [string, object] {
  const valid = is16(version)
    ? { connectorId: 1, errorCode: 'NoError', status: 'Available' }
    : {
        timestamp: '2026-01-01T00:00:00Z',
        evseId: 1,
        connectorId: 1,
        connectorStatus: 'Available',
      }
  return ['StatusNotification', { ...valid, ...over }]
}

/** Authorize of a token with this text. */
function authorize(version: OcppVersion, idToken: unknown): readonly [string, object] {
  return [
    'Authorize',
    is16(version) ? { idTag: idToken } : { idToken: { idToken, type: 'Central' } },
  ]
}

/** Longest idTag, idToken, and one more. */
const tooLong: Readonly<Record<OcppVersion, number>> = {
  'ocpp1.6': 21,
  'ocpp2.0.1': 37,
  'ocpp2.1': 256,
}

/** CALLs that their receiver cannot make sense of. */
export const malformedCalls: readonly ConformanceCase[] = [
  rpc({
    nn: '01',
    title: 'An action that nobody knows is answered NotImplemented',
    moves: () => [
      raw('unknown action', '[2,"{id}","MakeCoffee",{}]', {
        pass: ['callError:NotImplemented'],
        warn: ['callError:NotSupported'],
        clause: '1.6J 4.2.3, 2.0.1 Part 4 4.3',
      }),
    ],
  }),
  rpc({
    nn: '02',
    title: 'An action in the wrong case, or with a suffix, is one that nobody knows',
    moves: (version) =>
      ['heartbeat', is16(version) ? 'Heartbeat.req' : 'HeartbeatRequest'].map((action) =>
        raw(`action ${action}`, `[2,"{id}","${action}",{}]`, {
          pass: ['callError:NotImplemented'],
          warn: ['callError:NotSupported'],
          clause: '1.6J 4.2.1, 2.0.1 Part 4 4.2.1',
        }),
      ),
  }),
  rpc({
    nn: '03',
    title: 'A required field that is missing is refused',
    moves: (version) => [
      broken('nothing at all', version, ['Authorize', {}]),
      broken(
        'a field inside an object',
        version,
        is16(version)
          ? ['MeterValues', { connectorId: 1, meterValue: [{ sampledValue: [{ value: '1' }] }] }]
          : ['Authorize', { idToken: { idToken: 'CSMS_CONF' } }],
      ),
    ],
  }),
  rpc({
    nn: '04',
    title: 'A value of the wrong JSON type is refused',
    moves: (version) => [
      broken('a number for a text', version, authorize(version, 4711)),
      broken('a text for a number', version, statusNotification(version, { connectorId: '1' })),
      broken('an object for a list', version, [
        'MeterValues',
        { [is16(version) ? 'connectorId' : 'evseId']: 1, meterValue: {} },
      ]),
      broken('a list for the payload', version, ['Heartbeat', []]),
    ],
  }),
  rpc({
    nn: '05',
    title: 'A property that no schema has is refused',
    moves: (version) => [
      broken('an extra property', version, statusNotification(version, { colour: 'green' }), [
        'result',
      ]),
    ],
  }),
  rpc({
    nn: '06',
    title: 'A text that is longer than its field is refused',
    moves: (version) => [
      broken('a token that is too long', version, authorize(version, 'x'.repeat(tooLong[version]))),
    ],
  }),
  rpc({
    nn: '07',
    title: 'A value that its enumeration does not have is refused',
    moves: (version) => [
      broken(
        'a status that nobody knows',
        version,
        statusNotification(version, {
          [is16(version) ? 'status' : 'connectorStatus']: 'Sleeping',
        }),
      ),
    ],
  }),
  rpc({
    nn: '08',
    title: 'null is a legal way to write an empty payload',
    moves: () => [
      raw('null for a payload', '[2,"{id}","Heartbeat",null]', {
        pass: ['result'],
        warn: ['callError'],
        clause: '1.6J 4.2.1, 2.0.1 Part 4 4.1.5',
      }),
    ],
  }),
  rpc({
    nn: '09',
    title: 'A CALL with too few or too many elements is answered',
    moves: () => [
      raw('three elements', '[2,"{id}","Heartbeat"]', {
        pass: ['result', 'callError'],
        warn: ['silence'],
        clause: '1.6J 4.2.1, 2.0.1 Part 4 4.2.1',
      }),
      raw('five elements', '[2,"{id}","Heartbeat",{},{}]', {
        pass: ['callError'],
        warn: ['result', 'silence'],
        clause: '1.6J 4.2.1, 2.0.1 Part 4 4.2.1',
      }),
      raw('an action that is no text', '[2,"{id}",7,{}]', {
        pass: ['callError'],
        warn: ['silence'],
        clause: '1.6J 4.2.1, 2.0.1 Part 4 4.2.1',
      }),
    ],
  }),
].flat()
