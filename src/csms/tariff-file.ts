import { type Tariff, tariffFault } from '../ocpp/tariff/tariff.ts'
import type { Company, TariffSettings } from './domain/tariffs.ts'
import { isRecord, readSettings, type SettingsFile } from './settings-file.ts'

const known = ['tariffs', 'default', 'companies', 'receipts']
const companyFields = ['vatNumber', 'name', 'address1', 'city', 'country'] as const

/**
 * Reads what charging costs from a YAML or JSON file. Throws `CSMS_CONFIG_INVALID`, which says what
 * is wrong with it.
 *
 * @param fault what the official schema has against a tariff
 */
export function readTariffs(
  file: string,
  fault: (tariff: unknown) => string | undefined,
): TariffSettings {
  const read = readSettings(
    file,
    known,
    '"tariffs", and perhaps "default", "companies" and "receipts"',
  )
  checkKinds(read)
  const tariffs = tariffsIn(read, fault)
  return {
    tariffs,
    default: defaultIn(read, tariffs),
    companies: companiesIn(read),
    receipts: textOf(read.settings, 'receipts'),
  }
}

function checkKinds({ settings, fail }: SettingsFile): void {
  for (const key of ['tariffs', 'companies']) {
    if (settings[key] !== undefined && !Array.isArray(settings[key]))
      throw fail(`"${key}" must be a list.`)
  }
  if (settings['tariffs'] === undefined) throw fail('it must hold "tariffs", a list.')
  for (const key of ['default', 'receipts']) {
    if (settings[key] !== undefined && textOf(settings, key) === undefined) {
      throw fail(`"${key}" must be a text.`)
    }
  }
}

function tariffsIn(
  { settings, fail }: SettingsFile,
  fault: (tariff: unknown) => string | undefined,
): readonly Tariff[] {
  const tariffs = listOf(settings['tariffs']).map((tariff, at): Tariff => {
    const why = fault(tariff) ?? tariffFault(tariff as Tariff)
    if (why !== undefined) throw fail(`tariff ${at + 1}: ${why}.`)
    return tariff as Tariff
  })
  const ids = tariffs.map(({ tariffId }) => tariffId)
  const twice = ids.find((id, at) => ids.indexOf(id) < at)
  if (twice !== undefined) throw fail(`the tariffId "${twice}" is there twice.`)
  return tariffs
}

function defaultIn(
  { settings, fail }: SettingsFile,
  tariffs: readonly Tariff[],
): string | undefined {
  const standard = textOf(settings, 'default')
  if (standard !== undefined && !tariffs.some(({ tariffId }) => tariffId === standard)) {
    throw fail(`"default" names "${standard}", which is none of its tariffs.`)
  }
  return standard
}

function companiesIn({ settings, fail }: SettingsFile): readonly Company[] {
  return listOf(settings['companies']).map((company, at): Company => {
    const lacks = companyFields.find(
      (field) => !isRecord(company) || textOf(company, field) === undefined,
    )
    if (lacks !== undefined) throw fail(`company ${at + 1} has no "${lacks}".`)
    return company as Company
  })
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function textOf(record: Readonly<Record<string, unknown>>, key: string): string | undefined {
  const value = record[key]
  return typeof value === 'string' && value !== '' ? value : undefined
}
