import { allAnswered2x } from './answers/all-answered2x.ts'
import { ongoingOfNone2x } from './answers/ongoing-of-none2x.ts'
import { promiseBroken } from './answers/promise-broken.ts'
import { secretTold } from './answers/secret.ts'
import { bootedTooSoon } from './boot/booted-too-soon.ts'
import { closedWhilePending } from './boot/closed-while-pending.ts'
import { commandedWhileRejected } from './boot/commanded-while-rejected.ts'
import { intervalNegative } from './boot/interval-negative.ts'
import { sentBeforeAccepted } from './boot/sent-before-accepted.ts'
import { servedBeforeAccepted } from './boot/served-before-accepted.ts'
import { startedWhilePending } from './boot/started-while-pending.ts'
import { bytesPerMessage2x } from './commands/bytes-per-message2x.ts'
import { commandAtZero16 } from './commands/connector-zero16.ts'
import { itemsPerMessage } from './commands/items-per-message.ts'
import { logRange } from './commands/log-range.ts'
import { ofEnded } from './commands/of-ended.ts'
import { passwordShort } from './commands/password-short.ts'
import { reservedInPast } from './commands/reserved-in-past.ts'
import { triggerConnector } from './commands/trigger-connector.ts'
import { variableTwice2x } from './commands/variable-twice2x.ts'
import { tokenTwice } from './lists/token-twice.ts'
import { tokenWithoutInfo } from './lists/token-without-info.ts'
import { versionPositive } from './lists/version-positive.ts'
import { versionRises } from './lists/version-rises.ts'
import { registerFalls } from './metering/register-falls.ts'
import { beyondLimits } from './profiles/beyond-limits.ts'
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
import { eventOrder2x } from './reports/event-order2x.ts'
import { reportRefused2x } from './reports/refused2x.ts'
import { reportOrder2x } from './reports/report-order2x.ts'
import { statusOrder } from './reports/status-order.ts'
import { statusRequestId2x } from './reports/status-request-id2x.ts'
import { idReused } from './rpc/id-reused.ts'
import type { Rule } from './rule.ts'
import { statusOfZero16 } from './status/connector-zero16.ts'
import { faultedWithoutError16 } from './status/faulted-without-error16.ts'
import { transition16 } from './status/transition16.ts'
import { streamClosed21 } from './streams/closed21.ts'
import { streamFirstOffset21 } from './streams/first-offset21.ts'
import { streamValues21 } from './streams/values21.ts'
import { clockFalls } from './time/clock-falls.ts'
import { notUtc } from './time/not-utc.ts'
import { stationAhead } from './time/station-ahead.ts'
import { acceptedExpired } from './tokens/accepted-expired.ts'
import { afterEnded2x } from './transactions/after-ended2x.ts'
import { startedAtZero16 } from './transactions/connector-zero16.ts'
import { evseChanged2x } from './transactions/evse-changed2x.ts'
import { idInUse16 } from './transactions/id-in-use16.ts'
import { idOdd16 } from './transactions/id-odd16.ts'
import { order16 } from './transactions/order16.ts'
import { remoteStartId2x } from './transactions/remote-start-id2x.ts'
import { seqFalls2x } from './transactions/seq-falls2x.ts'
import { seqGap2x } from './transactions/seq-gap2x.ts'
import { startedTwice2x } from './transactions/started-twice2x.ts'
import { stopBeforeStart16 } from './transactions/stop-before-start16.ts'
import { stoppedTwice16 } from './transactions/stopped-twice16.ts'
import { timeFalls2x } from './transactions/time-falls2x.ts'
import { tokenMissing2x } from './transactions/token-missing2x.ts'
import { tokenNotJudged2x } from './transactions/token-not-judged2x.ts'
import { twoAtOnce } from './transactions/two-at-once.ts'
import { valuesAfterStop16 } from './transactions/values-after-stop16.ts'
import { valuesElsewhere16 } from './transactions/values-elsewhere16.ts'

/** All of them, by theme, each with the file that it lives in; add a line. */
export const rulesByFile: Readonly<Record<string, Rule>> = {
  'rpc/id-reused.ts': idReused,
  'boot/sent-before-accepted.ts': sentBeforeAccepted,
  'boot/served-before-accepted.ts': servedBeforeAccepted,
  'boot/commanded-while-rejected.ts': commandedWhileRejected,
  'boot/started-while-pending.ts': startedWhilePending,
  'boot/booted-too-soon.ts': bootedTooSoon,
  'boot/closed-while-pending.ts': closedWhilePending,
  'boot/interval-negative.ts': intervalNegative,
  'time/clock-falls.ts': clockFalls,
  'time/station-ahead.ts': stationAhead,
  'time/not-utc.ts': notUtc,
  'transactions/id-in-use16.ts': idInUse16,
  'transactions/id-odd16.ts': idOdd16,
  'transactions/connector-zero16.ts': startedAtZero16,
  'transactions/two-at-once.ts': twoAtOnce,
  'transactions/started-twice2x.ts': startedTwice2x,
  'transactions/seq-falls2x.ts': seqFalls2x,
  'transactions/seq-gap2x.ts': seqGap2x,
  'transactions/time-falls2x.ts': timeFalls2x,
  'transactions/evse-changed2x.ts': evseChanged2x,
  'transactions/after-ended2x.ts': afterEnded2x,
  'transactions/token-not-judged2x.ts': tokenNotJudged2x,
  'transactions/remote-start-id2x.ts': remoteStartId2x,
  'transactions/stop-before-start16.ts': stopBeforeStart16,
  'transactions/stopped-twice16.ts': stoppedTwice16,
  'transactions/values-after-stop16.ts': valuesAfterStop16,
  'transactions/values-elsewhere16.ts': valuesElsewhere16,
  'transactions/order16.ts': order16,
  'transactions/token-missing2x.ts': tokenMissing2x,
  'metering/register-falls.ts': registerFalls,
  'status/transition16.ts': transition16,
  'status/connector-zero16.ts': statusOfZero16,
  'status/faulted-without-error16.ts': faultedWithoutError16,
  'profiles/external-purpose2x.ts': externalPurpose2x,
  'profiles/first-period.ts': firstPeriod,
  'profiles/of-remote-start.ts': remoteStartProfile,
  'profiles/period-order.ts': periodOrder,
  'profiles/phase-to-use2x.ts': phaseToUse2x,
  'profiles/rank-taken2x.ts': rankTaken2x,
  'profiles/recurrency.ts': recurrency,
  'profiles/schedule-start.ts': scheduleStart,
  'profiles/station-max-relative2x.ts': stationMaxRelative2x,
  'profiles/station-max.ts': stationMax,
  'profiles/tx-place.ts': txPlace,
  'profiles/tx-transaction.ts': txTransaction,
  'profiles/beyond-limits.ts': beyondLimits,
  'tokens/accepted-expired.ts': acceptedExpired,
  'lists/token-twice.ts': tokenTwice,
  'lists/token-without-info.ts': tokenWithoutInfo,
  'lists/version-positive.ts': versionPositive,
  'lists/version-rises.ts': versionRises,
  'commands/connector-zero16.ts': commandAtZero16,
  'commands/log-range.ts': logRange,
  'commands/trigger-connector.ts': triggerConnector,
  'commands/variable-twice2x.ts': variableTwice2x,
  'commands/reserved-in-past.ts': reservedInPast,
  'commands/password-short.ts': passwordShort,
  'commands/of-ended.ts': ofEnded,
  'commands/bytes-per-message2x.ts': bytesPerMessage2x,
  'commands/items-per-message.ts': itemsPerMessage,
  'answers/all-answered2x.ts': allAnswered2x,
  'answers/ongoing-of-none2x.ts': ongoingOfNone2x,
  'answers/secret.ts': secretTold,
  'answers/promise-broken.ts': promiseBroken,
  'reports/report-order2x.ts': reportOrder2x,
  'reports/status-request-id2x.ts': statusRequestId2x,
  'reports/status-order.ts': statusOrder,
  'reports/refused2x.ts': reportRefused2x,
  'reports/event-order2x.ts': eventOrder2x,
  'streams/closed21.ts': streamClosed21,
  'streams/values21.ts': streamValues21,
  'streams/first-offset21.ts': streamFirstOffset21,
}

export const rules: readonly Rule[] = Object.values(rulesByFile)
