import { readdir, readFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { generatedFiles } from '../scripts/generated-files.ts'
import { commands } from '../src/cli/command-table.ts'
import { loadServeScript } from '../src/csms/script/load-serve-script.ts'
import { formatProblems } from '../src/document/problem.ts'
import { reportSchema } from '../src/report/report-schema.ts'
import { errors } from '../src/shared/errors.ts'
import { loadScenario } from '../src/simulator/scenario/load-scenario.ts'
import { runInMemory } from './helpers/memory-cli.ts'

const root = join(import.meta.dirname, '..')
const pages = await markdownPages()

async function markdownPages(): Promise<readonly { path: string; text: string }[]> {
  const below = await readdir(join(root, 'docs'), { recursive: true })
  const files = ['README.md', 'CONTRIBUTING.md', ...below.map((name) => join('docs', name))]
  const paths = files.filter((path) => path.endsWith('.md'))
  return Promise.all(
    paths.map(async (path) => ({ path, text: await readFile(join(root, path), 'utf8') })),
  )
}

/** Fenced blocks of one language, wherever they stand. */
function blocks(language: string): readonly { path: string; text: string }[] {
  const fence = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms')
  return pages.flatMap(({ path, text }) =>
    [...text.matchAll(fence)].map(([, block = '']) => ({ path, text: block })),
  )
}

/** `# Do the books balance?` is the anchor `do-the-books-balance`. */
function anchors(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  )
}

/** The command and its subcommand; "csms stations CP1" is short for "csms stations show CP1". */
function pathIn(name: string, child: string): readonly string[] {
  if (['scenario', 'report', 'tokens', 'api-keys', 'certs'].includes(name)) return [name, child]
  if (name !== 'stations') return [name]
  const isNamed = ['add', 'change', 'password', 'remove', 'disconnect'].includes(child)
  return [name, isNamed ? child : 'show']
}

describe('the documentation', () => {
  test.each(generatedFiles)('$path is what the source says', async ({ path, content }) => {
    expect(await readFile(join(root, path), 'utf8')).toBe(await content())
  })

  test('every link leads to a file, and to a title in it', async () => {
    for (const { path, text } of pages) {
      for (const [, target = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^https?:/.test(target)) continue
        const [file = '', anchor] = target.split('#')
        const there = file === '' ? path : relative(root, resolve(root, dirname(path), file))
        const known = await readdir(join(root, dirname(there)))
        expect(known, `${path}: ${target}`).toContain(relative(dirname(there), there) || '.')
        if (anchor === undefined) continue
        const page = pages.find((one) => one.path === there)
        expect(anchors(page?.text ?? ''), `${path}: ${target}`).toContain(anchor)
      }
    }
  })

  test('each shipped scenario of 2.x has its page, which the list of blocks names', async () => {
    const names = (await readdir(join(root, 'scenarios/2x'))).map((file) => file.split('.')[0])
    const index = pages.find(({ path }) => path.endsWith('stations-2x.md'))?.text ?? ''
    const listed = [...index.matchAll(/\]\(2x\/([\w-]+)\.md\)/g)].map(([, name]) => name)
    expect(new Set(listed)).toEqual(new Set(names))
    for (const name of names) {
      const page = pages.find(({ path }) => path === `docs/guide/2x/${name}.md`)?.text
      expect(page, name).toContain(`csms simulate scenarios/2x/${name}.yaml`)
    }
  })

  test('every scenario, and every list of steps, is sound', () => {
    const scenarios = blocks('yaml').filter(({ text }) => /^fleets:/m.test(text))
    const steps = blocks('yaml').filter(({ path, text }) => {
      return text.startsWith('- ') && !/^- (id|case):/m.test(text) && path.includes('guide')
    })
    expect(scenarios.length).toBeGreaterThan(8)
    expect(steps.length).toBeGreaterThan(2)
    const wrapped = steps.map(({ path, text }) => ({
      path,
      text: `name: x\nfleets:\n  - name: a\n    station: {connectors: 2}\n    script:\n${text.replaceAll(/^/gm, '      ')}`,
    }))
    for (const { path, text } of [...scenarios, ...wrapped]) {
      const loaded = loadScenario({ file: path, text }, {}, {})
      const said = 'problems' in loaded ? formatProblems(path, text, loaded.problems) : 'sound'
      expect(said, text).toBe('sound')
    }
  })

  test('every script of a CSMS is sound', () => {
    const scripts = blocks('yaml').filter(({ text }) => /^(answers|script|parts):/m.test(text))
    expect(scripts.length).toBeGreaterThan(3)
    for (const { path, text } of scripts) {
      const loaded = loadServeScript({ file: path, text })
      const said = 'problems' in loaded ? formatProblems(path, text, loaded.problems) : 'sound'
      expect(said, text).toBe('sound')
    }
  })

  test('the root help says of each command what the command says of itself', () => {
    const page = pages.find(({ path }) => path === 'docs/reference/cli.md')?.text
    for (const [name, { summary }] of Object.entries(commands)) {
      expect(page).toContain(`| [csms ${name}](#csms-${name}) | ${summary} |`)
    }
  })

  test('every command line names options that there are', async () => {
    const lines = blocks('sh').flatMap(({ text }) =>
      text.split('\n').filter((line) => /^(npx --no-install )?csms /.test(line)),
    )
    expect(lines.length).toBeGreaterThan(20)
    for (const line of lines) {
      const words = line.replace(/^npx --no-install /, '').split(' ')
      const [, name = '', child = ''] = words
      expect(Object.keys(commands), line).toContain(name)
      const { stdout, code } = await runInMemory([...pathIn(name, child), '--help'])
      expect(code, line).toBe(0)
      for (const [option] of line.matchAll(/ --[a-z-]+/g)) expect(stdout, line).toContain(option)
    }
  })

  test('no error is only written down: each code is thrown somewhere', async () => {
    const sources = (await readdir(join(root, 'src'), { recursive: true })).filter(
      (name) => name.endsWith('.ts') && !/\.test\.ts$|shared.errors\.ts$/.test(name),
    )
    const texts = await Promise.all(
      sources.map((name) => readFile(join(root, 'src', name), 'utf8')),
    )
    for (const code of Object.keys(errors)) {
      expect(
        texts.some((text) => text.includes(`'${code}'`)),
        code,
      ).toBe(true)
    }
  })

  test('every key of a report is explained', async () => {
    const page = pages.find(({ path }) => path.endsWith('reading-a-report.md'))?.text ?? ''
    for (const key of Object.keys(reportSchema['properties'] as object))
      expect(page).toContain(`\`${key}\``)
  })

  test('the sample report is valid and names no folder of a machine', async () => {
    const text = await readFile(join(root, 'reports/sample/report.json'), 'utf8')
    const ajv = new Ajv({ strict: false, validateFormats: false })
    ajv.validate(reportSchema, JSON.parse(text))
    expect(ajv.errors ?? []).toEqual([])
    expect(text).not.toMatch(/"\/|file:|\/(home|root|tmp|Users)\//)
  })

  test('the README fits: at most 250 lines', () => {
    const readme = pages.find(({ path }) => path === 'README.md')?.text ?? ''
    expect(readme.split('\n').length).toBeLessThanOrEqual(250)
  })
})
