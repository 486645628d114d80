import { get } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { filePublisher } from './file-publisher.ts'

const publisher = filePublisher()
afterEach(() => publisher.close())

test('[2.0.1 L03.FR.03] what is published can be fetched from its URL', async () => {
  const content = Buffer.from('firmware')
  const [url = ''] = await publisher.publish('LC-1/abc/fw 1.0.bin', content)
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/LC-1\/abc\/fw%201\.0\.bin$/)
  const answer = await fetch(url)
  expect(await answer.text()).toBe('firmware')
  expect((await fetch(url.replace('abc', 'abd'))).status).toBe(404)
  expect((await fetch(url, { method: 'POST' })).status).toBe(405)
  expect((await fetch(url.replace('LC-1', '%E0%A4%A'))).status).toBe(404)
})

test('[2.0.1 L04.FR.01, FR.03] what is withdrawn cannot, and is then unknown', async () => {
  const [url = ''] = await publisher.publish('file', Buffer.from('x'))
  expect(publisher.withdraw('file')).toBe('withdrawn')
  expect((await fetch(url)).status).toBe(404)
  expect(publisher.withdraw('file')).toBe('unknown')
})

test('[2.0.1 L04.FR.04] what somebody downloads stays until he has it', async () => {
  // More than the buffers of a socket hold: it is not over before it is read.
  const [url = ''] = await publisher.publish('file', Buffer.alloc(32 * 1024 * 1024))
  await new Promise<void>((resolve) => {
    get(url, (response) => {
      expect(publisher.withdraw('file')).toBe('busy')
      response.resume()
      response.on('close', resolve)
    })
  })
  await expect.poll(() => publisher.withdraw('file')).toBe('withdrawn')
})

test('all of them together hold no more memory than they may', async () => {
  const small = filePublisher(10)
  expect(await small.publish('a', Buffer.alloc(6))).toHaveLength(1)
  expect(await small.publish('b', Buffer.alloc(6))).toEqual([])
  expect(await small.publish('a', Buffer.alloc(10))).toHaveLength(1)
  small.close()
})
