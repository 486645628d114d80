import fc from 'fast-check'
import type { EventDataType } from 'typed-ocpp/dist/ocpp20/types.js'
import { expect, test } from 'vitest'
import { ac, Bench2x, versions2x } from '../../../../../test/helpers/bench-2x.ts'
import type { TxStartPoint, TxStopPoint } from '../../../scenario/plan.ts'

interface Place {
  readonly evse: number
  readonly connector: number
}

const places: readonly Place[] = [
  { evse: 1, connector: 1 },
  { evse: 2, connector: 1 },
  { evse: 2, connector: 2 },
]
const evses = [{ ...ac }, { ...ac, connectors: ['cCCS2', 'cType2'] }]
const at = fc.constantFrom(...places)

const act = fc.oneof(
  fc.record({
    kind: fc.constant('change' as const),
    what: fc.constantFrom('', '1', '2', '1.1', '2.1', '2.2'),
    operative: fc.boolean(),
  }),
  fc.record({
    kind: fc.constantFrom('plugIn', 'unplug', 'authorize', 'start', 'stop', 'fault', 'clearFault'),
    at,
  }),
  fc.record({ kind: fc.constantFrom('remoteStart', 'remoteStop', 'unlock', 'pass', 'reset'), at }),
)
type Act = typeof act extends fc.Arbitrary<infer One> ? One : never

const startPoints = fc.subarray<TxStartPoint>(['EVConnected', 'Authorized', 'PowerPathClosed'], {
  minLength: 1,
})
const stopPoints = fc.subarray<TxStopPoint>(['EVConnected', 'Authorized'], { minLength: 1 })

/** What somebody beside the station knows of it: by what was done, and what was told. */
class Onlooker {
  readonly bench: Bench2x
  readonly #inoperative = new Set<string>()
  readonly #faults = new Map<number, number>()
  /** By EVSE: the connector whose cable is in. */
  readonly #cables = new Map<number, number>()
  #heard = 0
  readonly #told = new Map<string, unknown>()
  #toldBefore: ReadonlyMap<string, unknown> = new Map()
  /** EVSEs by open transactions. */
  readonly #open = new Map<string, number>()

  constructor(bench: Bench2x) {
    this.bench = bench
  }

  async play(one: Act): Promise<void> {
    const { bench } = this
    switch (one.kind) {
      case 'change':
        return this.#change(one.what, one.operative)
      case 'remoteStart': {
        const idToken = { idToken: 'REMOTE', type: 'Central' }
        const { evse: evseId } = one.at
        await bench.call('RequestStartTransaction', { remoteStartId: 1, evseId, idToken })
        return
      }
      case 'remoteStop': {
        const transactionId = String(bench.actor.variable('transactionId', one.at))
        await bench.call('RequestStopTransaction', { transactionId })
        return
      }
      case 'unlock': {
        const { evse: evseId, connector: connectorId } = one.at
        await bench.call('UnlockConnector', { evseId, connectorId })
        return
      }
      case 'pass':
        return bench.clock.run(200_000)
      case 'reset':
        await bench.call('Reset', { type: 'Immediate' })
        return bench.clock.run(10_000)
      case 'authorize':
        await bench.authorize('CARD', one.at)
        return
      case 'fault':
        await bench.fault('OtherError', one.at)
        this.#faults.set(one.at.evse, one.at.connector)
        return
      case 'clearFault':
        await bench.clearFault(one.at)
        this.#faults.delete(one.at.evse)
        return
      case 'plugIn':
        if ((await bench.plugIn(one.at)).ok) this.#cables.set(one.at.evse, one.at.connector)
        return
      case 'unplug':
        if ((await bench.unplug(one.at)).ok) this.#cables.delete(one.at.evse)
        return
      case 'start':
      case 'stop':
        await bench[one.kind](one.at)
    }
  }

  /** Reads on; a transaction began only where one may. */
  async listen(): Promise<void> {
    await this.bench.clock.run(0)
    this.#toldBefore = new Map(this.#told)
    for (const { action, payload } of this.bench.heard.slice(this.#heard)) {
      if (action === 'StatusNotification') {
        const { evseId, connectorId, connectorStatus } = payload
        this.#told.set(`${String(evseId)}.${String(connectorId)}`, connectorStatus)
      }
      if (action === 'NotifyEvent') this.#read(payload['eventData'] as readonly EventDataType[])
      if (action === 'TransactionEvent') this.#follow(payload)
    }
    this.#heard = this.bench.heard.length
  }

  told(): object {
    return Object.fromEntries(this.#told)
  }

  expected(): object {
    return Object.fromEntries(
      places.map((place) => [`${place.evse}.${place.connector}`, this.#status(place)]),
    )
  }

  /** Power flows only within transactions. */
  powered(): boolean {
    return this.bench.station.evses.every(
      ({ id, energized }) => !energized || [...this.#open.values()].includes(id),
    )
  }

  async #change(what: string, operative: boolean): Promise<void> {
    const [id, connectorId] = what.split('.').map(Number)
    const evse = what === '' ? undefined : { id, ...(connectorId && { connectorId }) }
    const { status } = await this.bench.call('ChangeAvailability', {
      operationalStatus: operative ? 'Operative' : 'Inoperative',
      ...(evse && { evse }),
    })
    expect(status).not.toBe('Rejected')
    if (operative) this.#inoperative.delete(what)
    else this.#inoperative.add(what)
  }

  #read(events: readonly EventDataType[]): void {
    for (const { component, variable, actualValue } of events) {
      if (component.name !== 'Connector' || variable.name !== 'AvailabilityState') continue
      this.#told.set(`${component.evse?.id}.${component.evse?.connectorId}`, actualValue)
    }
  }

  #follow(payload: Record<string, unknown>): void {
    const { eventType, evse, transactionInfo } = payload
    const { transactionId } = transactionInfo as { readonly transactionId: string }
    if (eventType === 'Ended') this.#open.delete(transactionId)
    if (eventType !== 'Started') return
    const { id } = evse as { readonly id: number }
    expect(this.#faults.has(id)).toBe(false)
    const wanted = places.filter((place) => place.evse === id && this.#mayUse(place))
    expect(wanted.some((place) => this.#usable(place))).toBe(true)
    this.#open.set(transactionId, id)
  }

  #status(place: Place): string {
    const { evse, connector } = place
    const faulty = this.#faults.get(evse)
    if (faulty !== undefined) return faulty === connector ? 'Faulted' : 'Unavailable'
    const before = this.#toldBefore.get(`${evse}.${connector}`)
    const stays = this.#cables.has(evse) || before !== 'Unavailable'
    const inSession = [...this.#open.values()].includes(evse) && this.#mayUse(place) && stays
    if (!this.#usable(place) && !inSession) return 'Unavailable'
    return this.#cables.get(evse) === connector ? 'Occupied' : 'Available'
  }

  #mayUse({ evse, connector }: Place): boolean {
    return (this.#cables.get(evse) ?? connector) === connector
  }

  #usable({ evse, connector }: Place): boolean {
    return !['', `${evse}`, `${evse}.${connector}`].some((one) => this.#inoperative.has(one))
  }
}

const forms = versions2x.flatMap((version) =>
  ['StatusNotification', 'NotifyEvent'].map((form) => [version, form] as const),
)

test.each(forms)(
  '[2.0.1 G01, G03, G04] whatever happens, the CSMS knows the status of each connector, and nothing begins on what is out of service: %s by %s',
  async (version, form) => {
    const configuration = { 'ChargingStation.AvailabilityReport': form }
    const story = fc.array(act, { minLength: 1, maxLength: 14 })
    await fc.assert(
      fc.asyncProperty(story, startPoints, stopPoints, async (acts, txStartPoint, txStopPoint) => {
        const template = { evses, txStartPoint, txStopPoint }
        const bench = await Bench2x.open(version, template, configuration)
        bench.forget()
        const onlooker = new Onlooker(bench)
        await bench.call('Reset', { type: 'Immediate' })
        await bench.clock.run(10_000)
        for (const one of acts) {
          await onlooker.play(one)
          await onlooker.listen()
          expect(onlooker.told()).toEqual(onlooker.expected())
          expect(onlooker.powered()).toBe(true)
        }
        expect(bench.findings).toEqual([])
      }),
      { numRuns: 60 },
    )
  },
)
