import { expect, test } from 'vitest'
import { versionOf } from './firmware-version.ts'

test.each([
  ['http://host/ac22-2.4.0.bin', '2.4.0'],
  ['http://host:8080/9.9/fw_v1.10.bin?sig=1.2.3#x', '1.10'],
  ['ftp://host/fw-3.0.1-rc2.tar.gz', '3.0.1-rc2'],
  ['http://host/latest.bin', 'latest'],
  ['http://host/', 'unknown'],
])('%s is %s', (location, version) => {
  expect(versionOf(location)).toBe(version)
})
