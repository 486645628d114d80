import { createHash } from 'node:crypto'
import { RPCClient, type RpcClient } from './ocpp-rpc.ts'

type Payload = Record<string, unknown>

interface Profile {
  readonly chargingProfileId: number
  readonly transactionId?: number
  readonly chargingProfilePurpose: string
  readonly chargingSchedule: {
    readonly chargingSchedulePeriod: readonly {
      readonly startPeriod: number
      readonly limit: number
    }[]
  }
}

const mostWatts = 11_000

/**
 * An OCPP 1.6 station on the npm package ocpp-rpc that does what it is told and nothing else: it
 * charges at the power that its charging profiles leave, fetches firmware and brings diagnostics over
 * HTTP. Its meter makes a quarter of an hour of every sample, so that its register tells which limits
 * held. The twin of python/obedient_charge_point.py.
 */
export class RpcStation implements AsyncDisposable {
  /** What went wrong in what it did by itself. */
  readonly faults: unknown[] = []
  readonly #client: RpcClient
  readonly #identity: string
  readonly #profiles = new Map<number, Profile>()
  #transactionId: unknown
  #watts: number | undefined
  #registerWh = 1000
  #firmware = '1.0.0'
  #image = Buffer.alloc(0)

  private constructor(url: string, identity: string) {
    this.#identity = identity
    this.#client = new RPCClient({
      endpoint: url,
      identity,
      protocols: ['ocpp1.6'],
      // Every frame, in both directions, also has to pass the peer's own validation.
      strictMode: true,
      reconnect: false,
    })
    this.#client.on('strictValidationFailure', (failure) => this.faults.push(failure))
    this.#serveSmartCharging()
    this.#serveTransactions()
    this.#serveFiles()
  }

  /** Resolves when it has booted. */
  static async connect(url: string, identity: string): Promise<RpcStation> {
    const station = new RpcStation(url, identity)
    await station.#client.connect()
    await station.#boot()
    return station
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client.close()
  }

  /** @param afterwards what it does by itself when its answer is on its way */
  #on(
    action: string,
    answer: (payload: Payload) => object,
    afterwards: (payload: Payload) => Promise<unknown>,
  ): void {
    this.#client.handle(action, ({ params }) => {
      setImmediate(() => {
        afterwards(params).catch((error: unknown) => this.faults.push(error))
      })
      return answer(params)
    })
  }

  async #boot(): Promise<void> {
    await this.#client.call('BootNotification', {
      chargePointVendor: 'Peer',
      chargePointModel: 'P16',
      firmwareVersion: this.#firmware,
    })
    await this.#status('Available')
  }

  #status(status: string): Promise<Payload> {
    return this.#client.call('StatusNotification', { connectorId: 1, errorCode: 'NoError', status })
  }

  /** The schedule that holds: a TxProfile goes before a TxDefaultProfile. */
  #schedule() {
    const profiles = [...this.#profiles.values()]
    const holds =
      profiles.find((profile) => profile.chargingProfilePurpose === 'TxProfile') ?? profiles[0]
    return holds?.chargingSchedule.chargingSchedulePeriod ?? [{ startPeriod: 0, limit: mostWatts }]
  }

  /** A sample whenever the power is another one. */
  async #meter(): Promise<void> {
    const watts = Math.min(this.#schedule()[0]?.limit ?? 0, mostWatts)
    if (this.#transactionId === undefined || watts === this.#watts) return
    this.#watts = watts
    this.#registerWh += watts / 4
    const sampledValue = [
      { value: `${watts}`, measurand: 'Power.Active.Import', unit: 'W' },
      { value: `${this.#registerWh}`, measurand: 'Energy.Active.Import.Register', unit: 'Wh' },
    ]
    await this.#client.call('MeterValues', {
      connectorId: 1,
      transactionId: this.#transactionId,
      meterValue: [{ timestamp: new Date().toISOString(), sampledValue }],
    })
  }

  #serveSmartCharging(): void {
    const metered = () => this.#meter()
    this.#on(
      'SetChargingProfile',
      ({ csChargingProfiles }) => this.#set(csChargingProfiles),
      metered,
    )
    this.#on('ClearChargingProfile', ({ id }) => this.#clear(id), metered)
    this.#client.handle('GetCompositeSchedule', ({ params }) => ({
      status: 'Accepted',
      connectorId: params['connectorId'],
      scheduleStart: new Date().toISOString(),
      chargingSchedule: {
        duration: params['duration'],
        chargingRateUnit: 'W',
        chargingSchedulePeriod: this.#schedule().filter(
          ({ startPeriod }) => startPeriod < Number(params['duration']),
        ),
      },
    }))
  }

  #set(given: unknown): object {
    const profile = given as Profile
    const isOfTransaction = profile.chargingProfilePurpose === 'TxProfile'
    const isMine =
      this.#transactionId !== undefined && profile.transactionId === this.#transactionId
    if (isOfTransaction && !isMine) return { status: 'Rejected' }
    this.#profiles.set(profile.chargingProfileId, profile)
    return { status: 'Accepted' }
  }

  #clear(id: unknown): object {
    const cleared = [...this.#profiles.keys()].filter((known) => id === undefined || id === known)
    for (const known of cleared) this.#profiles.delete(known)
    return { status: cleared.length > 0 ? 'Accepted' : 'Unknown' }
  }

  #serveTransactions(): void {
    const accepted = () => ({ status: 'Accepted' })
    this.#on('RemoteStartTransaction', accepted, async ({ idTag }) => {
      const started = await this.#client.call('StartTransaction', {
        connectorId: 1,
        idTag,
        meterStart: this.#registerWh,
        timestamp: new Date().toISOString(),
      })
      this.#transactionId = started['transactionId']
      await this.#status('Charging')
      await this.#meter()
    })
    this.#on('RemoteStopTransaction', accepted, async ({ transactionId }) => {
      this.#transactionId = undefined
      for (const [id, { chargingProfilePurpose }] of this.#profiles) {
        if (chargingProfilePurpose === 'TxProfile') this.#profiles.delete(id)
      }
      await this.#client.call('StopTransaction', {
        transactionId,
        meterStop: this.#registerWh,
        timestamp: new Date().toISOString(),
        reason: 'Remote',
      })
    })
  }

  #serveFiles(): void {
    const name = `${this.#identity}.log`
    this.#on(
      'UpdateFirmware',
      () => ({}),
      ({ location }) => this.#install(String(location)),
    )
    this.#on(
      'GetDiagnostics',
      () => ({ fileName: name }),
      async ({ location }) => {
        await this.#client.call('DiagnosticsStatusNotification', { status: 'Uploading' })
        const image = createHash('sha256').update(this.#image).digest('hex')
        const body = `station ${this.#identity} runs ${this.#firmware}, image ${image}\n`
        const response = await fetch(`${String(location)}${name}`, { method: 'PUT', body })
        const status = response.ok ? 'Uploaded' : 'UploadFailed'
        await this.#client.call('DiagnosticsStatusNotification', { status })
      },
    )
  }

  async #install(location: string): Promise<void> {
    const tell = (status: string) => this.#client.call('FirmwareStatusNotification', { status })
    await tell('Downloading')
    const response = await fetch(location)
    const image = Buffer.from(await response.arrayBuffer())
    if (!response.ok) {
      await tell('DownloadFailed')
      return
    }
    await tell('Downloaded')
    await tell('Installing')
    this.#image = image
    this.#firmware = /-([\d.]+)\.bin$/.exec(location)?.[1] ?? ''
    await this.#boot()
    await tell('Installed')
  }
}
