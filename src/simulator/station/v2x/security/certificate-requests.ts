import type { SignCertificateRequest } from 'typed-ocpp/dist/ocpp21/types.js'
import type { CertificateSubject } from '../../../../ocpp/station-crypto.ts'
import type { CancelTimer } from '../../../../shared/clock.ts'
import type { OwnUse } from '../../certificate-store.ts'
import { plugAndCharge } from '../certificates/plug-and-charge.ts'
import type { Station2x } from '../station-2x.ts'

/** What a station asks to be signed; Combined: one certificate for the CSMS and for vehicles. */
export type RequestKind = NonNullable<SignCertificateRequest['certificateType']> | 'Combined'

/** What a certificate of each kind is for. */
export const usesOf: Readonly<Record<RequestKind, readonly OwnUse[]>> = {
  ChargingStationCertificate: ['csms'],
  V2GCertificate: ['v2g'],
  V2G20Certificate: ['v2g20'],
  Combined: ['csms', 'v2g'],
}

/** A request whose certificate has not come. */
interface Pending {
  readonly payload: SignCertificateRequest
  /** How often it will still be repeated. */
  repeats: number
  /** Simulated ms until then. */
  waitMs: number
  timer: CancelTimer | undefined
}

const organization = 'SecurityCtrlr.OrganizationName'

/**
 * The certificates that a station asks for, and asks for again where they do not come [2.0.1 A02,
 * A03]. A reboot forgets the repetitions, not the keys.
 */
export class CertificateRequests {
  readonly #station: Station2x
  readonly #pending = new Map<RequestKind, Pending>()
  #requestId = 0

  constructor(station: Station2x) {
    this.#station = station
  }

  /** It has what the request needs: the names for its subject, and somewhere to keep keys. */
  canAsk(kind: RequestKind): boolean {
    return this.#station.services.certificates !== undefined && this.#subject(kind) !== undefined
  }

  /** Makes a new key and asks for its certificate [A02.FR.02, A02.FR.03]. Never rejects. */
  async ask(kind: RequestKind): Promise<void> {
    const { certificates } = this.#station.services
    const subject = this.#subject(kind)
    if (!certificates || !subject) return
    const csr = await certificates.request(subject, usesOf[kind])
    this.settled(kind)
    const { model } = this.#station
    const pending: Pending = {
      payload: { csr, ...this.#type(kind), ...this.#newFields(kind) },
      repeats: model.integer('SecurityCtrlr.CertSigningRepeatTimes'),
      waitMs: model.integer('SecurityCtrlr.CertSigningWaitMinimum') * 1000,
      timer: undefined,
    }
    this.#pending.set(kind, pending)
    await this.#send(kind, pending)
  }

  /**
   * Which request a certificate answers [2.1 A02.FR.26]; undefined: none. Without a type it is for
   * both connections where one for both was asked for.
   */
  answeredBy(
    type: SignCertificateRequest['certificateType'],
    requestId: number | undefined,
  ): RequestKind | undefined {
    const kind = type ?? (this.#pending.has('Combined') ? 'Combined' : 'ChargingStationCertificate')
    const expected = this.#pending.get(kind)?.payload.requestId
    return requestId === undefined || requestId === expected ? kind : undefined
  }

  /** Its certificate came, good or not: it is not asked for again [A02.FR.20]. */
  settled(kind: RequestKind): void {
    this.#pending.get(kind)?.timer?.()
    this.#pending.delete(kind)
  }

  /** The power is gone or the run is over. */
  stop(): void {
    for (const kind of this.#pending.keys()) this.settled(kind)
  }

  async #send(kind: RequestKind, pending: Pending): Promise<void> {
    const { services } = this.#station
    const outcome = await services.request('SignCertificate', pending.payload, { triggered: true })
    if (this.#pending.get(kind) !== pending) return
    const rejected =
      outcome.kind === 'result' &&
      'status' in outcome.payload &&
      outcome.payload.status === 'Rejected'
    if (rejected || outcome.kind === 'error') this.#refused(kind)
    else this.#wait(kind, pending)
  }

  /** Each time twice as long [A02.FR.17 to A02.FR.19]. */
  #wait(kind: RequestKind, pending: Pending): void {
    if (pending.repeats === 0) return
    const { clocks } = this.#station.services
    pending.timer = clocks.simulated.after(pending.waitMs, () => {
      pending.repeats -= 1
      pending.waitMs *= 2
      void this.#send(kind, pending)
    })
  }

  /** Without a certificate there is no plug and charge until the next boot [A02.FR.21]. */
  #refused(kind: RequestKind): void {
    this.settled(kind)
    this.#station.services.certificates?.requestRefused(usesOf[kind])
    if (kind === 'V2GCertificate') plugAndCharge.of(this.#station).suspend()
  }

  /** CN is the serial number, or the SeccId towards vehicles; O the operator [A00.FR.509, A02]. */
  #subject(kind: RequestKind): CertificateSubject | undefined {
    const { services, model } = this.#station
    const forVehicles = kind === 'V2GCertificate' || kind === 'V2G20Certificate'
    if (forVehicles && !model.flag('ISO15118Ctrlr.V2GCertificateInstallationEnabled')) {
      return undefined
    }
    const names = forVehicles
      ? {
          commonName: model.text('ISO15118Ctrlr.SeccId'),
          organization: model.text('ISO15118Ctrlr.OrganizationName') || model.text(organization),
        }
      : { commonName: services.serial ?? services.id, organization: model.text(organization) }
    return names.commonName === '' || names.organization === '' ? undefined : names
  }

  #type(kind: RequestKind): Pick<SignCertificateRequest, 'certificateType'> {
    return kind === 'Combined' ? {} : { certificateType: kind }
  }

  /** What only 2.1 says of a request [2.1 A02.FR.24, A02.FR.27]. */
  #newFields(kind: RequestKind): Pick<SignCertificateRequest, 'requestId' | 'hashRootCertificate'> {
    const { version, services } = this.#station
    if (version !== 'ocpp2.1') return {}
    this.#requestId += 1
    const requestId = this.#requestId
    const [root] = services.certificates?.trusted.hashes('v2g') ?? []
    return root && usesOf[kind].includes(kind === 'V2G20Certificate' ? 'v2g20' : 'v2g')
      ? { requestId, hashRootCertificate: root }
      : { requestId }
  }
}
