import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { modelSchema } from './scenario-schema.ts'

const models = join(import.meta.dirname, '../../../models')
const check = new Ajv({ strict: false, allErrors: true }).compile(modelSchema())

test.each(readdirSync(models))('editors find nothing wrong with %s', (name) => {
  check(parse(readFileSync(join(models, name), 'utf8')))
  expect(check.errors).toBeNull()
})

test('editors mark what is no key and no value', () => {
  expect(check({ vendr: 'Acme' })).toBe(false)
  expect(check({ variables: { 'A.B': { mutability: 'Sometimes' } } })).toBe(false)
})
