import { expect, test } from 'vitest'
import { checkLocalAddresses } from './local-addresses.ts'

test('an address of this machine is taken, one of a documentation network is refused by its name', async () => {
  await checkLocalAddresses(['127.0.0.1', '127.0.0.1'])
  await expect(checkLocalAddresses(['127.0.0.1', '192.0.2.7'])).rejects.toMatchObject({
    code: 'CSMS_USAGE',
    exit: 2,
    message: expect.stringMatching(
      /--local-address 192\.0\.2\.7: .*\(EADDRNOTAVAIL\).*has .*127\.0\.0\.1/,
    ),
  })
})
