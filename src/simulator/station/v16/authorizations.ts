import type { RequestOf, ResponseOf } from '../../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../../ocpp/v16/actions.ts'
import type { StepResult } from '../../steps/actor.ts'
import type { StationServices } from '../behaviour.ts'
import { done, doneWith, failed, resultOf } from '../step-result.ts'
import type { Configuration } from './configuration.ts'
import { usesLocalList } from './local-list.ts'

type IdTagInfo = ResponseOf<Actions16, 'Authorize'>['idTagInfo']

/** What a station knows of an idTag without asking. */
interface KnownIdTag {
  /** Expired where its time has passed. */
  readonly status: IdTagInfo['status']
  readonly parentIdTag: string | undefined
  readonly from: 'local authorization list' | 'authorization cache'
}

/** How many parents are remembered where there is no cache; the oldest goes first. */
const mostParents = 50

/**
 * Who may charge: local authorization list, then authorization cache, then the CSMS
 * [1.6 3.5, 4.1].
 */
export class Authorizations {
  readonly #station: StationServices
  readonly #configuration: Configuration
  readonly #conflict: (idTag: string) => void
  /** By idTag in lower case, while the cache is switched off. */
  #parents: Map<string, string | undefined> | undefined

  /** @param conflict the CSMS says otherwise of an idTag than the local list [1.6 3.5.2] */
  constructor(
    station: StationServices,
    configuration: Configuration,
    conflict: (idTag: string) => void,
  ) {
    this.#station = station
    this.#configuration = configuration
    this.#conflict = conflict
  }

  /**
   * Online without a question only where LocalPreAuthorize lets a known idTag in; one that list or
   * cache refuse is asked for, since both may be out of date.
   */
  async authorize(idTag: string): Promise<StepResult> {
    if (!this.#station.online) return this.#offline(idTag)
    const locally = this.#configuration.flag('LocalPreAuthorize')
    if (locally && this.#known(idTag)?.status === 'Accepted') return done
    const request: RequestOf<Actions16, 'Authorize'> = { idTag }
    const outcome = await this.#station.request('Authorize', request)
    if (outcome.kind === 'lost' || outcome.kind === 'unsent') return this.#offline(idTag)
    if (outcome.kind !== 'result') return resultOf('Authorize', outcome)
    const answer = outcome.payload as ResponseOf<Actions16, 'Authorize'>
    this.learn(idTag, answer.idTagInfo)
    const { status } = answer.idTagInfo
    if (status === 'Accepted') return doneWith(answer)
    return failed(`Authorize of idTag ${idTag} was answered ${status}`, answer)
  }

  /**
   * May the holder of this idTag end what the other one started? Of the same group he may [1.6 3.10];
   * he is authorised like anybody who presents an idTag [1.6 4.1].
   */
  async mayStop(
    idTag: string,
    startedBy: { readonly idTag: string; readonly parentIdTag: string | undefined },
  ): Promise<StepResult> {
    if (idTag.toLowerCase() === startedBy.idTag.toLowerCase()) return done
    const known = this.parentOf(startedBy.idTag)
    const group = startedBy.parentIdTag ?? known?.parentIdTag
    const reason = `idTag ${idTag} is not of the group of ${startedBy.idTag}, who started`
    // He is of no group: whatever the CSMS would say, nobody else may.
    if (known && group === undefined) return failed(reason)
    const answer = await this.authorize(idTag)
    if (!answer.ok) return answer
    const parent = this.parentOf(idTag)?.parentIdTag
    if (parent !== undefined && parent.toLowerCase() === group?.toLowerCase()) return answer
    return failed(reason, answer.answer)
  }

  /** The parentIdTag of an idTag that list, cache or CSMS said something of; else undefined. */
  parentOf(idTag: string): { readonly parentIdTag: string | undefined } | undefined {
    const known = this.#known(idTag)
    if (known) return known
    const key = idTag.toLowerCase()
    return this.#parents?.has(key) ? { parentIdTag: this.#parents.get(key) } : undefined
  }

  /**
   * Every idTagInfo of the CSMS goes into the cache [1.6 3.5.1], unless the idTag is on the local
   * list: what that says comes first [1.6 3.5.3, 4.1].
   */
  learn(idTag: string, info: Partial<IdTagInfo> | undefined): void {
    if (!info?.status) return
    const { status, parentIdTag } = info
    this.#rememberParent(idTag, parentIdTag)
    const listed = this.#listed(idTag)
    if (listed && isValid(status) !== isValid(this.#listedStatus(listed))) this.#conflict(idTag)
    if (listed || !this.#configuration.flag('AuthorizationCacheEnabled')) return
    const expiresMs = instantOf(info.expiryDate)
    const { memory } = this.#station
    const known = memory.cached(idTag)
    const same = known?.status === status && known.expiresMs === expiresMs
    if (same && known.groupId === parentIdTag) return
    const authorization = { status, expiresMs, groupId: parentIdTag }
    memory.cache(idTag, authorization, this.#station.wireMs())
  }

  #known(idTag: string): KnownIdTag | undefined {
    const listed = this.#listed(idTag)
    if (listed) {
      const status = this.#listedStatus(listed)
      return { status, parentIdTag: listed.parentIdTag, from: 'local authorization list' }
    }
    if (!this.#configuration.flag('AuthorizationCacheEnabled')) return undefined
    const cached = this.#station.memory.cached(idTag)
    if (!cached) return undefined
    const status = this.#statusNow(cached.status as IdTagInfo['status'], cached.expiresMs)
    return { status, parentIdTag: cached.groupId, from: 'authorization cache' }
  }

  #listed(idTag: string) {
    if (!usesLocalList(this.#configuration)) return undefined
    return this.#station.memory.localList?.get(idTag)
  }

  /** ConcurrentTx on the list means valid, too [1.6 3.5.2]. */
  #listedStatus({ status, expiryDate }: IdTagInfo): IdTagInfo['status'] {
    return this.#statusNow(isValid(status) ? 'Accepted' : status, instantOf(expiryDate))
  }

  #statusNow(status: IdTagInfo['status'], expiresMs: number | undefined): IdTagInfo['status'] {
    const expired = expiresMs !== undefined && expiresMs <= this.#station.wireMs()
    return expired && status === 'Accepted' ? 'Expired' : status
  }

  /** What is known to be bad is refused, whatever AllowOfflineTxForUnknownId says [1.6 3.5.4]. */
  #offline(idTag: string): StepResult {
    const known = this.#known(idTag)
    if (known && known.status !== 'Accepted') {
      return failed(`offline, and the ${known.from} says ${known.status} of idTag ${idTag}`)
    }
    if (known && this.#configuration.flag('LocalAuthorizeOffline')) return done
    if (this.#configuration.flag('AllowOfflineTxForUnknownId')) return done
    return failed(`offline, and idTag ${idTag} may not charge offline`)
  }

  #rememberParent(idTag: string, parentIdTag: string | undefined): void {
    if (this.#configuration.flag('AuthorizationCacheEnabled')) return
    this.#parents ??= new Map()
    const key = idTag.toLowerCase()
    this.#parents.delete(key)
    this.#parents.set(key, parentIdTag)
    if (this.#parents.size <= mostParents) return
    for (const oldest of this.#parents.keys()) {
      this.#parents.delete(oldest)
      return
    }
  }
}

function isValid(status: IdTagInfo['status']): boolean {
  return status === 'Accepted' || status === 'ConcurrentTx'
}

function instantOf(date: string | undefined): number | undefined {
  const ms = date === undefined ? Number.NaN : Date.parse(date)
  return Number.isNaN(ms) ? undefined : ms
}
