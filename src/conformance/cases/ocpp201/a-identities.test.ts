import { expect, test } from 'vitest'
import { MadeUpCsms } from '../../../../test/helpers/made-up-csms.ts'
import { does } from '../moves.ts'
import { hasDomainName, namesHost, wrongStation } from './a-identities.ts'
import { case201 } from './moves201.ts'

test.each([
  ['csms.example', 'csms.example', true],
  ['CSMS.example', 'csms.EXAMPLE', true],
  ['*.example.org', 'csms.example.org', true],
  ['*.example.org', 'a.csms.example.org', false],
  ['example.org', 'csms.example.org', false],
  ['', 'csms.example', false],
])('[2.0.1 A00.FR.510] the certificate of "%s" names %s: %s', (commonName, host, names) => {
  expect(namesHost(commonName, host)).toBe(names)
})

test.each([
  ['csms.example', true],
  ['localhost', false],
  ['127.0.0.1', false],
  ['[::1]', false],
])('%s has a domain name: %s', (host, has) => {
  expect(hasDomainName(host)).toBe(has)
})

const certificateShown = does('a certificate', ({ values }) => {
  values.set('clientCert', 'PEM')
  values.set('clientKey', 'PEM')
})

const comesWithAnother = case201({
  id: 'A_08',
  title: 'The certificate of another station',
  profile: 'Advanced Security',
  moves: [certificateShown, wrongStation],
})

test('[2.0.1 B01.FR.12] who hangs up after a wrong serial number has turned the station away', async () => {
  const csms = new MadeUpCsms((action) => ({ closes: action === 'BootNotification' }))
  expect(await csms.judge(comesWithAnother)).toEqual(['pass'])
})

test('[2.0.1 B01.FR.12] who serves it whatever its serial number is has not', async () => {
  const csms = new MadeUpCsms(() => ({}))
  expect(await csms.judge(comesWithAnother)).toEqual([
    'fail',
    'let in; its BootNotification: result; open: true',
  ])
})
