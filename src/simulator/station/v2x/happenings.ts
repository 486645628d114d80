import type { CallOutcome } from '../../../ocpp/rpc/call.ts'
import type { StepResult } from '../../steps/actor.ts'
import type { PhysicalEvent, StopDetail } from '../behaviour.ts'
import type { Evse } from '../evse.ts'
import { done } from '../step-result.ts'
import { authorizers } from './authorization/authorizer.ts'
import { monitoring } from './diagnostics/monitoring.ts'
import { aligned } from './metering/clock-aligned.ts'
import type { Station2x } from './station-2x.ts'
import { decisiveCauses, spellFault, spellStop } from './transactions/reasons.ts'
import type { Occurrence } from './transactions/session.ts'
import { transactionResult } from './transactions/transaction-event.ts'
import { withholdings } from './transactions/withholding.ts'

/** Translates what happens at an EVSE into messages [2.0.1 E02, G01, J01, N07]. */
export function happened(
  station: Station2x,
  evse: Evse,
  event: PhysicalEvent,
): Promise<StepResult> {
  switch (event.kind) {
    case 'pluggedIn':
      return pluggedIn(station, evse)
    case 'authorized':
      return told(station, evse, {
        change: { authorized: true },
        trigger: evse.authorization?.how === 'remote' ? 'RemoteStart' : 'Authorized',
      })
    case 'authorizationEnded':
      return authorizationEnded(station, evse, event.why)
    case 'energyStarted':
      return told(station, evse, {
        change: { energy: flows(evse) },
        trigger: 'ChargingStateChanged',
      })
    case 'suspensionChanged':
      return told(station, evse, {
        change: { energy: flows(evse) },
        trigger: 'ChargingStateChanged',
        reason: evse.outlet.suspendedBy === 'ev' ? 'StoppedByEV' : 'Other',
        ...withholdings.existing(station)?.takeTold(evse),
      })
    case 'energyStopped':
      return energyStopped(station, evse, event.stop)
    case 'unplugged':
      return merged(unplugged(station, evse), status(station, evse))
    case 'faulted':
    case 'faultCleared':
      return merged(status(station, evse), notifyFault(station))
    case 'availabilityChanged':
      return status(station, evse)
    case 'sampleDue':
      return event.context === 'periodic' ? periodic(station, evse) : clockAligned(station, evse)
  }
}

/** Energy flows: the contactor is closed and nobody suspends. */
function flows(evse: Evse): boolean {
  return evse.energized && evse.outlet.suspendedBy === undefined
}

/** Tells the transaction; resolves when its message was answered or waits for the network. */
function told(station: Station2x, evse: Evse, occurrence: Occurrence): Promise<StepResult> {
  return new Promise((resolve) => {
    const attempted = (outcome: CallOutcome): void => resolve(transactionResult(outcome))
    const eventType = station.sessions.of(evse).occur({ ...occurrence, attempted })
    if (eventType === undefined) resolve(done)
  })
}

function status(station: Station2x, evse: Evse): Promise<StepResult> {
  return station.connectors.reportChanged([evse])
}

/** What came of an event that sent two messages; the answer of the main one counts. */
async function merged(main: Promise<StepResult>, side: Promise<StepResult>): Promise<StepResult> {
  const [one, other] = await Promise.all([main, side])
  if (!one.ok) return one
  return other.ok && one.answer !== undefined ? one : other
}

/**
 * A transaction that begins with the parking bay is told of the EV before its cable. Where it waited
 * for the cable, energy flows at once: that is told for itself.
 */
function pluggedIn(station: Station2x, evse: Evse): Promise<StepResult> {
  const occupied = status(station, evse)
  const bay = station.model.list('TxCtrlr.TxStartPoint').includes('ParkingBayOccupancy')
  const detected =
    bay && !station.sessions.isOpen(evse)
      ? told(station, evse, {
          change: { connected: true },
          trigger: 'EVDetected',
          chargingState: 'Idle',
        })
      : undefined
  const plugged = told(station, evse, {
    change: { connected: true },
    trigger: 'CablePluggedIn',
    chargingState: 'EVConnected',
  })
  if (detected) return merged(detected, merged(plugged, occupied))
  if (!evse.energized) return merged(plugged, occupied)
  const resumed = told(station, evse, {
    change: { energy: flows(evse) },
    trigger: 'ChargingStateChanged',
  })
  return merged(merged(plugged, resumed), occupied)
}

function authorizationEnded(
  station: Station2x,
  evse: Evse,
  why: 'connectTimeout' | 'withdrawn',
): Promise<StepResult> {
  const change = { authorized: false, energy: false } as const
  return why === 'connectTimeout'
    ? told(station, evse, { change, trigger: 'EVConnectTimeout', reason: 'Timeout' })
    : told(station, evse, { change, trigger: 'StopAuthorized', reason: 'Local' })
}

function energyStopped(station: Station2x, evse: Evse, stop: StopDetail): Promise<StepResult> {
  const { trigger, reason } =
    stop.cause === 'fault' && evse.fault
      ? spellFault(evse.fault.code)
      : spellStop(stop.cause, stop.reason ?? masterPass(station, stop))
  const token = stop.token ?? (trigger === 'StopAuthorized' ? evse.authorization?.token : undefined)
  return told(station, evse, {
    change: {
      authorized: false,
      energy: false,
      ...(stop.cause === 'evDisconnected' && { connected: false }),
      ...(decisiveCauses.has(stop.cause) && { decisive: true }),
    },
    trigger,
    reason,
    ...(token && { token }),
  })
}

/** [2.0.1 C16.FR.02] */
function masterPass(station: Station2x, { token }: StopDetail): string | undefined {
  return token && authorizers.of(station).isMasterPass(token) ? 'MasterPass' : undefined
}

/** A session whose energy stopped with the cable was told then. */
function unplugged(station: Station2x, evse: Evse): Promise<StepResult> {
  const session = station.sessions.of(evse)
  if (!session.connected) return Promise.resolve(done)
  const goesOn = session.authorized && !station.settings.stopOnEvDisconnect
  const bay = station.model.list('TxCtrlr.TxStopPoint').includes('ParkingBayOccupancy')
  const result = told(station, evse, {
    change: { connected: false, energy: false, authorized: goesOn },
    trigger: bay ? 'EVDeparted' : 'EVCommunicationLost',
    reason: 'EVDisconnected',
  })
  // The transaction ended with it, and the driver's right to charge with the transaction.
  if (goesOn && !session.open)
    session.occur({ change: { authorized: false }, trigger: 'EVDeparted' })
  return result
}

/** The hard-wired monitor of the problem tells it at once [2.0.1 N07]. */
async function notifyFault(station: Station2x): Promise<StepResult> {
  await monitoring.of(station).evaluate()
  return done
}

function periodic(station: Station2x, evse: Evse): Promise<StepResult> {
  if (!station.sessions.isOpen(evse)) return Promise.resolve(done)
  return told(station, evse, {
    change: {},
    trigger: 'MeterValuePeriodic',
    sample: { kind: 'sampledUpdated', context: 'Sample.Periodic' },
  })
}

/** Into the transaction where one is open, else for itself [2.0.1 J01]. */
function clockAligned(station: Station2x, evse: Evse): Promise<StepResult> {
  if (!station.sessions.isOpen(evse)) return aligned(station, evse)
  if (station.model.flag('AlignedDataCtrlr.SendDuringIdle')) return Promise.resolve(done)
  const sample = { kind: 'aligned', context: 'Sample.Clock' } as const
  return told(station, evse, { change: {}, trigger: 'MeterValueClock', sample })
}
