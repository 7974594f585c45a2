/**
 * <Icon name="inbox"/>                 16 px line icon in the colour of the text; hidden from screen readers
 * <PlatformMark platform="telegram"/>  a small mark with the platform's name on hover and for screen readers
 */
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { platformName } from '../parts/names.ts'

const shapes = {
  today: (
    <path d="M2.5 6.5h11M5 1.5v3M11 1.5v3M3.5 3h9a1 1 0 0 1 1 1v8.5a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1Z" />
  ),
  inbox: <path d="M1.8 9h3.4l1 2h3.6l1-2h3.4M4 3h8l2.2 6v3a1 1 0 0 1-1 1H2.8a1 1 0 0 1-1-1V9L4 3Z" />,
  ticket: (
    <path d="M2 4.5h12v2.2a1.4 1.4 0 0 0 0 2.6v2.2H2V9.3a1.4 1.4 0 0 0 0-2.6V4.5ZM9.5 5v1.2M9.5 7.4v1.2M9.5 9.8V11" />
  ),
  overview: <path d="M2 13.5h12M3.5 11V8M6.5 11V4M9.5 11V6.5M12.5 11V2.5" />,
  topics: <path d="M6.8 11.6a4.8 4.8 0 1 0 0-9.6 4.8 4.8 0 0 0 0 9.6ZM10.4 10.4 14 14M4.8 6.8h4M6.8 4.8v4" />,
  sources: <path d="M3 13.2a.8.8 0 1 0 0-1.6.8.8 0 0 0 0 1.6ZM2.5 7.5a6 6 0 0 1 6 6M2.5 3a10.5 10.5 0 0 1 10.5 10.5" />,
  settings: (
    <path d="M2 4.5h6.5M11.5 4.5H14M2 11.5h2.5M7.5 11.5H14M10 6a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3ZM6 13a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3Z" />
  ),
  search: <path d="M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM10.3 10.3 14 14" />,
  plus: <path d="M8 3v10M3 8h10" />,
  minus: <path d="M3 8h10" />,
  close: <path d="m4 4 8 8M12 4l-8 8" />,
  check: <path d="m3 8.5 3.2 3.2L13 4.8" />,
  left: <path d="m9.5 3.5-4.5 4.5 4.5 4.5" />,
  right: <path d="m6.5 3.5 4.5 4.5-4.5 4.5" />,
  up: <path d="m3.5 9.5 4.5-4.5 4.5 4.5" />,
  down: <path d="m3.5 6.5 4.5 4.5 4.5-4.5" />,
  updown: <path d="m5 6 3-3 3 3M5 10l3 3 3-3" />,
  out: <path d="M6.5 3.5h-3v9h9v-3M9 2.5h4.5V7M13.2 2.8 7.5 8.5" />,
  tag: <path d="M2.5 3v4.4l6.2 6.1 4.8-4.8-6.1-6.2H3a.5.5 0 0 0-.5.5ZM5.4 6.1a.7.7 0 1 0 0-1.4.7.7 0 0 0 0 1.4Z" />,
  star: <path d="m8 2 1.8 3.8 4.2.5-3.1 2.9.8 4.1L8 11.2l-3.7 2.1.8-4.1L2 6.3l4.2-.5L8 2Z" />,
  filter: <path d="M2 4h12M4.5 8h7M7 12h2" />,
  link: (
    <path d="M6.7 9.3a2.6 2.6 0 0 0 3.7 0l2.3-2.3A2.6 2.6 0 0 0 9 3.3l-.9.9M9.3 6.7a2.6 2.6 0 0 0-3.7 0L3.3 9A2.6 2.6 0 0 0 7 12.7l.9-.9" />
  ),
  copy: (
    <path d="M5.5 5.5v-2a1 1 0 0 1 1-1h6a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1h-2M3.5 5.5h6a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1h-6a1 1 0 0 1-1-1v-6a1 1 0 0 1 1-1Z" />
  ),
  layers: <path d="m8 2 6 3-6 3-6-3 6-3ZM2.5 8.2 8 11l5.5-2.8M2.5 11.2 8 14l5.5-2.8" />,
  alert: <path d="M8 2.2 14.3 13H1.7L8 2.2ZM8 6.5v3M8 11.3v.1" />,
  info: <path d="M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 7.2v3.6M8 5.1v.1" />,
  clock: <path d="M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 4.5V8l2.3 1.5" />,
  sun: (
    <path d="M8 10.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6ZM8 1.5V3M8 13v1.5M1.5 8H3M13 8h1.5M3.4 3.4l1 1M11.6 11.6l1 1M3.4 12.6l1-1M11.6 4.4l1-1" />
  ),
  moon: <path d="M13.5 9.6A5.8 5.8 0 0 1 6.4 2.5a5.8 5.8 0 1 0 7.1 7.1Z" />,
  screen: <path d="M2.5 3h11v7.5h-11zM6 13.5h4M8 10.5v3" />,
  globe: (
    <path d="M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM2 8h12M8 2c2 1.8 2.6 3.8 2.6 6S10 12.2 8 14c-2-1.8-2.6-3.8-2.6-6S6 3.8 8 2Z" />
  ),
  keyboard: <path d="M1.5 4h13v8.5h-13zM4 6.7h.1M6.7 6.7h.1M9.3 6.7h.1M12 6.7h.1M4.5 10h7" />,
  leave: <path d="M6.5 2.5h-3v11h3M7 8h6.5M11 5.5 13.5 8 11 10.5" />,
  pen: <path d="m10.5 3 2.5 2.5L5.5 13H3v-2.5L10.5 3ZM9 4.5 11.5 7" />,
  trash: <path d="M2.5 4.5h11M6 4.5V3h4v1.5M4 4.5l.6 9h6.8l.6-9M6.8 7v4M9.2 7v4" />,
  more: <path d="M3.5 8h.1M8 8h.1M12.5 8h.1" strokeWidth="2.4" />,
  steps: <path d="M2 13h3.5V9.5H9V6h3.5V2.5H14" />,
  reply: <path d="M6 4 2.5 7.5 6 11M3 7.5h6.5a4 4 0 0 1 4 4v1" />,
  person: <path d="M8 8a2.8 2.8 0 1 0 0-5.6A2.8 2.8 0 0 0 8 8ZM2.8 13.8c.5-2.4 2.6-3.8 5.2-3.8s4.7 1.4 5.2 3.8" />,
  people: (
    <path d="M6 7.5a2.4 2.4 0 1 0 0-4.8 2.4 2.4 0 0 0 0 4.8ZM1.8 13c.4-2.1 2.1-3.3 4.2-3.3s3.8 1.2 4.2 3.3M10.5 3a2.3 2.3 0 0 1 0 4.3M12 9.9c1.2.5 2 1.6 2.2 3.1" />
  ),
  heart: <path d="M8 13.3S2.2 10 2.2 6.2A3 3 0 0 1 8 5a3 3 0 0 1 5.8 1.2C13.8 10 8 13.3 8 13.3Z" />,
  speech: <path d="M2.5 3h11v8H7l-3 2.5V11H2.5V3Z" />,
  share: <path d="M4.5 5.5 7 3l2.5 2.5M7 3v6.5M9.5 10.5 12 13" />,
  repeat: <path d="M3 7V5.5a1.5 1.5 0 0 1 1.5-1.5H12M10 2l2 2-2 2M13 9v1.5a1.5 1.5 0 0 1-1.5 1.5H4M6 14l-2-2 2-2" />,
  eye: (
    <path d="M1.5 8S4 3.7 8 3.7 14.5 8 14.5 8 12 12.3 8 12.3 1.5 8 1.5 8ZM8 9.8a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6Z" />
  ),
  table: <path d="M2.5 3h11v10h-11zM2.5 6.3h11M2.5 9.7h11M6.5 3v10" />,
  download: <path d="M8 2.5v8M4.8 7.5 8 10.7l3.2-3.2M2.5 13.5h11" />,
  upload: <path d="M8 10.5v-8M4.8 5.5 8 2.3l3.2 3.2M2.5 13.5h11" />,
  play: <path d="M5 3v10l8-5-8-5Z" />,
  pause: <path d="M5.5 3.5v9M10.5 3.5v9" />,
  refresh: <path d="M13 8a5 5 0 1 1-1.6-3.7M13 2.5V5h-2.5" />,
  folder: <path d="M2 12.5v-9h4.2L7.8 5H14v7.5H2Z" />,
  book: <path d="M3 3.5a1 1 0 0 1 1-1h9v11H4a1 1 0 0 1-1-1v-9ZM3 11.5h10" />,
  dot: <path d="M8 8h.1" strokeWidth="5" />,
} satisfies Record<string, ReactNode>

export type IconName = keyof typeof shapes

export function Icon({ name, size = 16, filled = false }: { name: IconName; size?: number; filled?: boolean }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill={filled ? 'currentColor' : 'none'}
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {shapes[name]}
    </svg>
  )
}

const appstore = <path d="M5 13 9.2 5.2M7 3.2 11.5 12M2.5 10h6M11 10h2.5" />
const googleplay = <path d="M3.5 2.5v11L13 8 3.5 2.5ZM3.8 2.8 9.8 9.7M3.8 13.2l6-6.9" />

// Our own drawings, not the platforms' logos: a hint for the eye, with the name beside or on hover.
const marks: Record<string, ReactNode> = {
  telegram: <path d="M14 2.5 1.8 7.3l3.5 1.4L12 4.3 7 9.6l4.3 3.6L14 2.5ZM5.3 8.7v4L7 10.8" />,
  'telegram-bot': (
    <path d="M14 2.5 1.8 7.3l3.5 1.4L12 4.3 7 9.6l4.3 3.6L14 2.5ZM5.3 8.7v4L7 10.8M1.8 12.3h.1M1.8 14h2.4" />
  ),
  vk: <path d="M2 4.5c.4 4.6 2.6 7 6.2 7V4.5M8.2 8c2.3-.2 3.8-1.6 4.6-3.5M8.2 8c2.6.2 4.4 1.5 5.3 3.5" />,
  ok: (
    <path d="M8 7.4a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM4.7 8.7c1 .8 2.1 1.2 3.3 1.2s2.3-.4 3.3-1.2M8 9.9l-3 3.7M8 9.9l3 3.7" />
  ),
  youtube: <path d="M3.5 3.5h9a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2h-9a2 2 0 0 1-2-2v-5a2 2 0 0 1 2-2ZM6.7 6v4L10 8 6.7 6Z" />,
  x: <path d="m3 2.8 10 10.4M12.8 2.8 3.2 13.2" />,
  bluesky: (
    <path d="M8 7.5C6.8 5.2 4.3 3 2.8 3c-.9 0-.9 3 .1 5.2.6 1.2 1.9 1.4 3.2 1.2-2 .4-2.7 1.5-1.5 2.8 1.7 1.8 2.9-.6 3.4-2 .5 1.4 1.7 3.8 3.4 2 1.2-1.3.5-2.4-1.5-2.8 1.3.2 2.6 0 3.2-1.2 1-2.2 1-5.2.1-5.2-1.5 0-4 2.2-5.2 4.5Z" />
  ),
  mastodon: (
    <path d="M13.5 9.2c-.3 1.3-2.6 1.7-5 1.7 0 1 1.3 1.4 2.8 1.1v1.3C6.5 14.4 2.8 12.8 2.5 8c-.2-3.6.4-5.5 5.5-5.5S13.9 4.6 13.5 9.2ZM5.3 8.5v-2c0-1.8 2.7-1.8 2.7 0v1.3M8 6.5c0-1.8 2.7-1.8 2.7 0v2" />
  ),
  wordpress: <path d="M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM4 5.8l2.4 6 1.6-4.6 1.6 4.6 2.2-6M7 5.8 8 8.6" />,
  ghost: (
    <path d="M3 13.5V7.5a5 5 0 0 1 10 0v6l-1.7-1.4-1.6 1.4L8 12.1l-1.7 1.4-1.6-1.4L3 13.5ZM6.2 7.3h.1M9.8 7.3h.1" />
  ),
  nodebb: <path d="M2.5 3h11v7.5H9L6 13.5v-3H2.5V3ZM5.3 8.3V5.2l3 3.1V5.2M10.7 5.2v3.1" />,
  gateway: <path d="M2 13.5V8a6 6 0 0 1 12 0v5.5M5.5 13.5V8.3a2.5 2.5 0 0 1 5 0v5.2M1.5 13.5h13" />,
  reddit: (
    <path d="M8 13.5c3.2 0 5.5-1.6 5.5-3.9S11.2 5.8 8 5.8s-5.5 1.5-5.5 3.8S4.8 13.5 8 13.5ZM8 5.8l.7-3 2.8.6M5.8 9.1h.1M10.2 9.1h.1M6 11.3c1.2.7 2.8.7 4 0" />
  ),
  facebook: <path d="M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM10.2 5.2H9.4c-.9 0-1.4.5-1.4 1.4V14M6.2 8.8h3.6" />,
  instagram: (
    <path d="M5.5 2.5h5a3 3 0 0 1 3 3v5a3 3 0 0 1-3 3h-5a3 3 0 0 1-3-3v-5a3 3 0 0 1 3-3ZM8 10.6a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2ZM11.2 4.8h.1" />
  ),
  threads: (
    <path d="M10.7 8a2.7 2.7 0 1 1-5.4 0 2.7 2.7 0 0 1 5.4 0ZM10.7 5.3v3.5a1.6 1.6 0 0 0 3.3 0V8a6 6 0 1 0-2.6 4.9" />
  ),
  email: <path d="M2 4h12v8.5H2V4ZM2.3 4.4 8 9l5.7-4.6" />,
  'google-business': (
    <path d="M8 14s4.5-4 4.5-7.3a4.5 4.5 0 0 0-9 0C3.5 10 8 14 8 14ZM8 8.3a1.6 1.6 0 1 0 0-3.2 1.6 1.6 0 0 0 0 3.2Z" />
  ),
  brave: <path d="M6.8 11.6a4.8 4.8 0 1 0 0-9.6 4.8 4.8 0 0 0 0 9.6ZM10.4 10.4 14 14M2 6.8h9.6" />,
  yandex: (
    <path d="M6.8 11.6a4.8 4.8 0 1 0 0-9.6 4.8 4.8 0 0 0 0 9.6ZM10.4 10.4 14 14M5.2 4.6l1.6 2.4 1.6-2.4M6.8 7v2.2" />
  ),
  appstore,
  'app-store': appstore,
  googleplay,
  'google-play': googleplay,
  page: <path d="M4 2h5.5l3 3v9H4V2ZM9.5 2v3h3M6 8h4.5M6 10.7h4.5" />,
  hackernews: <path d="M2.5 2.5h11v11h-11zM5.3 5 8 9M10.7 5 8 9v3" />,
  discourse: <path d="M2.5 13.5V8a5.5 5.5 0 1 1 5.5 5.5H2.5ZM5.8 7h4.4M5.8 9.3h3" />,
  stackexchange: <path d="M3 3.5h10M3 6.5h10M3 9.5h10M4 12.5h8M8.5 12.5v2" />,
  gdelt: <path d="M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM2 8h12M4 4.2c2.4 1.6 5.6 1.6 8 0M4 11.8c2.4-1.6 5.6-1.6 8 0" />,
  webhook: <path d="M6.8 5.6A2 2 0 1 1 9.6 5L12 9.2M5.4 6 3.2 9.8M4 9.5a2 2 0 1 0 2 2h5M11 9.6a2 2 0 1 1-1.2 3.5" />,
  help: <path d="M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM6.2 6.4a1.8 1.8 0 1 1 2.6 1.6c-.5.3-.8.6-.8 1.3M8 11.3h.1" />,
  forum: <path d="M2 3h8v6H5.5L3.5 11V9H2V3ZM12 6h2v5.5h-1.5v2l-2-2H7.5" />,
  reviews: <path d="m8 2 1.8 3.8 4.2.5-3.1 2.9.8 4.1L8 11.2l-3.7 2.1.8-4.1L2 6.3l4.2-.5L8 2Z" />,
  news: <path d="M2.5 3h9v10h-8a1 1 0 0 1-1-1V3ZM11.5 6h2v6a1 1 0 0 1-2 0M5 6h4M5 8.5h4M5 11h2.5" />,
  blog: <path d="m10.5 3 2.5 2.5L5.5 13H3v-2.5L10.5 3ZM9 13h4.5" />,
  feed: <path d="M3 13.2a.8.8 0 1 0 0-1.6.8.8 0 0 0 0 1.6ZM2.5 7.5a6 6 0 0 1 6 6M2.5 3a10.5 10.5 0 0 1 10.5 10.5" />,
}
const unknownMark = <path d="M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM2 8h12" />

export function PlatformMark({ platform, size = 16 }: { platform: string; size?: number }) {
  const { t } = useTranslation()
  const name = platformName(t, platform)
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.3"
      strokeLinecap="round"
      strokeLinejoin="round"
      role="img"
      aria-label={name}
    >
      <title>{name}</title>
      {marks[platform] ?? unknownMark}
    </svg>
  )
}
