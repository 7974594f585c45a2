/**
 * The field a query is written in: colours, underlined problems with their repair, suggestions.
 *   <QueryEditor value onChange problems reference placeholder label ref={handle}/>   handle.insert('OR ')
 * Loaded apart from the screen, for it brings CodeMirror along.
 */
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { bracketMatching, syntaxHighlighting } from '@codemirror/language'
import { type Diagnostic, setDiagnostics } from '@codemirror/lint'
import { Compartment, EditorState } from '@codemirror/state'
import { drawSelection, EditorView, keymap, placeholder as placeholderOf } from '@codemirror/view'
import type { TFunction } from 'i18next'
import { type Ref, useEffect, useEffectEvent, useImperativeHandle, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { QueryProblem, QueryReference } from '../../serve/api/shapes/topic.ts'
import { nonce } from '../look/nonce.ts'
import { repairWords } from '../parts/repair.ts'
import { queryColors, queryLanguage } from './query-language.ts'
import styles from './QueryEditor.module.css'
import { suggest } from './suggest.ts'

export type EditorHandle = { insert: (text: string) => void; select: (start: number, end: number) => void }

export default function QueryEditor({
  value,
  onChange,
  problems,
  reference,
  placeholder,
  label,
  ref,
}: {
  value: string
  onChange: (text: string) => void
  problems: readonly QueryProblem[]
  reference: QueryReference | undefined
  placeholder: string
  label: string
  ref?: Ref<EditorHandle>
}) {
  const { t } = useTranslation()
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const words = useRef(new Compartment())
  const changed = useEffectEvent(onChange)
  const open = useEffectEvent(
    (parent: HTMLElement) =>
      new EditorView({
        parent,
        state: EditorState.create({
          doc: value,
          extensions: [
            EditorView.cspNonce.of(nonce),
            history(),
            drawSelection(),
            closeBrackets(),
            bracketMatching(),
            EditorView.lineWrapping,
            queryLanguage,
            syntaxHighlighting(queryColors),
            autocompletion({ override: [(context) => suggest(context, reference)], icons: false }),
            // The form around it saves by this key, where the editor would begin a new line.
            keymap.of([{ key: 'Mod-Enter', run: () => true }]),
            keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
            words.current.of(wordsOf(placeholder, label)),
            EditorView.updateListener.of((update) => {
              if (update.docChanged) changed(update.state.doc.toString())
            }),
          ],
        }),
      }),
  )
  const askedReference = JSON.stringify(reference ?? null)

  useEffect(() => {
    if (place.current === null) return
    const opened = open(place.current)
    view.current = opened
    return () => opened.destroy()
    // Suggestions are read from the reference the editor was opened with; it comes once.
  }, [askedReference])
  useEffect(() => {
    view.current?.dispatch({ effects: words.current.reconfigure(wordsOf(placeholder, label)) })
  }, [placeholder, label])
  useEffect(() => {
    const now = view.current?.state.doc
    if (view.current !== null && now !== undefined && now.toString() !== value) {
      view.current.dispatch({ changes: { from: 0, to: now.length, insert: value } })
    }
  }, [value])
  useEffect(() => {
    const now = view.current
    if (now !== null)
      now.dispatch(
        setDiagnostics(
          now.state,
          problems.map((problem) => underlined(problem, now.state.doc.toString(), t)),
        ),
      )
  }, [problems, askedReference, t])
  useImperativeHandle(ref, () => ({
    insert(text) {
      const now = view.current
      if (now === null) return
      const { from, to } = now.state.selection.main
      const gap = from > 0 && !/[\s(]/.test(now.state.sliceDoc(from - 1, from)) ? ' ' : ''
      now.dispatch({
        changes: { from, to, insert: gap + text },
        selection: { anchor: from + gap.length + text.length },
      })
      now.focus()
    },
    select(start, end) {
      const now = view.current
      if (now === null) return
      const last = now.state.doc.length
      now.dispatch({
        selection: { anchor: Math.min(start, last), head: Math.min(end, last) },
        scrollIntoView: true,
      })
      now.focus()
      now.dom.scrollIntoView({ block: 'nearest' })
    },
  }))
  return <div ref={place} className={styles.editor} />
}

function wordsOf(placeholder: string, label: string) {
  return [
    placeholderOf(placeholder),
    EditorView.contentAttributes.of({ 'aria-label': label, 'aria-multiline': 'true', spellcheck: 'false' }),
  ]
}

function underlined({ start, end, severity, message, repair }: QueryProblem, text: string, t: TFunction): Diagnostic {
  const from = Math.min(start, text.length)
  const to = Math.min(Math.max(end, start), text.length)
  return {
    from,
    to,
    severity: severity === 'error' ? 'error' : severity === 'warning' ? 'warning' : 'info',
    message,
    ...(repair === null
      ? {}
      : {
          actions: [
            {
              name: repairWords(t, text, repair),
              apply: (view) =>
                view.dispatch({ changes: { from: repair.start, to: repair.end, insert: repair.replacement } }),
            },
          ],
        }),
  }
}
