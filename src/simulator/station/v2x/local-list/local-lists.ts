import type { IdTokenInfoType } from 'typed-ocpp/dist/ocpp20/types.js'
import type { IdToken } from '../../../steps/actor.ts'
import { LocalList } from '../../local-list.ts'
import type { Station2x } from '../station-2x.ts'
import { StationPart } from '../station-part.ts'

/** The local authorization list of a station, by `tokenKey`; survives reboots [2.0.1 D01]. */
export const localLists = new StationPart((_station) => new LocalList<IdTokenInfoType>())

/** Tokens are the same where value and type are; letter case makes no difference. */
export function tokenKey({ idToken, type }: IdToken): string {
  return `${type} ${idToken}`
}

/** What the list says of a token; undefined: nothing, or the list does not count. */
export function listed(station: Station2x, token: IdToken): IdTokenInfoType | undefined {
  const list = localLists.existing(station)
  if (!list || !station.model.flag('LocalAuthListCtrlr.Enabled')) return undefined
  return list.get(tokenKey(token))
}
