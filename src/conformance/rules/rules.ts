import { allAnswered2x } from './answers/all-answered2x.ts'
import { ongoingOfNone2x } from './answers/ongoing-of-none2x.ts'
import { bootedTooSoon } from './boot/booted-too-soon.ts'
import { commandedWhileRejected } from './boot/commanded-while-rejected.ts'
import { sentBeforeAccepted } from './boot/sent-before-accepted.ts'
import { servedBeforeAccepted } from './boot/served-before-accepted.ts'
import { startedWhilePending } from './boot/started-while-pending.ts'
import { commandAtZero16 } from './commands/connector-zero16.ts'
import { logRange } from './commands/log-range.ts'
import { triggerConnector } from './commands/trigger-connector.ts'
import { variableTwice2x } from './commands/variable-twice2x.ts'
import { tokenTwice } from './lists/token-twice.ts'
import { tokenWithoutInfo } from './lists/token-without-info.ts'
import { versionPositive } from './lists/version-positive.ts'
import { versionRises } from './lists/version-rises.ts'
import { registerFalls } from './metering/register-falls.ts'
import { externalPurpose2x } from './profiles/external-purpose2x.ts'
import { firstPeriod } from './profiles/first-period.ts'
import { remoteStartProfile } from './profiles/of-remote-start.ts'
import { periodOrder } from './profiles/period-order.ts'
import { phaseToUse2x } from './profiles/phase-to-use2x.ts'
import { rankTaken2x } from './profiles/rank-taken2x.ts'
import { recurrency } from './profiles/recurrency.ts'
import { scheduleStart } from './profiles/schedule-start.ts'
import { stationMax } from './profiles/station-max.ts'
import { stationMaxRelative2x } from './profiles/station-max-relative2x.ts'
import { txPlace } from './profiles/tx-place.ts'
import { txTransaction } from './profiles/tx-transaction.ts'
import { reportOrder2x } from './reports/report-order2x.ts'
import { statusRequestId2x } from './reports/status-request-id2x.ts'
import { idReused } from './rpc/id-reused.ts'
import type { Rule } from './rule.ts'
import { statusOfZero16 } from './status/connector-zero16.ts'
import { faultedWithoutError16 } from './status/faulted-without-error16.ts'
import { transition16 } from './status/transition16.ts'
import { clockFalls } from './time/clock-falls.ts'
import { afterEnded2x } from './transactions/after-ended2x.ts'
import { startedAtZero16 } from './transactions/connector-zero16.ts'
import { evseChanged2x } from './transactions/evse-changed2x.ts'
import { idInUse16 } from './transactions/id-in-use16.ts'
import { idOdd16 } from './transactions/id-odd16.ts'
import { remoteStartId2x } from './transactions/remote-start-id2x.ts'
import { seqFalls2x } from './transactions/seq-falls2x.ts'
import { seqGap2x } from './transactions/seq-gap2x.ts'
import { startedTwice2x } from './transactions/started-twice2x.ts'
import { stopBeforeStart16 } from './transactions/stop-before-start16.ts'
import { stoppedTwice16 } from './transactions/stopped-twice16.ts'
import { timeFalls2x } from './transactions/time-falls2x.ts'
import { tokenNotJudged2x } from './transactions/token-not-judged2x.ts'
import { twoAtOnce } from './transactions/two-at-once.ts'
import { valuesAfterStop16 } from './transactions/values-after-stop16.ts'
import { valuesElsewhere16 } from './transactions/values-elsewhere16.ts'

/** All of them, by theme; add a line. */
export const rules: readonly Rule[] = [
  idReused,
  sentBeforeAccepted,
  servedBeforeAccepted,
  commandedWhileRejected,
  startedWhilePending,
  bootedTooSoon,
  clockFalls,
  idInUse16,
  idOdd16,
  startedAtZero16,
  twoAtOnce,
  startedTwice2x,
  seqFalls2x,
  seqGap2x,
  timeFalls2x,
  evseChanged2x,
  afterEnded2x,
  tokenNotJudged2x,
  remoteStartId2x,
  stopBeforeStart16,
  stoppedTwice16,
  valuesAfterStop16,
  valuesElsewhere16,
  registerFalls,
  transition16,
  statusOfZero16,
  faultedWithoutError16,
  externalPurpose2x,
  firstPeriod,
  remoteStartProfile,
  periodOrder,
  phaseToUse2x,
  rankTaken2x,
  recurrency,
  scheduleStart,
  stationMaxRelative2x,
  stationMax,
  txPlace,
  txTransaction,
  tokenTwice,
  tokenWithoutInfo,
  versionPositive,
  versionRises,
  commandAtZero16,
  logRange,
  triggerConnector,
  variableTwice2x,
  allAnswered2x,
  ongoingOfNone2x,
  reportOrder2x,
  statusRequestId2x,
]
