import styles from './KeyNames.module.css'

const signs: Record<string, string> = { ArrowDown: '↓', ArrowUp: '↑', Escape: 'Esc' }
const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent)

/** A key or keys as they stand on a keyboard: <KeyNames keys="g i" />. */
export function KeyNames({ keys }: { keys: string }) {
  return (
    <span className={styles.keys}>
      {keys.split(' ').map((key) => (
        <kbd key={key}>{key === 'mod' ? (isMac ? '⌘' : 'Ctrl') : (signs[key] ?? key)}</kbd>
      ))}
    </span>
  )
}
