import type { Memory } from '../memory/memory.ts'
import { msOf } from '../memory/time.ts'
import type { Objection, Rule } from '../rule.ts'
import { type Passage, station } from '../sequence.ts'
import { boot2x, boot16 } from '../shown.ts'

interface Telling {
  readonly currentTime: string
}

/** Processes of one CSMS may differ a little. */
const toleranceMs = 2000

function answered(_request: object, { currentTime }: Telling, { toldMs }: Memory): Objection {
  return msOf(currentTime) < toldMs - toleranceMs
    ? `the CSMS says ${currentTime}, and was ${Math.round((toldMs - msOf(currentTime)) / 1000)} s further before`
    : undefined
}

const looks = { BootNotification: { answered }, Heartbeat: { answered } }

const told = (currentTime: string): Passage => station('Heartbeat', {}, { currentTime })

const breaks = [told('2026-05-01T12:00:00Z'), told('2026-05-01T11:00:00Z')]

export const clockFalls: Rule = {
  id: 'TIME_FALLS',
  title: 'the clock of a CSMS, which stations set theirs by, does not go back',
  clause: '1.6 4.2, 4.6, 2.0.1 B01.FR.06, G02',
  judges: 'csms',
  in16: {
    level: 'SHOULD',
    looks,
    breaks,
    nearly: [boot16('Accepted'), told('2026-05-01T12:00:00Z'), told('2026-05-01T12:00:00.000Z')],
  },
  in2x: {
    level: 'SHOULD',
    looks,
    breaks,
    nearly: [boot2x('Accepted'), told('2026-05-01T12:00:00Z'), told('2026-05-01T11:59:59Z')],
  },
}
