import type { AuthorizeRequest } from 'typed-ocpp/dist/ocpp20/types.js'
import type { Get15118EVCertificateResponse } from 'typed-ocpp/dist/ocpp21/types.js'
import type { KeyedCertificate } from '../../../../ocpp/station-crypto.ts'
import type { IdToken, StepResult } from '../../../steps/actor.ts'
import type { ContractOrder } from '../../../steps/acts.ts'
import { doneWith, failed, resultOf } from '../../step-result.ts'
import type { Station2x } from '../station-2x.ts'
import { StationPart } from '../station-part.ts'
import { chainStatus } from './chain-status.ts'
import { ocspData } from './ocsp-data.ts'
import { presentedContracts } from './presented-contracts.ts'

/** What an Authorize holds besides the eMAID, or why there will be none [2.0.1 C07]. */
export type ContractProof = ShownProof | { readonly kind: 'refused'; readonly reason: string }

interface ShownProof {
  readonly kind: 'shown'
  readonly fields: Pick<AuthorizeRequest, 'certificate' | 'iso15118CertificateHashData'>
}

/** Schemas of the messages that are passed on. */
const iso2 = 'urn:iso:15118:2:2013:MsgDef'
const iso20 = 'urn:iso:std:iso:15118:-20:CommonMessages'
/** Of a chain, an Authorize holds so much. */
const mostHashes = 4
/** So often a vehicle asks for the next contract. */
const mostContracts = 8

/**
 * The contracts of the vehicles that come to one station: got through it, presented to it. A vehicle
 * keeps its contract, whatever becomes of the station. What goes over the cable is not simulated:
 * `exiRequest` is the vehicle's PKCS #10 request and `exiResponse` the chain, DER in base64.
 */
class Contracts {
  readonly #station: Station2x
  readonly #byEmaid = new Map<string, KeyedCertificate>()

  constructor(station: Station2x) {
    this.#station = station
  }

  has({ idToken, type }: IdToken): boolean {
    return type === 'eMAID' && this.#byEmaid.has(keyOf(idToken))
  }

  /**
   * The vehicle asks for a contract certificate, and the station passes that on [2.0.1 M01, M02]. For
   * several contracts, which ISO 15118-20 knows, it asks until none is left [2.1 M01.FR.06].
   */
  async install({ action, emaids }: ContractOrder): Promise<StepResult> {
    const { services, version, model } = this.#station
    const [emaid] = emaids
    if (!services.crypto || emaid === undefined) return failed('this station knows no contracts')
    if (!model.flag('ISO15118Ctrlr.ContractCertificateInstallationEnabled')) {
      return failed('ISO15118Ctrlr.ContractCertificateInstallationEnabled is false')
    }
    const several = emaids.length > 1
    if (several && version !== 'ocpp2.1') return failed('OCPP 2.0.1 has one contract at a time')
    if (!services.online) return failed('the station is offline: nobody signs contracts')
    const { exiRequest, keyPem } = await services.crypto.contractRequest(emaid)
    const request = {
      iso15118SchemaVersion: several ? iso20 : iso2,
      // ISO 15118-20 tells no updates from installations [2.1 M02.FR.02].
      action: several ? 'Install' : action,
      exiRequest,
      ...(several && {
        maximumContractCertificateChains: emaids.length,
        prioritizedEMAIDs: emaids.slice(0, mostContracts),
      }),
    }
    for (let asked = 1; ; asked += 1) {
      const outcome = await services.request('Get15118EVCertificate', request)
      if (outcome.kind !== 'result')
        return this.#unanswered(resultOf('Get15118EVCertificate', outcome))
      const answer = outcome.payload as Get15118EVCertificateResponse
      if (answer.status !== 'Accepted') {
        return failed(`the CSMS has no contract certificate for ${emaid}`, answer)
      }
      const contract = services.crypto.contractOf(answer.exiResponse)
      if (!contract) return failed('exiResponse holds no contract of this vehicle', answer)
      const { certificatePem, emaid: named } = contract
      this.#byEmaid.set(keyOf(named), { certificatePem, keyPem })
      if ((answer.remainingContracts ?? 0) === 0 || asked === mostContracts) return doneWith(answer)
    }
  }

  /**
   * What the station shows the CSMS of a contract: hashes for OCSP where it can verify the chain
   * itself, else the chain where the CSMS verifies for it [C07.FR.02, FR.06]. Offline it verifies
   * alone, or not at all [C07.FR.07, FR.08].
   */
  async prove({ idToken }: IdToken): Promise<ContractProof> {
    const { services, model, version } = this.#station
    const contract = this.#byEmaid.get(keyOf(idToken))
    if (!contract) return refused(`the EV has no contract ${idToken}`)
    if (!model.flag('ISO15118Ctrlr.PnCEnabled')) return refused('plug and charge is switched off')
    const { certificatePem } = contract
    if (!services.online && !model.flag('ISO15118Ctrlr.ContractValidationOffline')) {
      return refused('the station is offline and validates no contracts then')
    }
    const roots = [
      ...(services.certificates?.trusted.pems('mo') ?? []),
      ...(services.certificates?.trusted.pems('v2g') ?? []),
    ]
    if (roots.length === 0) {
      const central = model.flag('ISO15118Ctrlr.CentralContractValidationAllowed')
      return services.online && central
        ? this.#shown(idToken, certificatePem, { certificate: certificatePem })
        : refused('no root is installed to validate the contract with')
    }
    const nowMs = services.wireMs()
    const objection = services.crypto?.objectionToChain({ certificatePem, roots, nowMs })
    if (objection !== undefined)
      return refused(`the contract certificate is not valid: ${objection}`)
    if (services.online && version === 'ocpp2.1') {
      const revoked = await chainStatus.of(this.#station).isRevoked(certificatePem)
      if (revoked) return refused('the contract certificate was revoked')
    }
    const hashes = ocspData(this.#station, certificatePem).map(({ request }) => request)
    const iso15118CertificateHashData = hashes.slice(0, mostHashes)
    return this.#shown(idToken, certificatePem, { iso15118CertificateHashData })
  }

  #shown(idToken: string, chainPem: string, fields: ShownProof['fields']): ContractProof {
    presentedContracts.of(this.#station).remember({ idToken, type: 'eMAID' }, chainPem)
    return { kind: 'shown', fields }
  }

  /** The vehicle waits for seconds only: what is not answered now failed [M01 error handling]. */
  #unanswered(result: StepResult): StepResult {
    return result.ok ? failed('the connection broke before the contract came') : result
  }
}

function refused(reason: string): ContractProof {
  return { kind: 'refused', reason }
}

/** An eMAID is the same with and without its hyphens, in any case [ISO 15118-2 annex H]. */
function keyOf(emaid: string): string {
  return emaid.replace(/-/g, '').toUpperCase()
}

export const contracts = new StationPart((station) => new Contracts(station))
