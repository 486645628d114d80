/**
 * csms as a library: a management system, scenarios, and single stations, for the tests of whoever
 * builds the other side.
 */
export type { Token } from './csms/domain/token.ts'
export type { TransactionRecord } from './csms/domain/transaction.ts'
export type { CsmsEvent, CsmsObserver } from './csms/events.ts'
export type { CommandOutcome } from './csms/gateway/commander.ts'
export type { CsmsOptions, StationSeed } from './csms/options.ts'
export { type Csms, startCsms } from './csms/start-csms.ts'
export type { StationView } from './csms/views.ts'
export {
  type ConnectedStation,
  type ConnectStationOptions,
  connectStation,
} from './harness/connect-station.ts'
export {
  type RunScenarioOptions,
  runScenario,
  type ScenarioInput,
} from './harness/run-scenario.ts'
export type { CallOutcome } from './ocpp/rpc/call.ts'
export type { OcppVersion } from './ocpp/version.ts'
export type { Report } from './report/result.ts'
export { CsmsError, type ErrorCode } from './shared/errors.ts'
export type { EvPlan } from './simulator/scenario/plan.ts'
export type { LedgerEntry } from './simulator/station/ledger.ts'
export type {
  ConnectorRef,
  IdToken,
  StationActor,
  StepResult,
} from './simulator/steps/actor.ts'
