import { HighlightStyle, StreamLanguage } from '@codemirror/language'
import { tags } from '@lezer/highlight'

// Only for the eye: what is right is decided by the parser of the server.
const operators = /^(?:AND|OR|XNOT|NOT|И|ИЛИ|НЕ|O?NEAR|O?SENTENCE|O?PARAGRAPH|ATLEAST)(?:\/\d+f?)?(?![\p{L}\p{N}_])/u

const closers = { '"': '"', '«': '»', '“': '”', '„': '“', '[': ']', '{': '}' } as const

type State = { isComment: boolean; quote: keyof typeof closers | null }

export const queryLanguage = StreamLanguage.define<State>({
  startState: () => ({ isComment: false, quote: null }),
  token(stream, state) {
    if (state.isComment) {
      if (stream.skipTo('>>>')) {
        stream.match('>>>')
        state.isComment = false
      } else stream.skipToEnd()
      return 'comment'
    }
    if (state.quote !== null) {
      if (stream.skipTo(closers[state.quote])) {
        stream.next()
        state.quote = null
      } else stream.skipToEnd()
      return 'string'
    }
    if (stream.eatSpace()) return null
    if (stream.match('<<<')) {
      state.isComment = true
      return 'comment'
    }
    if (stream.match(/^(?:https?:\/\/|www\.)[^\s()"|,]+/iu)) return null
    if (stream.match('//')) {
      stream.skipToEnd()
      return 'comment'
    }
    if (stream.match(operators) || stream.match(/^(?:&&|\|\|?)/)) return 'keyword'
    if (stream.match(/^[\p{L}_]+:(?=\S)/u)) return 'propertyName'
    if (stream.match(/^~\d+/) || stream.match(/^\{\d+(?:,\d*)?\}/) || stream.match(/^\/\d+f?/)) return 'number'
    const next = stream.next()
    if (next !== undefined && next in closers) {
      state.quote = next as keyof typeof closers
      return 'string'
    }
    if (next === '(' || next === ')' || next === ',') return 'bracket'
    if (next === '-' || next === '!' || next === '=') return 'keyword'
    if (next === '#' || next === '@' || next === '$') {
      stream.match(/^[\p{L}\p{N}_]+/u)
      return 'labelName'
    }
    stream.match(/^[\p{L}\p{N}_'*?]+/u)
    return null
  },
})

export const queryColors = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--accent)', fontWeight: '600' },
  { tag: tags.propertyName, color: 'var(--topic-2)' },
  { tag: tags.string, color: 'var(--positive)' },
  { tag: tags.number, color: 'var(--topic-1)' },
  { tag: tags.labelName, color: 'var(--topic-5)' },
  { tag: tags.bracket, color: 'var(--text-3)' },
  { tag: tags.comment, color: 'var(--text-3)', fontStyle: 'italic' },
])
