import type { Move } from './case.ts'
import { does } from './moves.ts'
import { now } from './values.ts'

/** How far a time may be off that an operator picked, who has minutes to choose from; ms. */
const toTheMinuteMs = 60_000

/** How far a time may be off that somebody wrote without its fractions, ms. */
export const toTheSecondMs = 1000

/** A time that several moves speak of: `value(name)` from here on. */
export function moment(name: string, awaySeconds: number): Move {
  return does(`${name} is ${awaySeconds} s from now`, ({ values }) => {
    values.set(name, values.fill(now(awaySeconds)))
  })
}

/** What the CSMS told is the time that it was ordered to tell, however it writes it. */
export function sameMoment(
  saved: string,
  name: string,
  clause: string,
  toleranceMs = toTheMinuteMs,
): Move {
  return does(`${saved} is the time that was ordered`, (scene) => {
    const [told, ordered] = [scene.values.get(saved), scene.values.get(name)]
    const apartMs = Math.abs(Date.parse(String(told)) - Date.parse(String(ordered)))
    scene.check(saved, apartMs <= toleranceMs, {
      detail: `expected ${String(ordered)}, got ${JSON.stringify(told) ?? 'nothing'}`,
      clause,
    })
  })
}

/** What the CSMS told is a time that is still to come. */
export function laterThanNow(saved: string, clause: string): Move {
  return does(`${saved} is in the future`, (scene) => {
    const told = scene.values.get(saved)
    const comes = Date.parse(String(told)) > Date.parse(String(scene.values.fill(now())))
    scene.check(`${saved} in the future`, comes, {
      detail: `expected a time after now, got ${JSON.stringify(told) ?? 'nothing'}`,
      clause,
    })
  })
}

/** Until so many milliseconds after a time: `wait(value(name))`. */
export function untilMoment(into: string, name: string, afterMs = 100): Move {
  return does(`how long it is until ${name}`, ({ values }) => {
    const leftMs = Date.parse(String(values.get(name))) - Date.parse(String(values.fill(now())))
    values.set(into, Math.max(0, leftMs + afterMs))
  })
}

/** Where no clocks are compared to the second: a time zone is no clock, and an hour no delay. */
const clocksApartMs = 60_000

/** What the CSMS told is the time of now. */
export function timeOfNow(saved: string, clause: string): Move {
  return does(`${saved} is the time of now`, (scene) => {
    const told = String(scene.values.get(saved))
    const apartMs = Math.abs(Date.parse(told) - Date.parse(String(scene.values.fill(now()))))
    scene.check(`${saved} is now`, apartMs <= clocksApartMs, {
      detail: `${told}, ${Math.round(apartMs / 1000)} s from the time here`,
      clause,
    })
  })
}
