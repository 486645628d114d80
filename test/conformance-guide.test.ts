import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { hookedActions } from '../src/conformance/cases/case.ts'
import { catalogue } from '../src/conformance/cases/catalogue.ts'
import { loadHooks } from '../src/conformance/hooks/load-hooks.ts'
import { writerNames } from '../src/conformance/report/writer-names.ts'
import { loadKnownFailures } from '../src/conformance/run/known-failures.ts'
import { ocppVersions } from '../src/ocpp/version.ts'
import { runInMemory } from './helpers/memory-cli.ts'

const page = await readFile(new URL('../docs/guide/conformance.md', import.meta.url), 'utf8')
const blocks = (language: string): readonly string[] =>
  [...page.matchAll(/```(\w*)\n(.*?)```/gs)].flatMap(([, of, text = '']) =>
    of === language ? [text] : [],
  )
const yaml = blocks('yaml')
const holding = (words: string): string => yaml.find((text) => text.includes(words)) ?? ''

describe('docs/guide/conformance.md', () => {
  test('its hooks are hooks', () => {
    const source = { file: 'hooks.yaml', text: holding('operations:') }
    const loaded = loadHooks(source, { CSMS_TOKEN: 'x' }, (path) => path)
    expect(loaded).toMatchObject({ plan: { preset: 'generic' } })
  })

  test('its known failures are a list of them', () => {
    const source = { file: 'known.yaml', text: holding('until: ') }
    expect(loadKnownFailures(source, {}, catalogue)).toMatchObject({
      entries: [{ case: 'TC_023_3_CSMS', checks: ['Authorize'] }],
    })
  })

  test('its options are options, its reports are reports, its cases are cases', async () => {
    const [{ stdout }, doctor, serve] = await Promise.all([
      runInMemory(['conformance', '--help']),
      runInMemory(['conformance', 'doctor', '--help']),
      runInMemory(['serve', '--help']),
    ])
    const commands = [...blocks('sh'), holding('image: node')].join('\n')
    const options = [...`${commands}${page}`.matchAll(/(?<=[\s`])--[a-z][\w-]*/g)].map(([it]) => it)
    expect(options.length).toBeGreaterThan(20)
    const known = `${stdout}${doctor.stdout}${serve.stdout} --no-install `
    expect(options.filter((option) => !new RegExp(`${option}[ ,]`).test(known))).toEqual([])
    for (const name of writerNames) expect(page).toContain(`| \`${name}\` | `)
    const ids = [...page.matchAll(/\b(?:TC|X_RPC)_\w+/g)].map(([id]) => id)
    expect(ids.filter((id) => !catalogue.some((one) => one.id === id))).toEqual([])
  })

  test('it counts the cases of each version, and those that nobody has to order', () => {
    for (const version of ocppVersions) {
      const cases = catalogue.filter((one) => one.version === version)
      const own = cases.filter(({ group }) => group !== 'RPC')
      const handsFree = own.filter((one) => hookedActions(one).length === 0)
      const [, ...row] =
        new RegExp(`^\\| \`${version}\` \\| (\\d+).* \\| (\\d+) \\| (\\d+) \\|$`, 'm').exec(page) ??
        []
      expect(row.map(Number)).toEqual([own.length, handsFree.length, cases.length - own.length])
    }
  })

  test('its workflow gives the action what it takes', async () => {
    const action = parse(await readFile(new URL('../action.yml', import.meta.url), 'utf8')) as {
      readonly inputs: object
    }
    const workflow = parse(holding('uses: OWNER')) as {
      readonly jobs: {
        readonly ocpp: {
          readonly steps: readonly { readonly uses?: string; readonly with?: object }[]
        }
      }
    }
    const step = workflow.jobs.ocpp.steps.find(({ uses }) => uses?.startsWith('OWNER/'))
    const given = Object.keys(step?.with ?? {})
    expect(given).toContain('target')
    expect(given.filter((name) => !(name in action.inputs))).toEqual([])
  })
})
