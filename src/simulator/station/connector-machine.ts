/** Status of a connector, 1.6's nine; 2.x tells fewer apart [1.6 7.7]. */
export type ConnectorStatus =
  | 'Available'
  | 'Preparing'
  | 'Charging'
  | 'SuspendedEVSE'
  | 'SuspendedEV'
  | 'Finishing'
  | 'Reserved'
  | 'Unavailable'
  | 'Faulted'

/** Which status may follow which: the matrix of [1.6 4.9], its event codes left aside. */
export const transitions: Readonly<Record<ConnectorStatus, readonly ConnectorStatus[]>> = {
  Available: [
    'Preparing',
    'Charging',
    'SuspendedEV',
    'SuspendedEVSE',
    'Reserved',
    'Unavailable',
    'Faulted',
  ],
  Preparing: ['Available', 'Charging', 'SuspendedEV', 'SuspendedEVSE', 'Finishing', 'Faulted'],
  Charging: ['Available', 'SuspendedEV', 'SuspendedEVSE', 'Finishing', 'Unavailable', 'Faulted'],
  SuspendedEV: ['Available', 'Charging', 'SuspendedEVSE', 'Finishing', 'Unavailable', 'Faulted'],
  SuspendedEVSE: ['Available', 'Charging', 'SuspendedEV', 'Finishing', 'Unavailable', 'Faulted'],
  Finishing: ['Available', 'Preparing', 'Unavailable', 'Faulted'],
  Reserved: ['Available', 'Preparing', 'Unavailable', 'Faulted'],
  Unavailable: ['Available', 'Preparing', 'Charging', 'SuspendedEV', 'SuspendedEVSE', 'Faulted'],
  Faulted: [
    'Available',
    'Preparing',
    'Charging',
    'SuspendedEV',
    'SuspendedEVSE',
    'Finishing',
    'Reserved',
    'Unavailable',
  ],
}

/** What holds of a connector. */
export interface ConnectorFacts {
  readonly faulted: boolean
  readonly operative: boolean
  readonly plugged: boolean
  readonly inTransaction: boolean
  readonly authorized: boolean
  /** A transaction ended and the cable is still plugged. */
  readonly finishing: boolean
  readonly suspendedBy: 'ev' | 'evse' | undefined
  readonly reserved: boolean
}

/** The status that these facts amount to. */
export function statusOf(facts: ConnectorFacts): ConnectorStatus {
  if (facts.faulted) return 'Faulted'
  if (facts.inTransaction) {
    if (!facts.plugged || facts.suspendedBy === 'ev') return 'SuspendedEV'
    return facts.suspendedBy === 'evse' ? 'SuspendedEVSE' : 'Charging'
  }
  if (!facts.operative) return 'Unavailable'
  if (facts.finishing && facts.plugged) return 'Finishing'
  if (facts.plugged || facts.authorized) return 'Preparing'
  return facts.reserved ? 'Reserved' : 'Available'
}

/** What a connector may pass by on the way where there is no direct step; the first that fits. */
const between: readonly ConnectorStatus[] = ['Preparing', 'Available', 'Finishing']

/**
 * The statuses to report on the way from one to the other, the last one included: one where [1.6
 * 4.9] knows the step (or nothing changed: none), otherwise by way of another.
 */
export function route(from: ConnectorStatus, to: ConnectorStatus): readonly ConnectorStatus[] {
  if (from === to) return []
  if (transitions[from].includes(to)) return [to]
  const by = between.find(
    (status) => transitions[from].includes(status) && transitions[status].includes(to),
  )
  return by ? [by, to] : [to]
}
