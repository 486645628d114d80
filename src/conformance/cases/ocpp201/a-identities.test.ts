import { expect, test } from 'vitest'
import { hasDomainName, namesHost } from './a-identities.ts'

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
