/**
 * csms as a library: a management system, scenarios, and single stations, for the tests of whoever
 * builds the other side.
 */
export type { Token } from './csms/domain/token.ts'
export type { CsmsEvent, CsmsObserver } from './csms/events.ts'
export type { CsmsOptions, StationSeed } from './csms/options.ts'
export { type Csms, startCsms } from './csms/start-csms.ts'
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
export type { OcppVersion } from './ocpp/version.ts'
export type { Report } from './report/result.ts'
export { CsmsError, type ErrorCode } from './shared/errors.ts'
export type { StationActor, StepResult } from './simulator/steps/actor.ts'
