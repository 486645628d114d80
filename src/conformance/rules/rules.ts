import { bootedTooSoon } from './boot/booted-too-soon.ts'
import { commandedWhileRejected } from './boot/commanded-while-rejected.ts'
import { sentBeforeAccepted } from './boot/sent-before-accepted.ts'
import { servedBeforeAccepted } from './boot/served-before-accepted.ts'
import { startedWhilePending } from './boot/started-while-pending.ts'
import { registerFalls } from './metering/register-falls.ts'
import { idReused } from './rpc/id-reused.ts'
import type { Rule } from './rule.ts'
import { statusOfZero16 } from './status/connector-zero16.ts'
import { faultedWithoutError16 } from './status/faulted-without-error16.ts'
import { transition16 } from './status/transition16.ts'
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
]
