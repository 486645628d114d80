import { test } from 'vitest'
import type { Actions21 } from '../../../src/ocpp/v21/actions.ts'
import { Evidence } from '../evidence.ts'
import { allowBothWays, charging, mayGive, readPower, setPeriod } from './lab-v2g.ts'
import { startLab21, variableValue } from './lab2x.ts'

/* Q. EVs that give energy back. */

const evidence = new Evidence<Actions21>('ocpp2.1', 'bidirectional')

interface EnergyServices {
  readonly energyTransfers: readonly { readonly allowed: readonly string[] }[]
  readonly afrrSignal?: { readonly signal: number }
}

test('[2.1 Q02] NotifyAllowedEnergyTransfer', async () => {
  await using lab = await startLab21()
  const actor = await charging(lab)
  await evidence.shows(lab, 'NotifyAllowedEnergyTransfer', {
    call: () => allowBothWays(lab, actor),
    station: {
      clause: '2.1 Q02.FR.06',
      effect(seen) {
        const [call] = seen.calls('NotifyEVChargingNeeds')
        const asked = call?.chargingNeeds.requestedEnergyTransfer
        return asked && `its EV asks for ${asked}`
      },
    },
    csms: {
      clause: '2.1 Q02',
      async effect() {
        const services = await lab.known<EnergyServices>('v2x')
        const allowed = services?.energyTransfers[0]?.allowed
        return allowed && `the transaction is one that may: ${allowed.join(', ')}`
      },
    },
  })
})

test('[2.1 Q08] AFRRSignal', async () => {
  await using lab = await startLab21()
  const actor = await charging(lab)
  await mayGive(lab, actor)
  await setPeriod(lab, actor, {
    operationMode: 'LocalFrequency',
    v2xBaseline: 1000,
    v2xFreqWattCurve: [
      { frequency: 49.8, power: -6000 },
      { frequency: 50.2, power: 6000 },
    ],
    v2xSignalWattCurve: [
      { signal: -1, power: -4000 },
      { signal: 1, power: 4000 },
    ],
  })
  await readPower(lab, '1000')
  const timestamp = new Date().toISOString()
  await evidence.shows(lab, 'AFRRSignal', {
    call: () => lab.command('AFRRSignal', { timestamp, signal: -1 }),
    station: {
      clause: '2.1 Q08.FR.10',
      afterwards: () => readPower(lab, '-3000'),
      effect(seen) {
        const power = variableValue(seen, 'EVSE', 'Power')
        return power === '-3000' ? 'EVSE.Power goes from 1000 to -3000: its EV gives' : undefined
      },
    },
    csms: {
      clause: '2.1 Q08',
      async effect() {
        const services = await lab.known<EnergyServices>('v2x')
        return services?.afrrSignal && `signal ${services.afrrSignal.signal} is the last one`
      },
    },
  })
})

test('what was seen is written down', () => evidence.isWrittenDown())
