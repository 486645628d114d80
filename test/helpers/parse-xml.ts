import { expect } from 'vitest'

export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: XmlElement[]
  text: string
}

const attribute = /\s+([\w-]+)="([^"<]*)"/y
const entity = /&(?:amp|lt|gt|quot|#\d+);/g

/** A parser that takes nothing but well-formed XML of the kind we write. */
export function parseXml(xml: string): XmlElement {
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'
  expect(xml.startsWith(declaration)).toBe(true)
  const root: XmlElement = { name: '', attributes: {}, children: [], text: '' }
  const open = [root]
  const tag = /<(\/?)([\w-]+)((?:\s+[\w-]+="[^"<]*")*)(\/?)>/y
  let at = declaration.length
  while (at < xml.length) {
    const parent = open[open.length - 1]
    if (!parent) throw new Error(`closed too much before ${at}`)
    if (xml[at] !== '<') {
      const end = xml.indexOf('<', at)
      const text = xml.slice(at, end < 0 ? xml.length : end)
      expect(text.replace(entity, '')).not.toContain('&')
      parent.text += text
      at += text.length
      continue
    }
    tag.lastIndex = at
    const found = tag.exec(xml)
    if (!found) throw new Error(`no tag at ${xml.slice(at, at + 60)}`)
    at = tag.lastIndex
    const [, closing, name = '', attributes = '', single] = found
    if (closing) {
      expect(open.pop()?.name).toBe(name)
      continue
    }
    const element = { name, attributes: parseAttributes(attributes), children: [], text: '' }
    parent.children.push(element)
    if (!single) open.push(element)
  }
  expect(open).toEqual([root])
  expect(root.children).toHaveLength(1)
  return root.children[0] as XmlElement
}

function parseAttributes(text: string): Record<string, string> {
  const attributes: Record<string, string> = {}
  attribute.lastIndex = 0
  for (let found = attribute.exec(text); found; found = attribute.exec(text)) {
    const [, name = '', value = ''] = found
    expect(attributes).not.toHaveProperty(name)
    expect(value.replace(entity, '')).not.toContain('&')
    attributes[name] = value
  }
  return attributes
}
