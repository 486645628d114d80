import { readFileSync } from 'node:fs'
import { readPlainYaml } from '../document/plain-yaml.ts'
import { type Tariff, tariffFault } from '../ocpp/tariff/tariff.ts'
import { csmsError } from '../shared/errors.ts'
import type { Company, TariffSettings } from './domain/tariffs.ts'

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
  const fail = (message: string, cause?: unknown) =>
    csmsError('CSMS_CONFIG_INVALID', { file, message }, cause)
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw fail(
      `it cannot be read (${error instanceof Error ? error.message : 'why is not known'}).`,
      error,
    )
  }
  const read = readPlainYaml(text)
  if ('error' in read) throw fail(read.error)
  const { value } = read
  if (!isRecord(value))
    throw fail('it must hold "tariffs", and perhaps "default", "companies" and "receipts".')
  const stray = Object.keys(value).find((key) => !known.includes(key))
  if (stray !== undefined) throw fail(`"${stray}" is not known; there are ${known.join(', ')}.`)
  for (const key of ['tariffs', 'companies']) {
    if (value[key] !== undefined && !Array.isArray(value[key]))
      throw fail(`"${key}" must be a list.`)
  }
  if (value['tariffs'] === undefined) throw fail('it must hold "tariffs", a list.')
  for (const key of ['default', 'receipts']) {
    if (value[key] !== undefined && textOf(value, key) === undefined) {
      throw fail(`"${key}" must be a text.`)
    }
  }
  const tariffs = listOf(value['tariffs']).map((tariff, at): Tariff => {
    const why = fault(tariff) ?? tariffFault(tariff as Tariff)
    if (why !== undefined) throw fail(`tariff ${at + 1}: ${why}.`)
    return tariff as Tariff
  })
  const ids = tariffs.map(({ tariffId }) => tariffId)
  const twice = ids.find((id, at) => ids.indexOf(id) < at)
  if (twice !== undefined) throw fail(`the tariffId "${twice}" is there twice.`)
  const standard = textOf(value, 'default')
  if (standard !== undefined && !ids.includes(standard)) {
    throw fail(`"default" names "${standard}", which is none of its tariffs.`)
  }
  const companies = listOf(value['companies']).map((company, at): Company => {
    const lacks = companyFields.find(
      (field) => !isRecord(company) || textOf(company, field) === undefined,
    )
    if (lacks !== undefined) throw fail(`company ${at + 1} has no "${lacks}".`)
    return company as Company
  })
  return { tariffs, default: standard, companies, receipts: textOf(value, 'receipts') }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function textOf(record: Readonly<Record<string, unknown>>, key: string): string | undefined {
  const value = record[key]
  return typeof value === 'string' && value !== '' ? value : undefined
}
