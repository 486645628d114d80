import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { memoryCsms } from '../../test/helpers/memory-csms.ts'

const folder = mkdtempSync(join(tmpdir(), 'csms-tariff-file-'))
afterAll(() => rmSync(folder, { recursive: true }))

const good = '{tariffId: A, currency: EUR, energy: {prices: [{priceKwh: 1}]}}'

function load(text: string): void {
  const tariffsFile = join(folder, 'tariffs.yaml')
  writeFileSync(tariffsFile, text)
  memoryCsms({ tariffsFile })
}

test.each([
  ['no YAML', 'tariffs: [', /tariffs\.yaml/],
  ['a list', '[]', /it must hold "tariffs"/],
  ['an unknown key', `{tariffs: [], prices: 1}`, /"prices" is not known/],
  ['what the schema refuses', '{tariffs: [{tariffId: A}]}', /tariff 1: .*currency/],
  [
    'what makes no sense',
    '{tariffs: [{tariffId: A, currency: EUR}]}',
    /tariff 1: it has no price\./,
  ],
  ['no tariffs', '{default: A}', /it must hold "tariffs"/],
  ['one tariff that is no list', `{tariffs: ${good}}`, /"tariffs" must be a list/],
  ['receipts that are no text', `{tariffs: [${good}], receipts: 5}`, /"receipts" must be a text/],
  ['an id twice', `{tariffs: [${good}, ${good}]}`, /the tariffId "A" is there twice/],
  ['an unknown default', `{tariffs: [${good}], default: B}`, /"default" names "B"/],
  ['half a company', `{tariffs: [], companies: [{vatNumber: D1}]}`, /company 1 has no "name"/],
])('a file of %s is refused with what is wrong', (_what, text, message) => {
  expect(() => load(text)).toThrow(message)
})

test('one that is not there is refused', () => {
  expect(() => memoryCsms({ tariffsFile: join(folder, 'none.yaml') })).toThrow(/cannot be read/)
})

test('a good one is taken', () => {
  expect(() => load(`{tariffs: [${good}], default: A}`)).not.toThrow()
})
