import type { Block } from '../block.ts'
import { changeTransactionTariff } from './change-transaction-tariff.ts'
import { clearTariffs } from './clear-tariffs.ts'
import { costUpdated } from './cost-updated.ts'
import { costs } from './costs.ts'
import { driverTariff } from './driver-tariff.ts'
import { drivers } from './drivers.ts'
import { getTariffs } from './get-tariffs.ts'
import { refuseTariff } from './refuse-tariff.ts'
import { setDefaultTariff } from './set-default-tariff.ts'
import { tariffs } from './tariffs.ts'

/** What charging costs [2.0.1 I]. */
export const tariffAndCost: Block = {
  letter: 'I',
  handlers: { CostUpdated: costUpdated },
  handlers21: {
    ChangeTransactionTariff: changeTransactionTariff,
    ClearTariffs: clearTariffs,
    GetTariffs: getTariffs,
    SetDefaultTariff: setDefaultTariff,
  },
  authorized: driverTariff,
  acted(station, evse, { kind }) {
    if (kind !== 'tariffRefused' || station.version !== 'ocpp2.1') return undefined
    return refuseTariff(station, evse)
  },
  happened(station, evse, { kind }) {
    if (kind === 'authorizationEnded') drivers.existing(station)?.left(evse)
  },
  transactionEvent(station, evse, event) {
    const { eventType } = event
    if (eventType === 'Started') costs.existing(station)?.cleared(evse)
    const prices = tariffs.existing(station) ?? costs.existing(station)
    if (prices && station.version === 'ocpp2.1') costs.of(station).telling(evse, event)
    if (eventType === 'Ended' && !station.services.online) costs.of(station).unknown(evse)
  },
  transactionAnswered(station, evse, event, answer) {
    const { totalCost, updatedPersonalMessage } = answer
    if (totalCost === undefined && !updatedPersonalMessage) return
    costs.of(station).answered(evse, event, answer)
  },
  barred(station, _evse, { idToken }) {
    return tariffs.existing(station)?.failed(idToken) === 'Deauthorize'
      ? `the station cannot calculate with the tariff of ${idToken}`
      : undefined
  },
  /** For templates: `{totalCost}`, `{currency}`, `{tariffId}`, `{priceMessage}`. */
  variable(station, evse, name) {
    const shown = costs.existing(station)?.shownAt(evse)
    switch (name) {
      case 'totalCost':
        return shown?.totalCost
      case 'currency':
        return shown?.currency
      case 'tariffId':
        return shown?.tariffId
      case 'priceMessage': {
        const { model, services } = station
        const offline = services.online ? '' : model.text(offlineMessage)
        const fallback = offline || model.text('TariffCostCtrlr.TariffFallbackMessage')
        return shown?.message ?? fallback
      }
      default:
        return undefined
    }
  },
  powerLost(station) {
    costs.existing(station)?.stop()
  },
  stopped(station) {
    costs.existing(station)?.stop()
  },
}

const offlineMessage = 'TariffCostCtrlr.OfflineTariffFallbackMessage'
