import { describe, expect, test } from 'vitest'
import { Html, html, jsonData } from './html.ts'

describe('html', () => {
  test('escapes what comes from elsewhere, in text and in attributes', () => {
    const name = `<img src=x onerror="alert('1')">&amp;`
    expect(html`<p title="${name}">${name}</p>`.toString()).toBe(
      '<p title="&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;amp;">&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;amp;</p>',
    )
  })

  test('leaves markup of its own making as it is, alone and in lists', () => {
    const items = ['a', '<b>'].map((text) => html`<li>${text}</li>`)
    expect(html`<ul>${items}</ul>${new Html('<hr>')}${3}`.toString()).toBe(
      '<ul><li>a</li><li>&lt;b&gt;</li></ul><hr>3',
    )
  })

  test('shows what would command the page or turn the text around as dots', () => {
    expect(html`${'a\u202eb\u0000c\u0007d\u2066e\ud800f'}`.toString()).toBe('a·b·c·d·e·f')
    expect(html`${'two\nlines\tand 🚗 é'}`.toString()).toBe('two\nlines\tand 🚗 é')
  })

  test('data cannot end the script element that holds it', () => {
    const data = jsonData({ text: '</script><script>alert(1)</script><!--' }).toString()
    expect(data).not.toContain('<')
    expect(JSON.parse(data)).toEqual({ text: '</script><script>alert(1)</script><!--' })
  })
})
