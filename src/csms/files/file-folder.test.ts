import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { FileFolder, type FileLimits } from './file-folder.ts'
import { numbered, safeName } from './file-name.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'csms-files-'))
})

afterEach(() => rm(folder, { recursive: true, force: true }))

const limits: FileLimits = {
  longestUploadBytes: 10,
  mostUploads: 3,
  mostBytes: 20,
  mostAtOnce: 2,
}
const of = (content: string) => Readable.from([Buffer.from(content)])
const uploads = () => readdir(join(folder, 'uploads'))

describe('names from the network', () => {
  test.each([
    ['log.txt', 'log.txt'],
    ['../../etc/passwd', 'passwd'],
    ['..\\..\\boot.ini', 'boot.ini'],
    ['.htaccess', 'htaccess'],
    ['a b/c:d*e.log', 'c_d_e.log'],
    ['NUL.txt', '_NUL.txt'],
    ['..', undefined],
    ['', undefined],
    ['/', undefined],
  ])('%j is %j', (given, safe) => {
    expect(safeName(given)).toBe(safe)
  })

  test('whatever comes, a name is one visible segment, and safe again as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (given) => {
        const name = safeName(given)
        if (name === undefined) return
        expect(name).toMatch(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,120}$/)
        expect(join('/x', name)).toBe(`/x/${name}`)
      }),
    )
  })

  test('a number stands before the ending', () => {
    expect(numbered('log.txt', 1)).toBe('log.txt')
    expect(numbered('log.txt', 2)).toBe('log-2.txt')
    expect(numbered('log', 2)).toBe('log-2')
  })
})

describe('FileFolder', () => {
  test('offers the files that lie in it, and neither folders nor hidden files', async () => {
    await writeFile(join(folder, 'fw-1.0.bin'), 'firmware')
    await writeFile(join(folder, '.hidden'), 'x')
    await mkdir(join(folder, 'sub'))
    const files = await FileFolder.open({ folder })
    expect(await files.firmware()).toMatchObject([
      { name: 'fw-1.0.bin', kind: 'firmware', bytes: 8 },
    ])
    const file = await files.openFirmware('fw-1.0.bin')
    expect(file && (await text(file.content))).toBe('firmware')
  })

  test.each(['../secret', 'sub/../fw', '.hidden', 'sub', 'uploads', '', 'fw bin'])(
    '%j is not handed out',
    async (name) => {
      await writeFile(join(folder, '.hidden'), 'x')
      await writeFile(join(folder, 'fw bin'), 'x')
      await mkdir(join(folder, 'sub'))
      const files = await FileFolder.open({ folder })
      expect(await files.openFirmware(name)).toBeUndefined()
    },
  )

  test('an upload is kept beside what is offered, and not offered itself', async () => {
    const files = await FileFolder.open({ folder })
    expect(await files.store('../CP1.log', of('hello'))).toMatchObject({
      name: 'CP1.log',
      kind: 'upload',
      bytes: 5,
    })
    expect(await readFile(join(folder, 'uploads', 'CP1.log'), 'utf8')).toBe('hello')
    expect(await files.firmware()).toEqual([])
    expect(await files.openFirmware('CP1.log')).toBeUndefined()
    const opened = await files.openUpload('CP1.log')
    expect(opened && (await text(opened.content))).toBe('hello')
  })

  test('nothing is overwritten, not even when two come at once', async () => {
    const files = await FileFolder.open({ folder })
    await Promise.all([files.store('a.log', of('one')), files.store('a.log', of('two'))])
    expect((await uploads()).sort()).toEqual(['a-2.log', 'a.log'])
    const contents = await Promise.all(
      ['a.log', 'a-2.log'].map((name) => readFile(join(folder, 'uploads', name), 'utf8')),
    )
    expect(contents.sort()).toEqual(['one', 'two'])
  })

  test('what is too long is refused, and nothing of it stays', async () => {
    const files = await FileFolder.open({ folder, limits })
    await expect(files.store('a', of('x'.repeat(11)))).rejects.toMatchObject({
      because: 'tooLarge',
    })
    expect(await uploads()).toEqual([])
    await files.store('a', of('x'.repeat(10)))
    await files.store('b', of('x'.repeat(10)))
    await expect(files.store('c', of('x'))).rejects.toMatchObject({ because: 'full' })
    expect((await uploads()).sort()).toEqual(['a', 'b'])
  })

  test('one upload too many is refused until one is removed', async () => {
    const files = await FileFolder.open({ folder, limits })
    for (const name of ['a', 'b', 'c']) await files.store(name, of('x'))
    await expect(files.store('d', of('x'))).rejects.toMatchObject({ because: 'full' })
    const removed = await Promise.all([files.remove('b'), files.remove('b')])
    expect(removed.filter(Boolean)).toEqual([true])
    expect(await files.remove('b')).toBe(false)
    await files.store('d', of('x'))
    expect((await files.uploads()).map(({ name }) => name)).toEqual(['a', 'c', 'd'])
  })

  test('limits count what lies there from before; halves of a killed process go', async () => {
    await mkdir(join(folder, 'uploads'))
    await writeFile(join(folder, 'uploads', 'old'), 'x'.repeat(15))
    await writeFile(join(folder, 'uploads', '.0123456789abcdef.part'), 'half')
    const files = await FileFolder.open({ folder, limits })
    await expect(files.store('a', of('x'.repeat(6)))).rejects.toMatchObject({ because: 'full' })
    expect(await uploads()).toEqual(['old'])
  })

  test('so many come at once, and no more', async () => {
    const files = await FileFolder.open({ folder, limits })
    const slow = [new PassThrough(), new PassThrough()]
    const stored = slow.map((content, i) => files.store(`slow-${i}`, content))
    await expect(files.store('third', of('x'))).rejects.toMatchObject({ because: 'busy' })
    for (const content of slow) content.end('x')
    await Promise.all(stored)
    await files.store('third', of('x'))
  })

  test('an upload that breaks off leaves nothing, and its place is free again', async () => {
    const files = await FileFolder.open({ folder, limits })
    const broken = Readable.from(
      (async function* pieces() {
        yield Buffer.from('12345')
        await Promise.reject(new Error('gone'))
      })(),
    )
    await expect(files.store('a', broken)).rejects.toThrow('gone')
    expect(await uploads()).toEqual([])
    for (const name of ['a', 'b', 'c']) await files.store(name, of('123456'))
  })

  test('uploads may go to another folder; the offered one must be there then', async () => {
    const elsewhere = join(folder, 'elsewhere')
    const offered = join(folder, 'offered')
    await expect(FileFolder.open({ folder: offered, uploads: elsewhere })).rejects.toMatchObject({
      code: 'CSMS_FILES_UNUSABLE',
    })
    await mkdir(offered)
    const files = await FileFolder.open({ folder: offered, uploads: elsewhere })
    await files.store('a.log', of('x'))
    expect(await readdir(elsewhere)).toEqual(['a.log'])
    expect(await readdir(offered)).toEqual([])
  })
})
