import type { Memory } from '../memory/memory.ts'
import type { Objection, Rule } from '../rule.ts'
import { csms, type Passage } from '../sequence.ts'
import { set2x, set16 } from './shown.ts'

interface Schedule {
  readonly chargingSchedulePeriod: readonly unknown[]
}

interface Names {
  readonly level: string
  readonly periods: string
}

const names16 = { level: 'ChargeProfileMaxStackLevel', periods: 'ChargingScheduleMaxPeriods' }
const names2x = { level: 'ProfileStackLevel', periods: 'PeriodsPerSchedule' }

function objection(
  { limits }: Memory,
  { level, periods }: Names,
  stackLevel: number,
  schedules: readonly Schedule[],
): Objection {
  const highest = limits.get(level)
  if (highest !== undefined && stackLevel > highest) {
    return `stack level ${stackLevel}, where the station has ${highest} at most (${level})`
  }
  const most = limits.get(periods)
  const longest = Math.max(...schedules.map((one) => one.chargingSchedulePeriod.length))
  return most !== undefined && longest > most
    ? `${longest} periods, where the station takes ${most} (${periods})`
    : undefined
}

const told16 = (value: string): Passage =>
  csms(
    'GetConfiguration',
    {},
    { configurationKey: [{ key: names16.level, readonly: true, value }] },
  )

const variable = { component: { name: 'SmartChargingCtrlr' }, variable: { name: names2x.periods } }
const told2x = (attributeValue: string): Passage =>
  csms(
    'GetVariables',
    { getVariableData: [variable] },
    { getVariableResult: [{ ...variable, attributeStatus: 'Accepted', attributeValue }] },
  )

const two = {
  schedule: {
    chargingSchedulePeriod: [
      { startPeriod: 0, limit: 16 },
      { startPeriod: 600, limit: 8 },
    ],
  },
}

export const beyondLimits: Rule = {
  id: 'PROFILE_BEYOND_LIMITS',
  title: 'a profile has a stack level and as many periods as the station said that it takes',
  clause: '1.6 9.4.1, 9.4.3, 2.0.1 Part 2 K, SmartChargingCtrlr',
  judges: 'csms',
  in16: {
    level: 'SHOULD',
    looks: {
      SetChargingProfile: {
        asked: ({ csChargingProfiles: { stackLevel, chargingSchedule } }, memory) =>
          objection(memory, names16, stackLevel, [chargingSchedule]),
      },
    },
    breaks: [told16('3'), set16({ stackLevel: 4 })],
    nearly: [told16('3'), set16({ stackLevel: 3 })],
  },
  in2x: {
    level: 'SHOULD',
    looks: {
      SetChargingProfile: {
        asked: ({ chargingProfile: { stackLevel, chargingSchedule } }, memory) =>
          objection(memory, names2x, stackLevel, chargingSchedule),
      },
    },
    breaks: [told2x('1'), set2x(two)],
    nearly: [told2x('2'), set2x(two)],
  },
}
