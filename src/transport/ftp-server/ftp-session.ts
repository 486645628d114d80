import type { Socket } from 'node:net'
import { posix } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Clock } from '../../shared/clock.ts'
import { messageOf } from '../../shared/errors.ts'
import { DataChannel } from './data-channel.ts'
import { type FtpFiles, FtpRefusal } from './ftp-files.ts'

const longestLine = 1024
/** A client that says nothing; real time. */
const idleMs = 60_000
/** A client that says or sends a little now and then holds the place of another; real time. */
const longestSessionMs = 60 * 60_000
/** Lines that wait while one is served: nobody types faster than he reads. */
const mostWaiting = 20

type Command = (argument: string) => void | Promise<void>

/**
 * One control connection [RFC 959] with passive transfers only [RFC 2428]: a server that connects to
 * where the client says can be made to attack others. Everybody may log in; nothing can be
 * overwritten, renamed, deleted or read back.
 */
export class FtpSession {
  readonly #control: Socket
  readonly #files: FtpFiles
  readonly #clock: Clock
  #user: string | undefined
  #loggedIn = false
  #folder = '/'
  #data: DataChannel | undefined
  #pending = ''
  #lines: string[] = []
  #serving = false

  constructor(control: Socket, files: FtpFiles, clock: Clock) {
    this.#control = control
    this.#files = files
    this.#clock = clock
    control.setEncoding('utf8')
    control.setTimeout(idleMs, () => this.#bye('421 Nothing was said for a minute.'))
    control.on('data', (text: string) => this.#read(text))
    control.on('error', () => {})
    const cancel = clock.after(longestSessionMs, () => this.end())
    control.on('close', () => {
      cancel()
      this.#data?.close()
    })
    this.#reply('220 csms')
  }

  /** The server stops. */
  end(): void {
    this.#data?.close()
    this.#control.destroy()
  }

  /** Commands that are served before anybody logged in. */
  readonly #open: Readonly<Record<string, Command>> = {
    USER: (name) => {
      this.#user = name
      this.#loggedIn = false
      this.#reply('331 Any password will do.')
    },
    PASS: () => {
      this.#loggedIn = this.#user !== undefined
      this.#reply(this.#loggedIn ? '230 Logged in.' : '503 USER comes first.')
    },
    QUIT: () => this.#bye('221 Goodbye.'),
    NOOP: () => this.#reply('200 Still here.'),
    SYST: () => this.#reply('215 UNIX Type: L8'),
    FEAT: () => this.#reply('211-Features:\r\n EPSV\r\n PASV\r\n SIZE\r\n UTF8\r\n211 End'),
    OPTS: (what) =>
      this.#reply(/^utf8 on$/i.test(what) ? '200 UTF-8 it is.' : '501 No such option.'),
  }

  readonly #inside: Readonly<Record<string, Command>> = {
    // Text and binary travel the same way: bytes are never changed.
    TYPE: (type) => this.#reply(/^[AI]/i.test(type) ? '200 Bytes as they are.' : '504 Not that.'),
    MODE: (mode) => this.#reply(/^S$/i.test(mode) ? '200 Stream.' : '504 Stream only.'),
    STRU: (structure) => this.#reply(/^F$/i.test(structure) ? '200 File.' : '504 File only.'),
    ALLO: () => this.#reply('202 Not needed.'),
    PWD: () => this.#reply(`257 "${this.#folder.replaceAll('"', '""')}"`),
    CWD: (path) => this.#enter(path),
    CDUP: () => this.#enter('..'),
    MKD: (path) =>
      this.#reply(`257 "${this.#resolve(path).replaceAll('"', '""')}" needs no making.`),
    EPSV: () => this.#listen((port) => `229 Extended passive mode (|||${port}|)`),
    PASV: () => this.#listen((port) => this.#passiveReply(port)),
    SIZE: async (path) => {
      const file = await this.#find(path)
      file?.content.destroy()
      this.#reply(file ? `213 ${file.bytes}` : '550 There is no such file.')
    },
    RETR: (path) => this.#retrieve(path),
    STOR: (path) => this.#store(path),
    LIST: () =>
      this.#list(({ name, bytes }) => `-r--r--r-- 1 csms csms ${bytes} Jan 1 2000 ${name}`),
    NLST: () => this.#list(({ name }) => name),
  }

  #read(text: string): void {
    this.#pending += text
    const lines = this.#pending.split(/\r?\n/)
    this.#pending = lines.pop() ?? ''
    this.#lines.push(...lines)
    if (this.#pending.length > longestLine || this.#lines.length > mostWaiting) {
      this.#bye('500 Too much at once.')
      return
    }
    void this.#serve()
  }

  /** One command after the other. */
  async #serve(): Promise<void> {
    if (this.#serving) return
    this.#serving = true
    for (let line = this.#lines.shift(); line !== undefined; line = this.#lines.shift()) {
      const [verb = '', ...rest] = line.slice(0, longestLine).split(' ')
      try {
        await this.#commandOf(verb.toUpperCase())(rest.join(' ').trim())
      } catch (error) {
        const reply = error instanceof FtpRefusal ? error.reply : 451
        this.#reply(`${reply} ${oneLine(messageOf(error))}`)
      }
    }
    this.#serving = false
  }

  #commandOf(verb: string): Command {
    const open = ownCommand(this.#open, verb)
    if (open) return open
    const inside = ownCommand(this.#inside, verb)
    if (!inside) return () => this.#reply('502 That is not done here.')
    return this.#loggedIn ? inside : () => this.#reply('530 Log in first.')
  }

  #enter(path: string): void {
    const folder = this.#resolve(path)
    const known = folder === '/' || folder === '/uploads'
    if (known) this.#folder = folder
    this.#reply(known ? '250 There.' : '550 There is no such folder.')
  }

  /** `..` leads no further up than the root. */
  #resolve(path: string): string {
    return posix.resolve('/', this.#folder, path.replaceAll('\\', '/'))
  }

  async #listen(text: (port: number) => string): Promise<void> {
    this.#data?.close()
    this.#data = await DataChannel.open(this.#control, this.#clock)
    // The client went away meanwhile: nobody else closes it.
    if (this.#control.destroyed) this.#data.close()
    this.#reply(text(this.#data.port))
  }

  #passiveReply(port: number): string {
    const address = (this.#control.localAddress ?? '').replace(/^::ffff:/, '')
    if (!/^\d+\.\d+\.\d+\.\d+$/.test(address)) return '522 Use EPSV.'
    const numbers = [...address.split('.'), port >> 8, port & 255].join(',')
    return `227 Entering passive mode (${numbers})`
  }

  #find(path: string) {
    const [, name = '', ...deeper] = this.#resolve(path).split('/')
    return deeper.length > 0 ? Promise.resolve(undefined) : this.#files.open(name)
  }

  async #retrieve(path: string): Promise<void> {
    const file = await this.#find(path)
    if (!file) {
      this.#reply('550 There is no such file.')
      return
    }
    await this.#transfer(
      (socket) => pipeline(file.content, socket),
      () => file.content.destroy(),
    )
  }

  async #store(path: string): Promise<void> {
    const name = posix.basename(this.#resolve(path))
    await this.#transfer((socket) => this.#files.store(name, socket))
  }

  async #list(line: (file: { readonly name: string; readonly bytes: number }) => string) {
    const files = await this.#files.list()
    const text = files.map((file) => `${line(file)}\r\n`).join('')
    await this.#transfer((socket) => pipeline(Readable.from([text]), socket))
  }

  async #transfer(use: (socket: Socket) => Promise<void>, unused = (): void => {}): Promise<void> {
    const data = this.#data
    this.#data = undefined
    if (!data) {
      unused()
      this.#reply('425 PASV or EPSV comes first.')
      return
    }
    this.#reply('150 Here it goes.')
    // A transfer may take longer than a client may stay silent.
    this.#control.setTimeout(0)
    try {
      await use(await data.socket())
      this.#reply('226 Done.')
    } catch (error) {
      unused()
      if (error instanceof FtpRefusal) throw error
      this.#reply('426 The transfer broke off.')
    } finally {
      data.close()
      this.#control.setTimeout(idleMs)
    }
  }

  #reply(line: string): void {
    if (this.#control.writable) this.#control.write(`${line}\r\n`)
  }

  #bye(line: string): void {
    this.#lines = []
    this.#reply(line)
    // A peer that keeps its side open would keep the place, too.
    this.#control.destroySoon()
  }
}

function ownCommand(table: Readonly<Record<string, Command>>, verb: string): Command | undefined {
  return Object.prototype.hasOwnProperty.call(table, verb) ? table[verb] : undefined
}

function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ')
}
