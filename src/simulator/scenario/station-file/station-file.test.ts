import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatProblems } from '../../../document/problem.ts'
import { readCsv } from './csv.ts'
import { readStations } from './read-stations.ts'

const wanted = { fleet: 'street', version: 'ocpp1.6', checkProtocol: true } as const

const read = (text: string) => readStations('fleet.csv', text, wanted)

function shown(text: string): string {
  return formatProblems('s.yaml', '', read(text).problems)
}

const row = (id: string, more: object = {}) => ({
  id,
  password: undefined,
  token: undefined,
  tokenType: undefined,
  serial: undefined,
  ...more,
})

describe('a file of stations', () => {
  test('CSV and JSON say the same', () => {
    const csv = 'id,password,token,x-site\r\nCP1,"a,""b""",T1,Hall\r\n"CP 2",,T2,\r\n'
    const json =
      '\uFEFF [{"id": "CP1", "password": "a,\\"b\\"", "token": "T1"}, {"id":"CP 2","token":"T2","password":null}]\n'
    const rows = [row('CP1', { password: 'a,"b"', token: 'T1' }), row('CP 2', { token: 'T2' })]
    expect(read(csv)).toEqual({ rows, problems: [] })
    expect(read(json)).toEqual({ rows, problems: [] })
  })

  test('any line end, no line end, empty lines and a byte order mark do no harm', () => {
    for (const text of ['id\nA\nB', 'id\r\nA\r\nB\r\n', '\uFEFFid\rA\rB\r', 'id\nA\n\nB\n\n']) {
      expect(read(text).rows.map(({ id }) => id)).toEqual(['A', 'B'])
    }
  })

  test('the fleet column says whose a station is, the protocol column what it must speak', () => {
    const text = 'id,fleet,protocol\nA,street,ocpp1.6\nB,other,ocpp2.1\nC,,\n'
    expect(read(text).rows.map(({ id }) => id)).toEqual(['A', 'C'])
    expect(shown('id,protocol\nA,ocpp2.1\n')).toContain(
      'fleet.csv:2:3: "ocpp2.1", and fleet "street" speaks ocpp1.6.',
    )
    const overridden = { ...wanted, checkProtocol: false }
    expect(readStations('f', 'id,protocol\nA,ocpp2.1\n', overridden).rows).toHaveLength(1)
    expect(shown('id,fleet\nA,other\n')).toContain(':1:4: No station here is of fleet "street".')
  })

  test.each([
    ['id,token\nA,T\n,T\n', ':3:1: A station without an id.'],
    ['id\nA\nB\nA\n', ':4:1: There is a station "A" above already.'],
    ['id\n A\n', ':2:1: An id has no blanks around it and no control characters.'],
    ['id\nA:1\n', ':2:1: An identity has no ":"'],
    ['id,token\nA,123456789012345678901\n', ':2:3: 21 characters; token has at most 20'],
    ['id,tokn\nA,T\n', ':1:4: Unknown column "tokn". Did you mean "token"?'],
    ['id,colour\nA,T\n', ':1:4: Unknown column "colour". Known are id, fleet,'],
    ['token\nT\n', ':1:1: There is no column "id".'],
    ['id,id\nA,B\n', ':1:4: There are two columns "id".'],
    ['id;token\nA;T\n', ':1:1: Columns are separated by commas.'],
    ['id,token\nA\n', ':2:1: 1 value here, and 2 columns in the head.'],
    ['id,token\nA,"T\nB,T\n', ':2:3: The quote that begins here does not end.'],
    ['id,token\nA,"T"x\n', ':2:6: Behind a closing quote there is a comma'],
    ['id\n', ':1:1: There is no station in this file.'],
    ['', ':1:1: The file is empty: its first line names the columns, like id,password,token.'],
    [',x', ':1:1: A column without a name.'],
    ['[]', ':1:1: There is no station in this file.'],
    ['[{"id": 1}, {"id": true}]', ':1:20: Text in quotes, a number or null belongs here.'],
    ['[{"id": "A", "id": "B"}]', ':1:14: "id" stands here twice.'],
    ['[{"id": "A"} {"id": "B"}]', ':1:14: Here is a comma and another station'],
    ['[{"id": "A"}] x', ':1:15: The list has ended; nothing follows it.'],
    ['{"id": "A"}', ':1:1: The file is a list of stations: it begins with "[".'],
    ['[{"id": "A\tB"}]', ':1:9: A control character stands in this text.'],
    ['[{id: "A"}]', ':1:3: A name in quotes belongs here.'],
    ['[{"token": "A"}]', ':1:3: There is no column "id".'],
  ])('%j is told with its place', (text, message) => {
    expect(shown(text)).toContain(`fleet.csv${message}`)
    expect(shown(text)).toMatch(/\^/)
  })

  test.each([
    'id,password\nA,hush\nA,hush\n',
    'id,password\nA,"hush\n',
    'id,password\nA,hush,hush\n',
    'id,password\nA,"hu""sh",hush\n',
    'id,password\nA,hushhushhushhushhushhushhushhushhushhushhush\n',
    'id,password,token\nA,hush,1234567890123456789012345\n',
    'A,hush\nB,hush\n',
    '[{"id":"A","password":"hush"},{"id":"A","password": "hush"}]',
    '[{"id":"A","password":"hush"},{"id":"A","password": "hush}]',
    '[{"id":"A","password":"hush" "token": "T"}]',
  ])('no message shows a password: %j', (text) => {
    const { problems } = read(text)
    expect(problems.length).toBeGreaterThan(0)
    expect(shown(text)).not.toMatch(/hush|hu""sh/)
  })

  test('what RFC 4180 quotes is read back as it was', () => {
    const cell = fc.string({ maxLength: 12 })
    const rows = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(rows, fc.constantFrom('\n', '\r\n'), (cells, end) => {
        const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
        const lines = cells.map(([a, b]) => `${quoted(a)},${quoted(b)}`)
        const table = readCsv(`id,x${end}${lines.join(end)}${end}`)
        expect(table.faults).toEqual([])
        const back = table.rows.map((one) => [...one.cells.values()].map(({ text }) => text))
        expect(back).toEqual(cells)
      }),
    )
  })

  test('whatever is in the file, it ends in stations or in problems', () => {
    const piece = fc.constantFrom(
      'id',
      ',',
      '"',
      '\n',
      '\r',
      '[',
      '{',
      '}',
      ':',
      '"id"',
      'A',
      ' ',
      ';',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('')
        const { rows, problems } = read(text)
        expect(rows.length > 0).toBe(problems.length === 0)
        for (const { line, column, length } of problems) {
          expect(Math.min(line, column, length)).toBeGreaterThan(0)
        }
      }),
      { numRuns: 500 },
    )
  })
})
