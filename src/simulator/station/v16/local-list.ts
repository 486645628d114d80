import type { RequestOf, ResponseOf } from '../../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../../ocpp/v16/actions.ts'
import type { Configuration } from './configuration.ts'

type SendLocalList = RequestOf<Actions16, 'SendLocalList'>
type LocalListStatus = ResponseOf<Actions16, 'SendLocalList'>['status']
type Entry = NonNullable<SendLocalList['localAuthorizationList']>[number]
type ListedInfo = NonNullable<Entry['idTagInfo']>

/** How much a station takes [1.6 9.2]. */
interface LocalListLimits {
  /** LocalAuthListMaxLength: idTags in the list. */
  readonly longestList: number
  /** SendLocalListMaxLength: idTags in one SendLocalList. */
  readonly longestUpdate: number
}

/**
 * The local authorization list of one station [1.6 3.5.2]. Nothing but SendLocalList changes it; it
 * survives reboots. An update is applied whole or not at all.
 */
export class LocalList {
  /** By idTag in lower case: CiString20Type. */
  #entries: ReadonlyMap<string, ListedInfo> = new Map()
  #version = 0

  /** 0 = there is nothing in it [1.6 5.10]. */
  get version(): number {
    return this.#entries.size === 0 ? 0 : this.#version
  }

  get(idTag: string): ListedInfo | undefined {
    return this.#entries.get(idTag.toLowerCase())
  }

  /** [1.6 5.15] No list may have version 0 or -1 [1.6 errata 3.52]. */
  update(request: SendLocalList, limits: LocalListLimits): LocalListStatus {
    const { listVersion, updateType, localAuthorizationList: given = [] } = request
    if (listVersion <= 0 || given.length > limits.longestUpdate) return 'Failed'
    if (updateType === 'Differential' && listVersion <= this.version) return 'VersionMismatch'
    const entries = updateType === 'Full' ? wholeList(given) : changed(this.#entries, given)
    if (!entries || entries.size > limits.longestList) return 'Failed'
    this.#entries = entries
    this.#version = listVersion
    return 'Accepted'
  }
}

/** The station has a list, and it counts [1.6 9.2.1]. */
export function usesLocalList(settings: Configuration): boolean {
  return settings.supports('LocalAuthListManagement') && settings.flag('LocalAuthListEnabled')
}

/** Undefined where an idTag comes twice, or without what the list is to say of it. */
function wholeList(given: readonly Entry[]): ReadonlyMap<string, ListedInfo> | undefined {
  const entries = new Map<string, ListedInfo>()
  for (const { idTag, idTagInfo } of given) {
    if (idTagInfo) entries.set(idTag.toLowerCase(), idTagInfo)
  }
  return entries.size === given.length ? entries : undefined
}

/** An entry without idTagInfo takes the idTag off the list [1.6 7.2]. */
function changed(
  known: ReadonlyMap<string, ListedInfo>,
  given: readonly Entry[],
): ReadonlyMap<string, ListedInfo> | undefined {
  const entries = new Map(known)
  const seen = new Set<string>()
  for (const { idTag, idTagInfo } of given) {
    const key = idTag.toLowerCase()
    seen.add(key)
    if (idTagInfo) entries.set(key, idTagInfo)
    else entries.delete(key)
  }
  return seen.size === given.length ? entries : undefined
}
