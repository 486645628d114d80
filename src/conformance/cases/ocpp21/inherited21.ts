import type { AskedMove, ConformanceCase, ConnectMove, Move } from '../case.ts'
import { citing, laterClause } from '../clauses.ts'
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

/** Clauses that do not hold: a reference that is void. */
export const otherClauses: Readonly<Record<string, string>> = {
  // Of 2.1 E06.FR.04 only points to E05.
  '2.0.1 E05.FR.10, E06.FR.04': '2.1 E05.FR.10',
}

function clause21(clause: string): string {
  return otherClauses[clause] ?? laterClause(clause)
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
  return citing(saying21(move), clause21)
}

/** What is said there, in the words of 2.1. */
function saying21(move: Move): Move {
  switch (move.kind) {
    case 'call':
      return { ...move, payload: payload21(move.action, move.payload) }
    case 'asked':
      return asked21(move)
    case 'connect':
      return connect21(move)
    case 'raw':
    case 'handshake':
    case 'do':
    case 'wait':
      return move
  }
}

function payload21(action: string, payload: object): object {
  return otherPayloads[action]?.(payload) ?? payload
}

function asked21(move: AskedMove): AskedMove {
  const { action, order, demands } = move
  return {
    ...move,
    order: order && payload21(action, order),
    demands: demands.map((demand) => ({
      ...demand,
      matcher: payload21(action, demand.matcher as object),
    })),
  }
}

const protocol21 = (protocol: string): string => (protocol === 'ocpp2.0.1' ? 'ocpp2.1' : protocol)

function connect21(move: ConnectMove): ConnectMove {
  const { as, protocol } = move
  return {
    ...move,
    as: { ...as, ...(as.protocols && { protocols: as.protocols.map(protocol21) }) },
    ...(protocol !== undefined && { protocol: protocol21(protocol) }),
  }
}
