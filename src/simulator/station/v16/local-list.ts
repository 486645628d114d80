import type { RequestOf, ResponseOf } from '../../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../../ocpp/v16/actions.ts'
import { LocalList as AnyLocalList, type LocalListLimits } from '../local-list.ts'
import type { Configuration } from './configuration.ts'

type SendLocalList = RequestOf<Actions16, 'SendLocalList'>
type LocalListStatus = ResponseOf<Actions16, 'SendLocalList'>['status']
type Entry = NonNullable<SendLocalList['localAuthorizationList']>[number]
type ListedInfo = NonNullable<Entry['idTagInfo']>

/** The local authorization list of one station by idTag [1.6 3.5.2]. */
export class LocalList {
  readonly #list = new AnyLocalList<ListedInfo>()

  /** 0 = there is nothing in it [1.6 5.10]. */
  get version(): number {
    return this.#list.version
  }

  get(idTag: string): ListedInfo | undefined {
    return this.#list.get(idTag)
  }

  /** [1.6 5.15] @param limits LocalAuthListMaxLength and SendLocalListMaxLength [1.6 9.2] */
  update(
    { listVersion: version, updateType, localAuthorizationList = [] }: SendLocalList,
    limits: LocalListLimits,
  ): LocalListStatus {
    const entries = localAuthorizationList.map(({ idTag: token, idTagInfo: info }) => ({
      token,
      info,
    }))
    return this.#list.update({ version, full: updateType === 'Full', entries }, limits)
  }
}

/** The station has a list, and it counts [1.6 9.2.1]. */
export function usesLocalList(settings: Configuration): boolean {
  return settings.supports('LocalAuthListManagement') && settings.flag('LocalAuthListEnabled')
}
