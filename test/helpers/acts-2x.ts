import type { Version2x } from '../../src/simulator/station/v2x/station-2x.ts'
import type { StepResult } from '../../src/simulator/steps/actor.ts'
import { type Peer2x, tokenOf } from './peer-2x.ts'
import { ev } from './station-peer.ts'

/** What people, EVs, the grid, the network and the CSMS do to a station of two EVSEs. */

export const places = [
  { evse: 1, connector: 1 },
  { evse: 2, connector: 1 },
] as const
export type Place = (typeof places)[number]

export type Act = (peer: Peer2x, place: Place) => Promise<unknown>

/** By the token: what the CSMS thinks of it. */
export function judgement(idToken: string): object {
  if (idToken === 'BAD') return { status: 'Invalid' }
  return idToken === 'TAG-1' || idToken === 'KIN'
    ? { status: 'Accepted', groupIdToken: { idToken: 'FAMILY', type: 'Central' } }
    : { status: 'Accepted' }
}

const small = { ...ev, batteryWh: 20_000, soc: 0.9 }
/** Gives back, and speaks ISO 15118-20. */
const generous = {
  ...small,
  soc: 0.6,
  needs: { energyWh: 5000, control: 'dynamic' },
  discharge: { maxPowerW: 10_000, reserveSoc: 0.2, efficiency: 0.9 },
} as const

const by =
  (idToken: string): Act =>
  (peer, place) =>
    peer.actor.authorize(place, tokenOf(idToken), peer.cancel)
const stopBy =
  (idToken: string): Act =>
  (peer, place) =>
    peer.actor.stop(place, { token: tokenOf(idToken) }, peer.cancel)
const step =
  (does: (peer: Peer2x, place: Place) => Promise<StepResult> | undefined): Act =>
  async (peer, place) =>
    does(peer, place)
const at =
  (does: (peer: Peer2x, place: Place) => void): Act =>
  async (peer, place) =>
    does(peer, place)

const physical: Readonly<Record<string, Act>> = {
  plugIn: step(({ actor }, place) => actor.plugIn(place, small)),
  plugInGenerous: step(({ actor }, place) => actor.plugIn(place, generous)),
  arrive: async (peer, place) => {
    void peer.actor.plugIn(place, small)
    void peer.actor.authorize(place, peer.actor.ownToken, peer.cancel)
    await peer.clock.run(0)
    void peer.actor.start(place, peer.cancel)
  },
  arriveGenerous: async (peer, place) => {
    void peer.actor.plugIn(place, generous)
    void peer.actor.authorize(place, peer.actor.ownToken, peer.cancel)
    await peer.clock.run(0)
    void peer.actor.start(place, peer.cancel)
  },
  authorize: by('TAG-1'),
  guest: by('GUEST'),
  bad: by('BAD'),
  button: (peer, place) =>
    peer.actor.authorize(place, { idToken: '', type: 'NoAuthorization' }, peer.cancel),
  card: (peer, place) =>
    peer.actor.authorize(
      place,
      {
        idToken: 'PSP-1',
        type: 'DirectPayment',
        payment: {
          brand: 'Visa',
          recognition: 'CC',
          last4: '1234',
          settlement: 'Settled',
          vatNumber: undefined,
        },
      },
      peer.cancel,
    ),
  start: (peer, place) => peer.actor.start(place, peer.cancel),
  pause: (peer, place) => peer.actor.suspendEv(place, undefined, peer.cancel),
  rest: (peer, place) => peer.actor.suspendEv(place, 60_000, peer.cancel),
  charge: (peer, place) => peer.actor.charge(place, { untilEnergyWh: 500 }, peer.cancel),
  limit: step(({ actor }, place) =>
    actor.act(place, { kind: 'transactionLimited', limit: { maxEnergy: 300, maxTime: 900 } }),
  ),
  raise: step(({ actor }, place) =>
    actor.act(place, { kind: 'transactionLimited', limit: { maxEnergy: 3000 } }),
  ),
  needs: step(({ actor }, place) =>
    actor.act(place, { kind: 'needs', needs: { energyWh: 1000, departureMs: 3_600_000 } }),
  ),
  priority: step(({ actor }, place) => actor.act(place, { kind: 'priority', on: true })),
  noPriority: step(({ actor }, place) => actor.act(place, { kind: 'priority', on: false })),
  contract: step(({ actor }, place) =>
    actor.act(place, { kind: 'contract', action: 'Install', emaids: ['DE-LAB-C12345678-9'] }),
  ),
  siteLimit: step(({ actor }, place) =>
    actor.act(place, {
      kind: 'limited',
      evse: 0,
      source: 'EMS',
      watts: 2000,
      gridCritical: true,
      generation: false,
    }),
  ),
  noSiteLimit: step(({ actor }, place) =>
    actor.act(place, { kind: 'limitCleared', evse: 0, source: 'EMS' }),
  ),
  stop: (peer, place) => peer.actor.stop(place, {}, peer.cancel),
  emergencyStop: (peer, place) => peer.actor.stop(place, { reason: 'EmergencyStop' }, peer.cancel),
  stopByKin: stopBy('KIN'),
  stopByStranger: stopBy('STRANGER'),
  unplug: (peer, place) => peer.actor.unplug(place, peer.cancel),
  fault: step(({ actor }, place) => actor.fault(place, { code: 'GroundFailure' })),
  button2: step(({ actor }, place) => actor.fault(place, { code: 'EmergencyStop' })),
  repair: step(({ actor }, place) => actor.clearFault(place)),
  gridFails: at(({ actor }) => actor.gridEvent({ frequencyHz: 47, voltageV: 180 })),
  gridWants: at(({ actor }) => actor.gridEvent({ externalW: -4000, loadW: 9000 })),
  gridIsBack: at(({ actor }) => actor.gridEvent({ frequencyHz: 50, voltageV: 230, loadW: 0 })),
  cut: at((peer) => peer.cut()),
  /** The queue of messages overflows if it lasts. */
  cutWhileSampling: async (peer, place) => {
    await calls['sampleOften']?.(peer, place)
    peer.cut()
  },
  sleep: at(({ actor }) => actor.disconnect({ halfOpen: true })),
  wake: at(({ actor, cancel }) => void actor.reconnect(cancel)),
  close: at(({ actor }) => actor.closeSocket(1001, 'bye')),
  restore: at((peer) => {
    peer.reachable = true
  }),
  powerLoss: at(({ actor }) => actor.powerLoss()),
  powerUp: at(({ station }) => station.powerUp()),
  pass: async () => undefined,
}

const call =
  (action: string, payload: (place: Place, peer: Peer2x) => object): Act =>
  (peer, place) =>
    peer.outcome(action, payload(place, peer))
const set = (component: string, variable: string, attributeValue: string): Act =>
  call('SetVariables', () => ({
    setVariableData: [
      { component: { name: component }, variable: { name: variable }, attributeValue },
    ],
  }))
const transactionId = (place: Place, peer: Peer2x) => ({
  transactionId: peer.actor.variable('transactionId', place) ?? 'none',
})
const available = (operationalStatus: string): Act =>
  call('ChangeAvailability', ({ evse: id }) => ({ operationalStatus, evse: { id } }))
const profile = (limit: number) => ({
  id: 1,
  stackLevel: 0,
  chargingProfilePurpose: 'TxDefaultProfile',
  chargingProfileKind: 'Relative',
  chargingSchedule: [
    { id: 1, chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit }] },
  ],
})
const limited = (limit: number): Act =>
  call('SetChargingProfile', () => ({ evseId: 0, chargingProfile: profile(limit) }))

/** CALLs that make sense, in the order of their blocks. */
const calls: Readonly<Record<string, Act>> = {
  reset: call('Reset', () => ({ type: 'Immediate' })),
  resetLater: call('Reset', () => ({ type: 'OnIdle' })),
  resetEvse: call('Reset', ({ evse: evseId }) => ({ type: 'Immediate', evseId })),
  sampleOften: set('SampledDataCtrlr', 'TxUpdatedInterval', '5'),
  sampleNever: set('SampledDataCtrlr', 'TxUpdatedInterval', '0'),
  collect: set('SampledDataCtrlr', 'TxEndedInterval', '30'),
  alignOften: set('AlignedDataCtrlr', 'Interval', '60'),
  startPoint: set('TxCtrlr', 'TxStartPoint', 'EVConnected'),
  stopPoint: set('TxCtrlr', 'TxStopPoint', 'EnergyTransfer'),
  noMaster: set('AuthCtrlr', 'MasterPassGroupId', ''),
  master: set('AuthCtrlr', 'MasterPassGroupId', 'FAMILY'),
  clearCache: call('ClearCache', () => ({})),
  list: call('SendLocalList', () => ({
    versionNumber: 1,
    updateType: 'Full',
    localAuthorizationList: [
      { idToken: tokenOf('BAD'), idTokenInfo: { status: 'Accepted' } },
      { idToken: tokenOf('GUEST'), idTokenInfo: { status: 'Blocked' } },
    ],
  })),
  status: call('GetTransactionStatus', transactionId),
  remoteStart: call('RequestStartTransaction', ({ evse }) => ({
    evseId: evse,
    remoteStartId: 7,
    idToken: { idToken: 'REMOTE', type: 'Central' },
  })),
  remoteStop: call('RequestStopTransaction', transactionId),
  unlock: call('UnlockConnector', ({ evse }) => ({ evseId: evse, connectorId: 1 })),
  trigger: call('TriggerMessage', () => ({ requestedMessage: 'TransactionEvent' })),
  triggerMeter: call('TriggerMessage', () => ({ requestedMessage: 'MeterValues' })),
  off: available('Inoperative'),
  on: available('Operative'),
  reserve: call('ReserveNow', ({ evse }, peer) => ({
    id: evse,
    evseId: evse,
    idToken: tokenOf('GUEST'),
    expiryDateTime: new Date(peer.clock.wallMs() + 600_000).toISOString(),
  })),
  unreserve: call('CancelReservation', ({ evse }) => ({ reservationId: evse })),
  forbid: limited(0),
  allow: limited(16),
  clearProfiles: call('ClearChargingProfile', () => ({ chargingProfileCriteria: {} })),
}

/** And those that only 2.1 has. */
const calls21: Readonly<Record<string, Act>> = {
  resume: call('Reset', () => ({ type: 'ImmediateAndResume' })),
  giveBack: call('SetChargingProfile', (place, peer) => ({
    evseId: place.evse,
    chargingProfile: {
      ...profile(0),
      id: 2,
      stackLevel: 1,
      chargingProfilePurpose: 'TxProfile',
      ...transactionId(place, peer),
      chargingSchedule: [
        {
          id: 1,
          chargingRateUnit: 'W',
          chargingSchedulePeriod: [
            { startPeriod: 0, operationMode: 'CentralSetpoint', setpoint: -5000 },
          ],
        },
      ],
    },
  })),
  giveBackSoon: async (peer) => {
    await physical['arriveGenerous']?.(peer, places[1])
    await calls21['bothWays']?.(peer, places[1])
    return calls21['giveBack']?.(peer, places[1])
  },
  bothWays: call('NotifyAllowedEnergyTransfer', (place, peer) => ({
    ...transactionId(place, peer),
    allowedEnergyTransfer: ['DC', 'DC_BPT', 'AC_BPT'],
  })),
}

export const actsOf: Readonly<Record<Version2x, Readonly<Record<string, Act>>>> = {
  'ocpp2.0.1': { ...physical, ...calls },
  'ocpp2.1': { ...physical, ...calls, ...calls21 },
}

/** A session begins and goes on more often than something comes in between. */
const usual = [
  'arrive',
  'arrive',
  'arriveGenerous',
  'start',
  'pass',
  'pass',
  'stop',
  'unplug',
  'restore',
  'powerUp',
  'wake',
  'on',
  'repair',
]
export const usualOf: Readonly<Record<Version2x, readonly string[]>> = {
  'ocpp2.0.1': usual,
  'ocpp2.1': [...usual, 'giveBackSoon', 'giveBackSoon'],
}
