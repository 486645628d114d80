import { describe, expect, test } from 'vitest'
import { Places } from './problem.ts'
import { plainValue } from './source-node.ts'
import { readYamlTree } from './yaml-tree.ts'

function read(text: string, environment: Record<string, string> = {}) {
  const { root, problems } = readYamlTree(text, new Places(text), environment)
  return { value: root && plainValue(root), problems: problems.map(({ message }) => message), root }
}

describe('readYamlTree', () => {
  test('numbers keep the text they were written as', () => {
    const { root } = read('a: 007\nb: "007"')
    const texts = root?.kind === 'map' ? root.entries.map(({ value }) => value) : []
    expect(texts).toMatchObject([
      { value: 7, text: '007' },
      { value: '007', text: '007' },
    ])
  })

  test('aliases and merge keys are resolved; own keys win', () => {
    const text = 'base: &b {x: 1, y: 2}\nlist: [*b]\nmade: {<<: *b, y: 3}'
    expect(read(text).value).toEqual({
      base: { x: 1, y: 2 },
      list: [{ x: 1, y: 2 }],
      made: { x: 1, y: 3 },
    })
  })

  test('an alias is the last of its name above it', () => {
    const text = 'a: &x 1\nb: *x\nc: &y {d: *x, e: &x 2}\nf: *x\ng: [&x 3, *x, *y]'
    const c = { d: 1, e: 2 }
    expect(read(text).value).toEqual({ a: 1, b: 1, c, f: 2, g: [3, 3, c] })
  })

  test('environment variables are filled in and unquoted ones keep their type', () => {
    const text = 'count: ${N}\nname: "${N}"\nurl: a-${H}\nescaped: $${N}'
    expect(read(text, { N: '5', H: 'host' }).value).toEqual({
      count: 5,
      name: '5',
      url: 'a-host',
      escaped: '${N}',
    })
  })

  test('a missing environment variable, or anchor, is a problem', () => {
    expect(read('a: ${NOPE}').problems).toEqual(['The environment has no variable "NOPE".'])
    expect(read('a: *nope').problems.join()).toContain('nope')
  })

  test('nothing at all is an empty map', () => {
    expect(read('').value).toEqual({})
    expect(read('# only a comment').value).toEqual({})
  })

  test('an alias that contains itself does not hang', () => {
    const { problems, root } = read('a: &a [*a]')
    expect(problems.length).toBeGreaterThan(0)
    expect(root).toBeUndefined()
  })

  test('a tag that means nothing, two documents and tabs are problems, not crashes', () => {
    expect(read('a: !!nope 1').problems).not.toEqual([])
    expect(read('a: 1\n---\nb: 2').problems).not.toEqual([])
    expect(read('a:\n\t- 1').problems).not.toEqual([])
  })
})
