import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { locales, speak } from '../locales/words.ts'
import { Logo } from '../look/Logo.tsx'
import styles from './Door.module.css'

/** A page before one is inside: one column, the name above, the language below. */
export function Door({ title, wide = false, children }: { title: string; wide?: boolean; children: ReactNode }) {
  const { i18n } = useTranslation()
  useEffect(() => {
    document.title = `${title} · Heed`
  }, [title])
  return (
    <main className={styles.door}>
      <div className={styles.column} data-wide={wide || undefined}>
        <Logo />
        <h1 className={styles.title}>{title}</h1>
        {children}
      </div>
      <nav className={styles.languages}>
        {locales.map(({ locale, name }) => (
          <button
            key={locale}
            type="button"
            lang={locale}
            aria-pressed={i18n.language === locale}
            onClick={() => void speak(locale)}
          >
            {name}
          </button>
        ))}
      </nav>
    </main>
  )
}
