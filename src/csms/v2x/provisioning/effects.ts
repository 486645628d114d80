import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import { isoTime } from '../../../shared/clock.ts'
import type { StationContext } from '../../domain/domain.ts'
import { type NetworkProfileRecord, noteNetworkProfile } from '../../domain/network-profiles.ts'
import { noteVariable } from '../../domain/variables.ts'
import type { CommandEffects } from '../../gateway/command-effects.ts'
import { learnSetting } from '../security/security-settings.ts'

/** How many full inventories of a station are followed at once. */
const mostInventories = 4

/** Variables as reported and as set, and where the station may connect to. */
export const provisioningEffects: CommandEffects<Actions201> = {
  GetBaseReport({ requestId, reportBase }, { status }, { station }) {
    if (status !== 'Accepted' || reportBase !== 'FullInventory') return
    const { inventories } = station
    inventories.set(requestId, new Set())
    const [oldest] = inventories.keys()
    if (inventories.size > mostInventories && oldest !== undefined) inventories.delete(oldest)
  },
  GetReport({ requestId }, { status }, { station }) {
    if (status === 'Accepted') station.inventories.delete(requestId)
  },
  GetVariables(_request, { getVariableResult }, { station, domain }) {
    for (const result of getVariableResult) {
      if (result.attributeStatus !== 'Accepted') continue
      const { component, variable, attributeType: type, attributeValue: value } = result
      noteVariable(station.record, { component, variable, attributes: [{ type, value }] })
    }
    domain.stations.save(station.record)
  },
  SetVariables({ setVariableData }, { setVariableResult }, context) {
    const { station, domain } = context
    setVariableResult.forEach(({ attributeStatus }, at) => {
      const set = setVariableData[at]
      if (set) learnSetting(set, attributeStatus, context)
      const rebootRequired = attributeStatus === 'RebootRequired'
      if (!set || (attributeStatus !== 'Accepted' && !rebootRequired)) return
      const { component, variable, attributeType: type, attributeValue: value } = set
      noteVariable(station.record, {
        component,
        variable,
        attributes: [{ type, value }],
        rebootRequired,
      })
    })
    domain.stations.save(station.record)
  },
  SetNetworkProfile({ configurationSlot, connectionData }, { status }, context) {
    if (status === 'Accepted') networkProfileSet(configurationSlot, connectionData, context)
  },
}

/** 2.1 gives a profile an identity of its own. */
export const provisioningEffects21: CommandEffects<Actions21> = {
  SetNetworkProfile({ configurationSlot, connectionData }, { status }, context) {
    if (status === 'Accepted') networkProfileSet(configurationSlot, connectionData, context)
  },
}

/** What both versions tell of a connection; secrets stay out of it. */
interface ConnectionData
  extends Pick<
    NetworkProfileRecord,
    'ocppCsmsUrl' | 'ocppInterface' | 'securityProfile' | 'messageTimeout' | 'identity'
  > {
  readonly vpn?: object
  readonly apn?: object
}

function networkProfileSet(
  slot: number,
  connection: ConnectionData,
  { station, domain }: StationContext,
): void {
  const { ocppCsmsUrl, ocppInterface, securityProfile, messageTimeout, identity } = connection
  noteNetworkProfile(station.record, {
    slot,
    ocppCsmsUrl,
    ocppInterface,
    securityProfile,
    messageTimeout,
    ...(identity !== undefined && { identity }),
    vpn: connection.vpn !== undefined,
    apn: connection.apn !== undefined,
    setAt: isoTime(domain.clock.wallMs()),
  })
  domain.stations.save(station.record)
}
