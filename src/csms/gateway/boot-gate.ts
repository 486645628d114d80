import { CallError } from '../../ocpp/rpc/error-codes.ts'
import type { StationContext } from '../domain/domain.ts'

/**
 * Before a station is accepted only BootNotification is served, and what the CSMS itself asked for.
 * 2.x demands SecurityError, 1.6 recommends it.
 * [2.0.1 B01.FR.10, B02.FR.09, B03.FR.07] [1.6J errata 3.10]
 */
export function bootGate(action: string, { station }: StationContext): CallError | undefined {
  const { registration } = station.record
  if (registration === 'Accepted' || action === 'BootNotification') return undefined
  if (registration === 'Pending' && station.triggered.has(action)) return undefined
  return new CallError('SecurityError', 'The station is not accepted yet: send BootNotification')
}

/**
 * Why the CSMS may not send an action to a station in its state of registration; undefined where it
 * may. [1.6 4.2] [2.0.1 B02.FR.05, B03.FR.03]
 */
export function commandGate(action: string, { station }: StationContext): string | undefined {
  const { registration } = station.record
  if (registration === 'Accepted') return undefined
  if (registration === 'Pending') {
    return notWhilePending.has(action)
      ? `${action} may not be sent while the station is Pending.`
      : undefined
  }
  return registration === 'Rejected'
    ? 'The station was Rejected: nothing may be sent to it until it boots again.'
    : 'The station has not sent a BootNotification yet.'
}

const notWhilePending: ReadonlySet<string> = new Set([
  'RemoteStartTransaction',
  'RemoteStopTransaction',
  'RequestStartTransaction',
  'RequestStopTransaction',
])
