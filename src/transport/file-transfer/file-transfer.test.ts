import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { LabAuthority } from '../../../test/helpers/lab-certificates.ts'
import { MemoryFtpFiles } from '../../../test/helpers/memory-ftp-files.ts'
import { realClock } from '../../platform/real-clock.ts'
import { Cancel } from '../../shared/cancel.ts'
import { FtpRefusal } from '../ftp-server/ftp-files.ts'
import { type FtpListener, listenFtp } from '../ftp-server/ftp-server.ts'
import { fileTransfer } from './file-transfer.ts'

const servers: Pick<Server, 'close' | 'closeAllConnections'>[] = []
const ftps: FtpListener[] = []

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
  await Promise.all(ftps.splice(0).map((ftp) => ftp.close()))
})

async function http(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function ftp(files: MemoryFtpFiles): Promise<string> {
  const listener = await listenFtp({ host: '127.0.0.1', port: 0, files, clock: realClock })
  ftps.push(listener)
  return `ftp://127.0.0.1:${listener.port}`
}

const transfer = fileTransfer({ timeoutMs: 30_000, longestDownloadBytes: 1000 })
const get = (location: string) => transfer.download(location, new Cancel())
const put = (location: string, text = 'log') =>
  transfer.upload(location, 'CP1.log', text, new Cancel())

describe('files over HTTP', () => {
  test('a download brings the bytes of the file', async () => {
    const url = await http((_request, response) => response.end(Buffer.from([0, 255, 10, 13])))
    expect(await get(`${url}/fw.bin`)).toMatchObject({ kind: 'done' })
    const outcome = await get(`${url}/fw.bin`)
    expect(outcome.kind === 'done' && [...outcome.content]).toEqual([0, 255, 10, 13])
  })

  test('redirects are followed, and the user of the location stays with its host', async () => {
    const heard: (string | undefined)[] = []
    const other = await http((request, response) => {
      heard.push(request.headers.authorization)
      response.end('there')
    })
    const url = await http((request, response) => {
      heard.push(request.headers.authorization)
      response.writeHead(302, { Location: `${other}/x` }).end()
    })
    const outcome = await get(url.replace('//', '//me:p%40ss@'))
    expect(outcome.kind === 'done' && Buffer.from(outcome.content).toString()).toBe('there')
    expect(heard).toEqual([`Basic ${Buffer.from('me:p@ss').toString('base64')}`, undefined])
  })

  test('a server that redirects for ever is given up', async () => {
    const url = await http((_request, response) =>
      response.writeHead(302, { Location: '/again' }).end(),
    )
    expect(await get(url)).toMatchObject({ kind: 'failed', failure: 'failed' })
  })

  test.each([
    [401, 'denied'],
    [403, 'denied'],
    [404, 'notFound'],
    [500, 'failed'],
  ])('HTTP %i means %s', async (status, failure) => {
    const url = await http((_request, response) => response.writeHead(status).end())
    expect(await get(url)).toMatchObject({ kind: 'failed', failure })
  })

  test('a file above the limit is refused, whether its length is told or not', async () => {
    const told = await http((_request, response) => response.end(Buffer.alloc(1001)))
    const untold = await http((_request, response) => {
      response.write(Buffer.alloc(600))
      response.end(Buffer.alloc(600))
    })
    expect(await get(told)).toMatchObject({ failure: 'tooLarge' })
    expect(await get(untold)).toMatchObject({ failure: 'tooLarge' })
  })

  test('a connection that breaks off in the middle is a failure', async () => {
    const url = await http((_request, response) => {
      response.writeHead(200, { 'Content-Length': 900 })
      response.write('begun', () => response.destroy())
    })
    expect(await get(url)).toMatchObject({ kind: 'failed', failure: 'failed' })
  })

  test('a server that says nothing is given up after the timeout', async () => {
    const url = await http(() => {})
    const impatient = fileTransfer({ timeoutMs: 50 })
    const outcome = await impatient.download(url, new Cancel())
    expect(outcome).toMatchObject({ failure: 'failed', reason: expect.stringMatching(/0\.05 s/) })
  })

  test('a server that drips is given up when its time is over', async () => {
    const url = await http((_request, response) => {
      const drip = setInterval(() => response.write('.'), 5)
      response.on('close', () => clearInterval(drip))
    })
    const hurried = fileTransfer({ longestMs: 60 })
    const outcome = await hurried.download(url, new Cancel())
    expect(outcome).toMatchObject({ failure: 'failed', reason: 'it took longer than 0.06 s' })
  })

  test('an answer to an upload is not listened to without end', async () => {
    let closed: () => void = () => undefined
    const gone = new Promise<void>((resolve) => {
      closed = resolve
    })
    const url = await http((request, response) => {
      request.resume()
      const drip = setInterval(() => response.write('.'), 5)
      response.on('close', () => {
        clearInterval(drip)
        closed()
      })
    })
    expect(await put(`${url}/logs/`)).toMatchObject({ kind: 'done' })
    await gone
  })

  test('what cannot be read is not repeated: it may hold a password', async () => {
    for (const location of [
      'ftp//me:hunter2@files.example',
      'ftp://me:hunter2%E4@127.0.0.1/x',
      'http://me:hunter2%E4@127.0.0.1/x',
      'file://me:hunter2@/etc/passwd',
    ]) {
      const outcome = await get(location)
      expect(outcome.kind).toBe('failed')
      expect(JSON.stringify(outcome)).not.toContain('hunter2')
    }
  })

  test('an upload goes into a folder under its name, or to the very place that a link names', async () => {
    const heard: string[] = []
    const url = await http((request, response) => {
      request.setEncoding('utf8')
      let body = ''
      request.on('data', (text: string) => {
        body += text
      })
      request.on('end', () => {
        heard.push(`${request.method ?? ''} ${request.url ?? ''} ${body}`)
        response.writeHead(201).end()
      })
    })
    expect(await put(`${url}/logs/`)).toMatchObject({ kind: 'done' })
    expect(await put(`${url}/logs`)).toMatchObject({ kind: 'done' })
    expect(await put(`${url}/logs/mine.txt`)).toMatchObject({ kind: 'done' })
    expect(await put(`${url}/put?signature=1`)).toMatchObject({ kind: 'done' })
    expect(heard).toEqual([
      'PUT /logs/CP1.log log',
      'PUT /logs/CP1.log log',
      'PUT /logs/mine.txt log',
      'PUT /put?signature=1 log',
    ])
  })

  test('cancelling ends a transfer', async () => {
    const cancel = new Cancel()
    const url = await http(() => cancel.cancel('the power is gone'))
    expect(await transfer.download(url, cancel)).toMatchObject({
      kind: 'failed',
      reason: 'the power is gone',
    })
  })
})

describe('files over HTTPS', () => {
  async function https(): Promise<{ readonly url: string; readonly ca: string }> {
    const authority = await LabAuthority.make('files')
    const hosts = ['127.0.0.1']
    const pair = await authority.issue({ role: 'server', commonName: '127.0.0.1', hosts })
    const server = createTlsServer(pair, (_request, response) => response.end('firmware'))
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    return { url: `https://127.0.0.1:${port}/fw.bin`, ca: authority.ca }
  }

  test('a server of the authority that is named is trusted, another one is not', async () => {
    const { url, ca } = await https()
    expect(await fileTransfer({ ca }).download(url, new Cancel())).toMatchObject({ kind: 'done' })
    expect(await get(url)).toMatchObject({ kind: 'failed', failure: 'failed' })
  })

  test('insecure takes any', async () => {
    const { url } = await https()
    const trusting = fileTransfer({ insecure: true })
    expect(await trusting.download(url, new Cancel())).toMatchObject({ kind: 'done' })
  })
})

describe('locations', () => {
  test.each([
    ['no url at all', 'badLocation'],
    ['http://', 'badLocation'],
    ['gopher://host/file', 'unsupported'],
    ['file:///etc/passwd', 'badLocation'],
    ['ftp://127.0.0.1/a%0d%0aDELE%20b', 'badLocation'],
  ])('%s is %s', async (location, failure) => {
    expect(await get(location)).toMatchObject({ kind: 'failed', failure })
  })

  test('nobody listens: a failure, and no exception', async () => {
    expect(await get('http://127.0.0.1:1/fw.bin')).toMatchObject({ failure: 'failed' })
    expect(await get('ftp://127.0.0.1:1/fw.bin')).toMatchObject({ failure: 'failed' })
  })
})

describe('files over FTP', () => {
  test('a download brings the bytes of the file', async () => {
    const bytes = Buffer.from([0, 255, 10, 13, 10])
    const url = await ftp(new MemoryFtpFiles({ 'fw.bin': bytes }))
    const outcome = await get(`${url}/fw.bin`)
    expect(outcome.kind === 'done' && [...outcome.content]).toEqual([...bytes])
  })

  test('a file that is not there is notFound, a long one tooLarge', async () => {
    const url = await ftp(new MemoryFtpFiles({ 'long.bin': Buffer.alloc(5000) }))
    expect(await get(`${url}/other.bin`)).toMatchObject({ failure: 'notFound' })
    expect(await get(`${url}/long.bin`)).toMatchObject({ kind: 'failed', failure: 'tooLarge' })
  })

  test('an upload is stored under its name, with the user of the location', async () => {
    const files = new MemoryFtpFiles({})
    const url = await ftp(files)
    expect(await put(`${url.replace('//', '//station:secret@')}/`)).toMatchObject({ kind: 'done' })
    expect(files.stored.get('CP1.log')?.toString()).toBe('log')
  })

  test('an upload that the server refuses is told as what it is', async () => {
    const files = new MemoryFtpFiles({}, () => new FtpRefusal(553, 'not that name'))
    expect(await put(`${await ftp(files)}/`)).toMatchObject({ kind: 'failed', failure: 'denied' })
  })
})
