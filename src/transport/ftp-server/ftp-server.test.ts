import { createConnection, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { MemoryFtpFiles } from '../../../test/helpers/memory-ftp-files.ts'
import { realClock } from '../../platform/real-clock.ts'
import { type FtpListener, listenFtp } from './ftp-server.ts'

/** A control connection, as a person would type it. */
class Client {
  readonly socket: Socket
  readonly #lines: string[] = []
  readonly #waiting: ((line: string) => void)[] = []

  /** @param allowHalfOpen it keeps its side open when the server has said goodbye */
  constructor(port: number, allowHalfOpen: boolean) {
    this.socket = createConnection({ host: '127.0.0.1', port, allowHalfOpen })
    this.socket.setEncoding('utf8')
    this.socket.on('error', () => {})
    let rest = ''
    this.socket.on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\r\n')
      rest = lines.pop() ?? ''
      // What goes over several lines ends with a line that has a space after its code.
      for (const line of lines.filter((one) => /^\d{3} /.test(one))) this.#heard(line)
    })
  }

  next(): Promise<string> {
    const line = this.#lines.shift()
    if (line !== undefined) return Promise.resolve(line)
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  /** The code of the answer. */
  async say(line: string): Promise<number> {
    this.socket.write(`${line}\r\n`)
    return Number((await this.next()).slice(0, 3))
  }

  async answer(line: string): Promise<string> {
    this.socket.write(`${line}\r\n`)
    return this.next()
  }

  /** Opens the data connection that EPSV offers. */
  async data(): Promise<Socket> {
    const port = Number(/\|(\d+)\|/.exec(await this.answer('EPSV'))?.[1])
    const socket = createConnection({ host: '127.0.0.1', port })
    socket.on('error', () => {})
    return socket
  }

  async login(): Promise<this> {
    await this.next()
    await this.say('USER anonymous')
    await this.say('PASS x')
    return this
  }

  #heard(line: string): void {
    const waiting = this.#waiting.shift()
    if (waiting) waiting(line)
    else this.#lines.push(line)
  }
}

const files = new MemoryFtpFiles({ 'fw.bin': Buffer.from('firmware') })
let ftp: FtpListener
const clients: Client[] = []

function connect(allowHalfOpen = false): Client {
  const client = new Client(ftp.port, allowHalfOpen)
  clients.push(client)
  return client
}

beforeEach(async () => {
  ftp = await listenFtp({ host: '127.0.0.1', port: 0, files, clock: realClock, mostSessions: 2 })
})

afterEach(async () => {
  for (const client of clients.splice(0)) client.socket.destroy()
  await ftp.close()
})

describe('the FTP server', () => {
  test('greets, and serves nothing before the login', async () => {
    const client = connect()
    expect(await client.next()).toMatch(/^220 /)
    for (const command of ['PWD', 'EPSV', 'RETR fw.bin', 'STOR x']) {
      expect(await client.say(command)).toBe(530)
    }
    expect(await client.say('PASS x')).toBe(503)
    expect(await client.say('USER a')).toBe(331)
    expect(await client.say('PASS b')).toBe(230)
  })

  test('lists and hands out what is offered', async () => {
    const client = await connect().login()
    const list = await client.data()
    const listed = text(list)
    expect(await client.say('NLST')).toBe(150)
    expect(await listed).toBe('fw.bin\r\n')
    expect(await client.next()).toMatch(/^226 /)
    expect(await client.answer('SIZE fw.bin')).toBe('213 8')
    const data = await client.data()
    const content = text(data)
    expect(await client.say('RETR /fw.bin')).toBe(150)
    expect(await content).toBe('firmware')
    expect(await client.next()).toMatch(/^226 /)
  })

  test('stores a file under the last part of its path only', async () => {
    const client = await connect().login()
    const data = await client.data()
    expect(await client.say('STOR ../../../etc/cron.d/evil')).toBe(150)
    data.end('content')
    expect(await client.next()).toMatch(/^226 /)
    expect(files.stored.get('evil')?.toString()).toBe('content')
    expect([...files.stored.keys()].some((name) => name.includes('/'))).toBe(false)
  })

  test.each(['RETR ../fw.bin/../../etc/passwd', 'RETR uploads/log.txt', 'RETR ..\\..\\secret'])(
    '%s leads nowhere',
    async (command) => {
      const client = await connect().login()
      expect(await client.say(command)).toBe(550)
    },
  )

  test('no folder but the two can be entered, and .. goes no further than the root', async () => {
    const client = await connect().login()
    expect(await client.say('CWD /etc')).toBe(550)
    expect(await client.say('CWD uploads')).toBe(250)
    expect(await client.answer('PWD')).toBe('257 "/uploads"')
    expect(await client.say('CDUP')).toBe(250)
    expect(await client.say('CWD ../../..')).toBe(250)
    expect(await client.answer('PWD')).toBe('257 "/"')
  })

  test('a transfer without a data port is refused', async () => {
    const client = await connect().login()
    expect(await client.say('RETR fw.bin')).toBe(425)
  })

  test('it connects to nobody, and changes nothing', async () => {
    const client = await connect().login()
    for (const command of [
      'PORT 10,0,0,1,0,22',
      'EPRT |1|10.0.0.1|22|',
      'DELE fw.bin',
      'RNFR fw.bin',
    ]) {
      expect(await client.say(command)).toBe(502)
    }
  })

  test('what is no command is answered as such, also where it is the name of a method', async () => {
    const client = await connect().login()
    expect(await client.say('constructor')).toBe(502)
    expect(await client.say('')).toBe(502)
  })

  test('commands that come together are answered in order', async () => {
    const client = await connect().login()
    client.socket.write('NOOP\r\nPWD\r\nSYST\r\n')
    expect(await client.next()).toMatch(/^200 /)
    expect(await client.next()).toMatch(/^257 /)
    expect(await client.next()).toMatch(/^215 /)
  })

  test('a line without an end is not gathered for ever', async () => {
    const client = await connect().login()
    client.socket.write('X'.repeat(5000))
    expect(await client.next()).toMatch(/^500 /)
  })

  test('one client too many is turned away', async () => {
    await connect().login()
    await connect().login()
    expect(await connect().next()).toMatch(/^421 /)
  })

  test('who says goodbye and stays holds no place of another', async () => {
    for (const client of [await connect(true).login(), await connect(true).login()]) {
      const ended = new Promise((resolve) => client.socket.once('end', resolve))
      expect(await client.say('QUIT')).toBe(221)
      await ended
    }
    expect(await connect().next()).toMatch(/^220 /)
  })

  test('closing drops whoever is connected', async () => {
    const client = await connect().login()
    const gone = new Promise<void>((resolve) => client.socket.on('close', () => resolve()))
    await ftp.close()
    await gone
  })

  test('a port that is taken is told as such', async () => {
    const again = listenFtp({ host: '127.0.0.1', port: ftp.port, files, clock: realClock })
    await expect(again).rejects.toMatchObject({ code: 'CSMS_PORT_IN_USE' })
  })
})
