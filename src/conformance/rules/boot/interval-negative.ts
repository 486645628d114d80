import type { Objection, Rule } from '../rule.ts'
import { boot2x, boot16 } from '../shown.ts'

interface BootAnswer {
  readonly interval: number
}

const answered = (_request: object, { interval }: BootAnswer): Objection =>
  interval < 0 ? `the interval is ${interval} s` : undefined

const looks = { BootNotification: { answered } }

export const intervalNegative: Rule = {
  id: 'BOOT_INTERVAL_NEGATIVE',
  title: 'the interval between heartbeats, or until the next boot, is not negative',
  clause: '1.6 4.2, 2.0.1 B01.FR.04, B02.FR.08',
  judges: 'csms',
  in16: {
    level: 'SHOULD',
    looks,
    breaks: [boot16('Accepted', 0, { interval: -1 })],
    nearly: [boot16('Accepted', 0, { interval: 0 })],
  },
  in2x: {
    level: 'SHOULD',
    looks,
    breaks: [boot2x('Pending', 0, { interval: -1 })],
    nearly: [boot2x('Pending', 0, { interval: 0 })],
  },
}
