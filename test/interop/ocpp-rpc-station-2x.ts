import { createHash } from 'node:crypto'
import { RPCClient, type RpcClient } from './ocpp-rpc.ts'

type Payload = Record<string, unknown>

type Profile = {
  readonly id: number
  readonly transactionId?: string
  readonly chargingProfilePurpose: string
  readonly chargingSchedule: readonly {
    readonly chargingSchedulePeriod: readonly {
      readonly startPeriod: number
      readonly limit: number
    }[]
  }[]
}

type Item = {
  readonly component: { readonly name: string }
  readonly variable: { readonly name: string }
  readonly attributeValue?: string
}

const mostWatts = 11_000

/**
 * An OCPP 2.0.1 station on the npm package ocpp-rpc that does what it is told and nothing else; the
 * twin of python/obedient_charge_point_2x.py. Its meter makes a quarter of an hour of every sample, so
 * that its register tells which limits held.
 */
export class RpcStation2x implements AsyncDisposable {
  /** What went wrong in what it did by itself. */
  readonly faults: unknown[] = []
  readonly #client: RpcClient
  readonly #identity: string
  readonly #variables = [
    held('OCPPCommCtrlr', 'HeartbeatInterval', '300', 'ReadWrite', 'integer'),
    held('TxCtrlr', 'TxStartPoint', 'PowerPathClosed', 'ReadOnly', 'MemberList'),
  ]
  readonly #profiles = new Map<number, { evseId: unknown; profile: Profile }>()
  #transactionId: string | undefined
  #seqNo = 0
  #watts = 0
  #registerWh = 1000
  #firmware = '1.0.0'
  #image = Buffer.alloc(0)

  private constructor(url: string, identity: string) {
    this.#identity = identity
    this.#client = new RPCClient({
      endpoint: url,
      identity,
      protocols: ['ocpp2.0.1'],
      // Every frame, in both directions, also has to pass the peer's own validation.
      strictMode: true,
      reconnect: false,
    })
    this.#client.on('strictValidationFailure', (failure) => this.faults.push(failure))
    this.#serveVariables()
    this.#serveSmartCharging()
    this.#serveTransactions()
    this.#serveFiles()
  }

  /** Resolves when it has booted. */
  static async connect(url: string, identity: string): Promise<RpcStation2x> {
    const station = new RpcStation2x(url, identity)
    await station.#client.connect()
    await station.#boot('PowerUp')
    return station
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client.close()
  }

  /** @param afterwards what it does by itself when its answer is on its way */
  #on(
    action: string,
    answer: (payload: Payload) => object,
    afterwards?: (payload: Payload) => Promise<unknown>,
  ): void {
    this.#client.handle(action, ({ params }) => {
      const given = answer(params)
      const isRefused = 'status' in given && given.status !== 'Accepted'
      if (afterwards && !isRefused) {
        setImmediate(() => {
          afterwards(params).catch((error: unknown) => this.faults.push(error))
        })
      }
      return given
    })
  }

  async #boot(reason: string): Promise<void> {
    const chargingStation = { vendorName: 'Peer', model: 'P2', firmwareVersion: this.#firmware }
    await this.#client.call('BootNotification', { reason, chargingStation })
    await this.#status('Available')
  }

  #status(connectorStatus: string): Promise<Payload> {
    const timestamp = new Date().toISOString()
    const where = { evseId: 1, connectorId: 1 }
    return this.#client.call('StatusNotification', { timestamp, connectorStatus, ...where })
  }

  #serveVariables(): void {
    this.#on(
      'GetBaseReport',
      ({ reportBase }) => statusOf(reportBase === 'FullInventory', 'NotSupported'),
      async ({ requestId }) => {
        for (const [seqNo, variable] of this.#variables.entries()) {
          const { name, variableCharacteristics, ...attribute } = variable
          await this.#client.call('NotifyReport', {
            requestId,
            generatedAt: new Date().toISOString(),
            seqNo,
            tbc: seqNo + 1 < this.#variables.length,
            reportData: [{ ...name, variableAttribute: [attribute], variableCharacteristics }],
          })
        }
      },
    )
    this.#on('GetVariables', ({ getVariableData }) => ({
      getVariableResult: (getVariableData as Item[]).map(({ component, variable }) => {
        const row = this.#held(component.name, variable.name)
        if (typeof row === 'string') return { component, variable, attributeStatus: row }
        return { component, variable, attributeStatus: 'Accepted', attributeValue: row.value }
      }),
    }))
    this.#on('SetVariables', ({ setVariableData }) => ({
      setVariableResult: (setVariableData as Item[]).map((item) => ({
        component: item.component,
        variable: item.variable,
        attributeStatus: this.#set(item),
      })),
    }))
  }

  /** What a variable holds, or the status that says why there is none. */
  #held(component: string, variable: string) {
    const ofComponent = this.#variables.filter(({ name }) => name.component.name === component)
    if (ofComponent.length === 0) return 'UnknownComponent'
    return ofComponent.find(({ name }) => name.variable.name === variable) ?? 'UnknownVariable'
  }

  #set({ component, variable, attributeValue = '' }: Item): string {
    const row = this.#held(component.name, variable.name)
    if (typeof row === 'string') return row
    if (row.mutability !== 'ReadWrite') return 'Rejected'
    row.value = attributeValue
    return 'Accepted'
  }

  /** The schedule that holds: a TxProfile goes before a TxDefaultProfile. */
  #schedule() {
    const profiles = [...this.#profiles.values()].map(({ profile }) => profile)
    const holds =
      profiles.find((profile) => profile.chargingProfilePurpose === 'TxProfile') ?? profiles[0]
    return (
      holds?.chargingSchedule[0]?.chargingSchedulePeriod ?? [{ startPeriod: 0, limit: mostWatts }]
    )
  }

  #event(eventType: string, triggerReason: string, info: object, more: object = {}) {
    const timestamp = new Date().toISOString()
    const sampledValue = [
      { value: this.#watts, measurand: 'Power.Active.Import' },
      { value: this.#registerWh, measurand: 'Energy.Active.Import.Register' },
    ]
    this.#seqNo += 1
    return this.#client.call('TransactionEvent', {
      eventType,
      triggerReason,
      timestamp,
      seqNo: this.#seqNo - 1,
      transactionInfo: { transactionId: this.#transactionId, ...info },
      evse: { id: 1, connectorId: 1 },
      meterValue: [{ timestamp, sampledValue }],
      ...more,
    })
  }

  /** A sample whenever the power is another one. */
  async #meter(): Promise<void> {
    const watts = Math.min(this.#schedule()[0]?.limit ?? 0, mostWatts)
    if (this.#transactionId === undefined || watts === this.#watts) return
    this.#watts = watts
    this.#registerWh += watts / 4
    await this.#event('Updated', 'ChargingRateChanged', { chargingState: 'Charging' })
  }

  #serveSmartCharging(): void {
    const metered = () => this.#meter()
    this.#on(
      'SetChargingProfile',
      ({ evseId, chargingProfile }) => {
        const profile = chargingProfile as Profile
        const isOfTransaction = profile.chargingProfilePurpose === 'TxProfile'
        if (isOfTransaction && profile.transactionId !== this.#transactionId) {
          return { status: 'Rejected', statusInfo: { reasonCode: 'TxNotFound' } }
        }
        this.#profiles.set(profile.id, { evseId, profile })
        return { status: 'Accepted' }
      },
      metered,
    )
    this.#on(
      'ClearChargingProfile',
      ({ chargingProfileId }) =>
        statusOf(this.#profiles.delete(Number(chargingProfileId)), 'Unknown'),
      metered,
    )
    this.#on('GetCompositeSchedule', ({ evseId, duration, chargingRateUnit }) => ({
      status: 'Accepted',
      schedule: {
        evseId,
        duration,
        chargingRateUnit,
        scheduleStart: new Date().toISOString(),
        chargingSchedulePeriod: this.#schedule().filter(
          ({ startPeriod }) => startPeriod < Number(duration),
        ),
      },
    }))
    this.#on(
      'GetChargingProfiles',
      () => statusOf(this.#profiles.size > 0, 'NoProfiles'),
      ({ requestId }) => this.#reportProfiles(requestId),
    )
  }

  async #reportProfiles(requestId: unknown): Promise<void> {
    const told = [...this.#profiles.values()]
    for (const [i, { evseId, profile }] of told.entries()) {
      await this.#client.call('ReportChargingProfiles', {
        requestId,
        chargingLimitSource: 'CSO',
        evseId,
        chargingProfile: [profile],
        tbc: i + 1 < told.length,
      })
    }
  }

  #serveTransactions(): void {
    this.#on(
      'RequestStartTransaction',
      () => statusOf(this.#transactionId === undefined, 'Rejected'),
      async ({ idToken, remoteStartId }) => {
        const { idTokenInfo } = await this.#client.call('Authorize', { idToken })
        if ((idTokenInfo as Payload)['status'] !== 'Accepted') return
        this.#transactionId = `${this.#identity}-1`
        await this.#status('Occupied')
        await this.#event('Started', 'RemoteStart', { remoteStartId }, { idToken })
        await this.#meter()
      },
    )
    this.#on(
      'RequestStopTransaction',
      ({ transactionId }) => statusOf(transactionId === this.#transactionId, 'Rejected'),
      async () => {
        this.#watts = 0
        await this.#event('Ended', 'RemoteStop', { stoppedReason: 'Remote' })
        this.#transactionId = undefined
      },
    )
    this.#on('GetTransactionStatus', ({ transactionId }) => ({
      ongoingIndicator: transactionId === this.#transactionId,
      messagesInQueue: false,
    }))
  }

  #serveFiles(): void {
    const filename = `${this.#identity}.log`
    this.#on(
      'UpdateFirmware',
      () => ({ status: 'Accepted' }),
      ({ requestId, firmware }) => this.#install(requestId, firmware as { location: string }),
    )
    this.#on(
      'GetLog',
      () => ({ status: 'Accepted', filename }),
      async ({ requestId, log }) => {
        const tell = (status: string) =>
          this.#client.call('LogStatusNotification', { status, requestId })
        await tell('Uploading')
        const image = createHash('sha256').update(this.#image).digest('hex')
        const body = `station ${this.#identity} runs ${this.#firmware}, image ${image}\n`
        const { remoteLocation } = log as { remoteLocation: string }
        const response = await fetch(`${remoteLocation}${filename}`, { method: 'PUT', body })
        await tell(response.ok ? 'Uploaded' : 'UploadFailure')
      },
    )
  }

  async #install(requestId: unknown, { location }: { location: string }): Promise<void> {
    const tell = (status: string) =>
      this.#client.call('FirmwareStatusNotification', { status, requestId })
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
    await this.#boot('FirmwareUpdate')
    await tell('Installed')
  }
}

const statusOf = (isAccepted: boolean, otherwise: string) => ({
  status: isAccepted ? 'Accepted' : otherwise,
})

function held(
  component: string,
  variable: string,
  value: string,
  mutability: string,
  dataType: string,
) {
  return {
    name: { component: { name: component }, variable: { name: variable } },
    value,
    mutability,
    variableCharacteristics: { dataType, supportsMonitoring: false },
  }
}
