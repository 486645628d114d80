import type { SendLocalListResponse } from 'typed-ocpp/dist/ocpp20/types.js'
import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../../ocpp/v201/actions.ts'
import { utf8Length } from '../pages.ts'
import type { Station2x } from '../station-2x.ts'
import { localLists, tokenKey } from './local-lists.ts'
import { mostEntries } from './variables.ts'

/** Replaces the list or changes it; Failed where it is switched off or gets too long [2.0.1 D01]. */
export const sendLocalList: Handler<Actions201, 'SendLocalList', Station2x> = (
  request,
  station,
): SendLocalListResponse => {
  const { versionNumber: version, updateType, localAuthorizationList = [] } = request
  const { model } = station
  const mostBytes = model.integer('LocalAuthListCtrlr.BytesPerMessage')
  if (utf8Length(JSON.stringify(request)) > mostBytes) return failed('TooLargeElement')
  if (!model.flag('LocalAuthListCtrlr.Enabled')) return failed('NotEnabled')
  const entries = localAuthorizationList.map(({ idToken, idTokenInfo: info }) => ({
    token: tokenKey(idToken),
    info,
  }))
  const status = localLists.of(station).update(
    { version, full: updateType === 'Full', entries },
    {
      longestList: mostEntries,
      longestUpdate: model.integer('LocalAuthListCtrlr.ItemsPerMessage'),
    },
  )
  return status === 'Failed' ? failed('InvalidValue') : { status }
}

function failed(reasonCode: string): SendLocalListResponse {
  return { status: 'Failed', statusInfo: { reasonCode } }
}
