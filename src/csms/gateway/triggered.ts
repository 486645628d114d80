/** What TriggerMessage calls a message, where that is not the action's name. */
const actionOfTrigger: Readonly<Record<string, string>> = {
  // Which message that is vendors agree on, and this is what OCPP has for it [2.1 F06.FR.18].
  CustomTrigger: 'DataTransfer',
  SignChargePointCertificate: 'SignCertificate',
  SignChargingStationCertificate: 'SignCertificate',
  SignV2GCertificate: 'SignCertificate',
  SignV2G20Certificate: 'SignCertificate',
  SignCombinedCertificate: 'SignCertificate',
}

/**
 * The action that a CALL of ours makes a station send, which is served even from a station that is
 * not accepted yet. [1.6 4.2] [2.0.1 B02.FR.09]
 */
export function triggeredBy(action: string, payload: object): string | undefined {
  switch (action) {
    case 'TriggerMessage':
    case 'ExtendedTriggerMessage': {
      if (!('requestedMessage' in payload)) return undefined
      const message = String(payload.requestedMessage)
      // The status of a signed update [1.6 SWP 6.16].
      if (action === 'ExtendedTriggerMessage' && message === 'FirmwareStatusNotification') {
        return 'SignedFirmwareStatusNotification'
      }
      return actionOfTrigger[message] ?? message
    }
    case 'GetBaseReport':
    case 'GetReport':
      return 'NotifyReport'
    case 'GetDisplayMessages':
      return 'NotifyDisplayMessages'
    case 'GetMonitoringReport':
      return 'NotifyMonitoringReport'
    default:
      return undefined
  }
}
