import type { Scene } from '../../play/scene.ts'
import type { AskedMove, CallMove, ConformanceCase, ConnectMove, Demand, Move } from '../case.ts'
import { claimed21 } from './claims21.ts'
import { source21 } from './moves21.ts'

/** What of a case is otherwise in 2.1 than what its row of 2.0.1 becomes by itself. */
export type Otherwise = Partial<
  Pick<ConformanceCase, 'title' | 'profile' | 'feature' | 'needs' | 'tags' | 'moves'>
>

/**
 * The cases of 2.0.1 as 2.1 has them: the same ids, judged by the clauses of 2.1. Those were compared
 * one by one: Part 2 kept the ids of all that is cited here.
 *
 * @param otherwise by id, `K_70`: where Part 6 of 2.1 has other steps, or Part 5 another feature
 */
export function inherited21(
  cases: readonly ConformanceCase[],
  otherwise: Readonly<Record<string, Otherwise>>,
): readonly (ConformanceCase & { readonly version: 'ocpp2.1' })[] {
  return cases.map((one) => ({
    ...one,
    ...claimed21(one),
    version: 'ocpp2.1',
    source: source21,
    stability: 'provisional',
    moves: one.moves.map(moveOf21),
    ...otherwise[one.id.replace(/^TC_(.+)_CSMS$/, '$1')],
  }))
}

/** Clauses that do not hold word for word: sections that were renumbered, and a reference that is void. */
export const otherClauses: Readonly<Record<string, string>> = {
  '2.0.1 Part 4 3.2': '2.1 Part 4 3.3',
  '2.0.1 Part 4 3.1.2, 3.2': '2.1 Part 4 3.1.2, 3.3',
  // Of 2.1 E06.FR.04 only points to E05.
  '2.0.1 E05.FR.10, E06.FR.04': '2.1 E05.FR.10',
}

function clause21(clause: string): string {
  return otherClauses[clause] ?? clause.replaceAll('2.0.1 ', '2.1 ')
}

/** What 2.1 has otherwise in what stations and hooks say, by action, and why. */
export const otherPayloads: Readonly<Record<string, (payload: object) => object>> = {
  /** A monitor tells what kind it is: eventNotificationType is required [2.1 N02.FR.22]. */
  NotifyMonitoringReport: (payload) => {
    const { monitor } = payload as MonitoringReport
    const variableMonitoring = (one: MonitoredVariable) =>
      one.variableMonitoring.map((of) => ({ ...of, eventNotificationType: 'CustomMonitor' }))
    return {
      ...payload,
      monitor: monitor.map((one) => ({ ...one, variableMonitoring: variableMonitoring(one) })),
    }
  },
  /** Which version it is to be is negotiated: ocppVersion is there for 2.0.1 alone, and ignored. */
  SetNetworkProfile: (payload) => {
    const { connectionData } = payload as { readonly connectionData: object }
    const { ocppVersion: _, ...kept } = connectionData as { readonly ocppVersion?: unknown }
    return { ...payload, connectionData: kept }
  },
}

interface MonitoredVariable {
  readonly variableMonitoring: readonly object[]
}

interface MonitoringReport {
  readonly monitor: readonly MonitoredVariable[]
}

/** A move of 2.0.1, by the clauses of 2.1. */
export function moveOf21(move: Move): Move {
  switch (move.kind) {
    case 'call':
      return call21(move)
    case 'asked':
      return asked21(move)
    case 'connect':
      return connect21(move)
    case 'raw':
    case 'handshake':
      return { ...move, clause: clause21(move.clause) }
    case 'do':
      return { ...move, run: (scene) => move.run(citing21(scene)) }
    case 'wait':
      return move
  }
}

const demand21 = (demand: Demand): Demand => ({ ...demand, clause: clause21(demand.clause) })

function call21(move: CallMove): CallMove {
  const { action, payload, clause, demands } = move
  return {
    ...move,
    payload: otherPayloads[action]?.(payload) ?? payload,
    clause: clause21(clause),
    demands: demands.map(demand21),
  }
}

function asked21(move: AskedMove): AskedMove {
  const { action, order, demands } = move
  const other = otherPayloads[action] ?? ((payload: object) => payload)
  return {
    ...move,
    order: order && other(order),
    demands: demands.map((demand) => ({
      ...demand21(demand),
      matcher: other(demand.matcher as object),
    })),
  }
}

const protocol21 = (protocol: string): string => (protocol === 'ocpp2.0.1' ? 'ocpp2.1' : protocol)

function connect21(move: ConnectMove): ConnectMove {
  const { as, clause, protocol } = move
  return {
    ...move,
    clause: clause21(clause),
    as: { ...as, ...(as.protocols && { protocols: as.protocols.map(protocol21) }) },
    ...(protocol !== undefined && { protocol: protocol21(protocol) }),
  }
}

/** The same scene; what is checked there is by the clauses of 2.1. */
function citing21(scene: Scene): Scene {
  return {
    stage: scene.stage,
    values: scene.values,
    checks: scene.checks,
    probe: scene.probe,
    check: (name, passed, seen) =>
      scene.check(name, passed, { ...seen, clause: clause21(seen.clause) }),
  }
}
