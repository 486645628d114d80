/** Whether it is a URL of HTTP, templates in it or not. */
export function isHttpUrl(text: string): boolean {
  const filled = text.replaceAll(/\{\{[^{}]*\}\}/g, 'x')
  return /^https?:\/\//.test(filled) && URL.canParse(filled)
}
