import type { Memory } from '../memory/memory.ts'
import type { Moment, Objection, Rule } from '../rule.ts'
import { csms } from '../sequence.ts'
import { boot2x, boot16 } from '../shown.ts'

/** Clocks and networks differ: who comes a little early has waited. */
const toleranceMs = 1000

function asked(_request: object, memory: Memory, { clock }: Moment): Objection {
  if (!memory.turnedAway || memory.isWanted('BootNotification')) return undefined
  const early = memory.mayBootMs - clock.monotonicMicros() / 1000
  if (early <= toleranceMs) return undefined
  return `the next boot came ${Math.ceil(early / 1000)} s before the interval was over`
}

export const bootedTooSoon: Rule = {
  id: 'BOOT_TOO_SOON',
  title: 'a station that was not accepted waits for the interval before it asks again',
  clause: '1.6 4.2, 2.0.1 B02.FR.04, B03.FR.02',
  judges: 'station',
  in16: {
    level: 'MUST',
    looks: { BootNotification: { asked } },
    breaks: [boot16('Rejected'), boot16('Accepted', 5)],
    nearly: [boot16('Rejected'), boot16('Accepted', 60)],
  },
  in2x: {
    level: 'MUST',
    looks: { BootNotification: { asked } },
    breaks: [boot2x('Pending'), boot2x('Accepted', 5)],
    nearly: [
      boot2x('Pending'),
      csms('TriggerMessage', { requestedMessage: 'BootNotification' }, { status: 'Accepted' }),
      boot2x('Accepted', 5),
    ],
  },
}
