import { crc32 } from 'node:zlib'

/*
 * A journal is a text: a line that says what it is, then one frame for each commit.
 *
 *   csms-journal 1 <generation> <salt>
 *   @<number> <bytes> <crc>
 *   {"station":{...}}
 *   {"transaction":{...}}
 *
 * Frames are numbered from 1. The checksum covers the payload and everything that says where it
 * belongs, so that what is left of another file or of a write that failed is never taken for a frame.
 */

const magic = 'csms-journal 1'

/** A journal's first line. */
export function journalHead(generation: number, salt: string): string {
  return `${magic} ${generation} ${salt}\n`
}

/** One commit as it stands in the file. */
export function frameOf(head: string, number: number, payload: string): Buffer {
  const bytes = Buffer.byteLength(payload)
  const crc = hex(crc32(payload, crc32(`${head}${number} ${bytes}`)))
  return Buffer.from(`@${number} ${bytes} ${crc}\n${payload}`)
}

/** What could be read of a journal. */
export interface JournalText {
  /** Of every frame that is whole, in order. */
  readonly payloads: readonly string[]
  /** Bytes behind the last whole frame: a write that was never finished. */
  readonly tornBytes: number
  /** Bytes before it that are in no frame: somebody or something changed the file. */
  readonly damagedBytes: number
}

/** Reads what is whole, whatever lies between. */
export function readJournal(file: Buffer): JournalText {
  const head = lineAt(file, 0)
  if (head === undefined || !head.startsWith(`${magic} `)) {
    // Not even the first line was finished, or it is no journal.
    const torn = isBeginning(file)
    return { payloads: [], tornBytes: torn ? file.length : 0, damagedBytes: torn ? 0 : file.length }
  }
  const headLine = `${head}\n`
  const payloads: string[] = []
  let damagedBytes = 0
  let number = 0
  let end = headLine.length
  for (let at = end; at !== -1 && at < file.length; ) {
    const frame = frameAt(file, at, headLine)
    // Of the numbers that a failed write left behind none is new.
    if (frame && frame.number > number) {
      damagedBytes += at - end
      payloads.push(frame.payload)
      number = frame.number
      at = end = frame.end
    } else {
      at = file.indexOf(atSign, at + 1)
    }
  }
  return { payloads, tornBytes: file.length - end, damagedBytes }
}

interface Frame {
  readonly number: number
  readonly payload: string
  readonly end: number
}

const atSign = 0x40
const frameLine = /^@(\d{1,15}) (\d{1,15}) ([0-9a-f]{8})$/
/** Longer than any line that `frameLine` matches. */
const longestLine = 64

function frameAt(file: Buffer, at: number, head: string): Frame | undefined {
  if (file[at] !== atSign) return undefined
  const line = lineAt(file, at)
  const [, number, bytes, crc] = (line !== undefined && frameLine.exec(line)) || []
  if (line === undefined || number === undefined || bytes === undefined) return undefined
  const begin = at + line.length + 1
  const end = begin + Number(bytes)
  if (end > file.length) return undefined
  const payload = file.subarray(begin, end)
  if (hex(crc32(payload, crc32(`${head}${number} ${bytes}`))) !== crc) return undefined
  return { number: Number(number), payload: payload.toString(), end }
}

/** Without its end; undefined where there is none in reach. */
function lineAt(file: Buffer, at: number): string | undefined {
  const near = file.subarray(at, at + longestLine)
  const length = near.indexOf('\n')
  return length === -1 ? undefined : near.toString('latin1', 0, length)
}

/** A head that was cut off, as a write that failed or a power cut leaves it. */
function isBeginning(file: Buffer): boolean {
  if (file.every((byte) => byte === 0)) return true
  const text = file.toString('latin1', 0, longestLine)
  return !text.includes('\n') && (magic.startsWith(text) || text.startsWith(magic))
}

function hex(crc: number): string {
  return crc.toString(16).padStart(8, '0')
}
