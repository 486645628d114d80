import type { AuthorizeRequest, AuthorizeResponse } from 'typed-ocpp/dist/ocpp20/types.js'
import type { IdTokenInfoType } from 'typed-ocpp/dist/ocpp21/types.js'
import type { IdToken, StepResult } from '../../../steps/actor.ts'
import type { Evse } from '../../evse.ts'
import { done, doneWith, failed, resultOf } from '../../step-result.ts'
import { transfersAuthorized } from '../bidirectional/energy-transfers.ts'
import { type ContractProof, contracts } from '../certificates/contracts.ts'
import { tokenKey } from '../local-list/local-lists.ts'
import type { Station2x } from '../station-2x.ts'
import { StationPart } from '../station-part.ts'
import type { Session } from '../transactions/session.ts'
import { wireToken } from '../transactions/transaction-event.ts'
import { type KnownToken, KnownTokens } from './known-tokens.ts'
import { isPaid, withDetails } from './payment-details.ts'

/**
 * Decides with the CSMS, or without it, whether a token may charge: local authorization list, then
 * authorization cache, then the CSMS [2.0.1 C01, C02, C09-C16].
 */
class Authorizer {
  readonly #station: Station2x
  readonly #known: KnownTokens

  constructor(station: Station2x) {
    this.#station = station
    this.#known = new KnownTokens(station)
  }

  async ask(evse: Evse, token: IdToken): Promise<StepResult> {
    const { model, services } = this.#station
    if (this.#needless(evse, token)) return done
    const contract = contracts.existing(this.#station)
    if (contract?.has(token)) return this.#byContract(evse, token, await contract.prove(token))
    const known = this.#known.of(token)
    if (!services.online) return this.#offline(evse, token, known)
    const accepted = known && refusalOf(known, evse) === undefined
    if (accepted && model.flag('AuthCtrlr.LocalPreAuthorize')) return this.#locally(token)
    if (known && !accepted && this.#isFinal(known)) return refused(token, known, evse)
    if (model.flag('AuthCtrlr.DisableRemoteAuthorization')) {
      if (accepted) return this.#locally(token)
      return known
        ? refused(token, known, evse)
        : failed(`the station asks nobody, and does not know ${token.idToken}`)
    }
    return this.#remotely(evse, token)
  }

  /** Keeps what the CSMS said of a token [2.0.1 C10]. */
  learn(token: IdToken, info: IdTokenInfoType): void {
    this.#known.learn(token, info)
  }

  /** Of a token that list, cache or CSMS said something of; undefined: it has none, or nobody did. */
  groupOf(token: IdToken): string | undefined {
    return this.#known.groupOf(token)
  }

  /** Its holder may stop whatever goes on, and start nothing [2.0.1 C16]. */
  isMasterPass(token: IdToken): boolean {
    const group = this.#station.model.text('AuthCtrlr.MasterPassGroupId')
    return group !== '' && sameText(this.#known.groupOf(token), group)
  }

  /**
   * May the holder of this token end what goes on here? He who started it may, one of the same group
   * and the master pass, too [2.0.1 C01.FR.03, C09.FR.03, FR.07, C16, E07].
   */
  async mayStop({ evse }: Session, token: IdToken): Promise<StepResult> {
    const startedBy = evse.authorization?.token
    if (!startedBy || sameText(tokenKey(startedBy), tokenKey(token))) return done
    const answer = await this.ask(evse, token)
    if (!answer.ok || this.isMasterPass(token)) return answer
    const group = this.#known.groupOf(token)
    if (group !== undefined && sameText(group, this.#known.groupOf(startedBy))) return answer
    const reason = `${token.idToken} is not of the group of ${startedBy.idToken}, who started`
    return failed(reason, answer.answer)
  }

  /**
   * What the CSMS itself presents, and who needs no authorization, is not asked for [2.0.1
   * C02.FR.01, C05.FR.01].
   */
  #needless(evse: Evse, token: IdToken): boolean {
    const { type } = token
    if (!this.#station.model.flag('AuthCtrlr.Enabled') || type === 'NoAuthorization') return true
    if (isPaid(this.#station, token)) return true
    return type === 'Central' && evse.claimed
  }

  /** What is refused here is not asked for: DisablePostAuthorize [2.0.1 C12.FR.05, C14.FR.03]. */
  #isFinal({ from }: KnownToken): boolean {
    const component = from === 'authorization cache' ? 'AuthCacheCtrlr' : 'LocalAuthListCtrlr'
    return this.#station.model.flag(`${component}.DisablePostAuthorize`)
  }

  #locally(token: IdToken): StepResult {
    this.#known.used(token)
    return done
  }

  /** A contract certificate is always shown to the CSMS where it is in reach [2.0.1 C07.FR.01]. */
  async #byContract(evse: Evse, token: IdToken, proof: ContractProof): Promise<StepResult> {
    if (proof.kind === 'refused') return failed(proof.reason)
    const { online } = this.#station.services
    if (online) return this.#remotely(evse, token, proof.fields)
    return this.#offline(evse, token, this.#known.of(token))
  }

  async #remotely(
    evse: Evse,
    token: IdToken,
    contract: Omit<AuthorizeRequest, 'idToken'> = {},
  ): Promise<StepResult> {
    const payload = { idToken: withDetails(this.#station, wireToken(token), token), ...contract }
    const outcome = await this.#station.services.request('Authorize', payload)
    if (outcome.kind === 'lost' || outcome.kind === 'unsent') {
      return this.#offline(evse, token, this.#known.of(token))
    }
    if (outcome.kind !== 'result') return resultOf('Authorize', outcome)
    const { idTokenInfo, certificateStatus } = outcome.payload as AuthorizeResponse
    this.learn(token, idTokenInfo)
    transfersAuthorized(this.#station, evse, outcome.payload)
    if (certificateStatus !== undefined && certificateStatus !== 'Accepted') {
      const reason = `the CSMS says that the certificate of ${token.idToken} is ${certificateStatus}`
      return failed(reason, outcome.payload)
    }
    const { status, evseId } = idTokenInfo
    const elsewhere = evseId !== undefined && !evseId.includes(evse.id)
    if (status === 'Accepted' && !elsewhere) return doneWith(outcome.payload)
    const verdict = status === 'Accepted' ? `is not for EVSE ${evse.id}` : `is ${status}`
    return failed(`the CSMS says that ${token.idToken} ${verdict}`, outcome.payload)
  }

  /** What is known to be bad is refused, whatever else is allowed [2.0.1 C13.FR.04, C15]. */
  #offline(evse: Evse, token: IdToken, known: KnownToken | undefined): StepResult {
    const { model } = this.#station
    if (known && refusalOf(known, evse) !== undefined) return refused(token, known, evse)
    if (known && model.flag('AuthCtrlr.LocalAuthorizeOffline')) return this.#locally(token)
    if (!known && model.flag('AuthCtrlr.OfflineTxForUnknownIdEnabled')) return done
    return failed(
      known
        ? 'the station is offline and lets nobody in then'
        : `the station is offline and does not know ${token.idToken}`,
    )
  }
}

/** Why a known token may not charge here; undefined = it may. */
function refusalOf({ status, evseIds }: KnownToken, evse: Evse): string | undefined {
  if (status !== 'Accepted') return `is ${status}`
  return evseIds?.includes(evse.id) === false ? `is not for EVSE ${evse.id}` : undefined
}

function refused(token: IdToken, known: KnownToken, evse: Evse): StepResult {
  const refusal = refusalOf(known, evse) ?? 'may not charge'
  return failed(`the ${known.from} says that ${token.idToken} ${refusal}`)
}

function sameText(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && one.toLowerCase() === other?.toLowerCase()
}

/** That of a station. */
export const authorizers = new StationPart((station) => new Authorizer(station))
