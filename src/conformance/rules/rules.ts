import { bootedTooSoon } from './boot/booted-too-soon.ts'
import { commandedWhileRejected } from './boot/commanded-while-rejected.ts'
import { sentBeforeAccepted } from './boot/sent-before-accepted.ts'
import { servedBeforeAccepted } from './boot/served-before-accepted.ts'
import { startedWhilePending } from './boot/started-while-pending.ts'
import { idReused } from './rpc/id-reused.ts'
import type { Rule } from './rule.ts'
import { idInUse16 } from './transactions/id-in-use16.ts'

/** All of them; add a line. */
export const rules: readonly Rule[] = [
  idReused,
  sentBeforeAccepted,
  servedBeforeAccepted,
  commandedWhileRejected,
  startedWhilePending,
  bootedTooSoon,
  idInUse16,
]
