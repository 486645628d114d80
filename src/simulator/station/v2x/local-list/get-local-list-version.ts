import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../../ocpp/v201/actions.ts'
import type { Station2x } from '../station-2x.ts'
import { localLists } from './local-lists.ts'

/** 0 = an empty list, or one that is switched off [2.0.1 D02]. */
export const getLocalListVersion: Handler<Actions201, 'GetLocalListVersion', Station2x> = (
  _request,
  station,
) => ({
  versionNumber: station.model.flag('LocalAuthListCtrlr.Enabled')
    ? (localLists.existing(station)?.version ?? 0)
    : 0,
})
