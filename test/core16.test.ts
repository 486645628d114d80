import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { CsmsEvent } from '../src/csms/events.ts'
import { startCsms } from '../src/csms/start-csms.ts'
import { connectStation } from '../src/harness/connect-station.ts'
import { Cancel } from '../src/shared/cancel.ts'
import { root } from './helpers/cli.ts'
import { simulate } from './helpers/simulate.ts'

const plug = { evse: 1, connector: 1 } as const
const ev = { batteryWh: 60_000, soc: 0.2, maxPowerW: 11_000, phases: 3, taperFrom: 0.8 } as const
const cancel = new Cancel()

/** Waits for events of the CSMS, those that were already seen included. */
class Seen {
  readonly events: CsmsEvent[] = []
  #changed: (() => void) | undefined

  readonly observer = (event: CsmsEvent): void => {
    this.events.push(event)
    this.#changed?.()
  }

  forget(): void {
    this.events.length = 0
  }

  async until(fits: (event: CsmsEvent) => boolean): Promise<CsmsEvent> {
    for (;;) {
      const found = this.events.find(fits)
      if (found) return found
      await new Promise<void>((resolve) => {
        this.#changed = resolve
      })
    }
  }
}

const status =
  (connectorId: number, value: string) =>
  (event: CsmsEvent): boolean =>
    event.type === 'status' && event.connectorId === connectorId && event.status === value

describe('the core profile over a socket', () => {
  test('[1.6 5] an operator reads, changes, schedules, unlocks and resets; the CSMS knows what came of it', async () => {
    const seen = new Seen()
    await using csms = await startCsms({
      port: 0,
      tokens: [{ idToken: 'T1', status: 'Accepted' }],
      observer: seen.observer,
    })
    await using station = await connectStation(csms.url, {
      id: 'CP1',
      token: 'T1',
      speed: 60,
      station: {
        vendor: 'Acme',
        evses: [{ connectors: ['sType2'] }, { connectors: ['sType2'] }],
        meter: { type: 'M1', energyUnit: 'kWh', signedData: 'OCMF|{register}' },
        rebootRequired: ['ConnectionTimeOut'],
      },
    })
    const { actor } = station
    const command = async (action: string, payload: object) => {
      const outcome = await csms.sendCommand('CP1', action, payload)
      return outcome.status === 'answered' ? outcome.payload : outcome
    }
    /** As the operator reads it. */
    const known = async (part: string): Promise<unknown> => {
      const url = `http://127.0.0.1:${csms.port}/api/v1/stations/CP1/${part}`
      return (await fetch(url)).json()
    }
    const change = (key: string, value: string) => command('ChangeConfiguration', { key, value })

    expect(await command('GetConfiguration', {})).toMatchObject({
      configurationKey: expect.arrayContaining([
        { key: 'NumberOfConnectors', value: '2', readonly: true },
        { key: 'AuthorizationKey', readonly: false },
      ]),
    })
    expect(await change('StopTxnSampledData', 'Energy.Active.Import.Register')).toEqual({
      status: 'Accepted',
    })
    expect(await change('ConnectionTimeOut', '5')).toEqual({ status: 'RebootRequired' })
    expect(await known('configuration')).toMatchObject({
      StopTxnSampledData: { value: 'Energy.Active.Import.Register' },
      ConnectionTimeOut: { value: '5', rebootRequired: true },
    })

    await actor.plugIn(plug, ev)
    await actor.start(plug, cancel)
    const inoperative = { connectorId: 1, type: 'Inoperative' }
    expect(await command('ChangeAvailability', inoperative)).toEqual({ status: 'Scheduled' })
    await actor.charge(plug, { forMs: 60_000 }, cancel)
    seen.forget()
    expect(await command('UnlockConnector', { connectorId: 1 })).toEqual({ status: 'Unlocked' })
    await seen.until((event) => event.type === 'transactionStopped')
    await seen.until(status(1, 'Unavailable'))
    const [transaction] = [...csms.transactions()]
    expect(transaction?.stopReason).toBe('UnlockCommand')
    expect(transaction?.signedData?.map(({ context }) => context)).toEqual([
      'Transaction.Begin',
      'Transaction.End',
    ])

    seen.forget()
    expect(await command('Reset', { type: 'Hard' })).toEqual({ status: 'Accepted' })
    await seen.until((event) => event.type === 'booted')
    await seen.until(status(1, 'Unavailable'))
    expect(await known('configuration')).toMatchObject({
      ConnectionTimeOut: { value: '5', readonly: false },
    })
    expect(await known('configuration')).not.toHaveProperty('ConnectionTimeOut.rebootRequired')
    expect(await known('availability')).toMatchObject([{ ...inoperative, status: 'Accepted' }])
    expect(await command('ExtendedTriggerMessage', { requestedMessage: 'Nonsense' })).toMatchObject(
      {
        status: 'refused',
        because: 'payload',
      },
    )
    expect(station.violations()).toEqual({})
  })
})

describe('the shipped scenarios', () => {
  test.each([
    ['core-remote-control.yaml', 4],
    ['meter-values.yaml', 2],
  ])('%s passes, and its books balance', async (file, transactions) => {
    const report = await simulate(join(root, 'scenarios', file))
    expect(report).toMatchObject({
      exitCode: 0,
      transactions: { started: transactions, stopped: transactions },
    })
  })
})
