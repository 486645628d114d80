import { fixed, row, seconds, settable } from '../provisioning/device-model/rows.ts'
import type { VariableSpec } from '../provisioning/device-model/variable.ts'

const tariff = { instance: 'Tariff' } as const
const cost = { instance: 'Cost' } as const
const only = 'ocpp2.1'

/** What the station knows of prices, and who calculates [2.1 Part 2 2.12 Tariff & Cost]. */
export const tariffAndCostVariables: readonly VariableSpec[] = [
  fixed('TariffCostCtrlr.Available', 'boolean', 'true', tariff),
  fixed('TariffCostCtrlr.Available', 'boolean', 'true', cost),
  settable('TariffCostCtrlr.Enabled', 'boolean', 'true', tariff),
  settable('TariffCostCtrlr.Enabled', 'boolean', 'true', cost),
  settable('TariffCostCtrlr.Enabled', 'boolean', 'false', { instance: 'RunningCost', only }),
  settable('TariffCostCtrlr.Interval', 'integer', '60', { ...cost, ...seconds, min: 1, only }),
  settable('TariffCostCtrlr.Interval', 'integer', '60', { ...tariff, ...seconds, min: 1, only }),
  fixed('TariffCostCtrlr.MaxElements', 'integer', '16', { ...tariff, only }),
  fixed('TariffCostCtrlr.ConditionsSupported', 'boolean', 'true', { ...tariff, only }),
  settable('TariffCostCtrlr.HandleFailedTariff', 'OptionList', 'UseDefaultTariff', {
    ...tariff,
    values: ['Deauthorize', 'UseDefaultTariff', 'CentralCost'],
    only,
  }),
  row('TariffCostCtrlr.Problem', 'boolean', 'false', { only, monitored: true }),
  settable('TariffCostCtrlr.Currency', 'string', 'EUR', { max: 3 }),
  settable('TariffCostCtrlr.TariffFallbackMessage', 'string', 'Ask the operator for prices', {
    max: 255,
  }),
  settable('TariffCostCtrlr.TotalCostFallbackMessage', 'string', 'The bill tells the cost', {
    max: 255,
  }),
  settable('TariffCostCtrlr.OfflineTariffFallbackMessage', 'string', 'Prices are not known now', {
    max: 512,
    only,
  }),
]
