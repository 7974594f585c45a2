/** Someone who listens: an h, and a wave that reaches it. */
export function Logo({ size = 32 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="7" fill="var(--accent)" />
      <g fill="none" stroke="var(--on-accent)" strokeWidth="2.6" strokeLinecap="round">
        <path d="M10 8v16" />
        <path d="M10 16.5c2-3.4 9-4.2 9 1.6V24" />
        <path d="M22.5 9.5c2 2 2 5 0 7" />
      </g>
    </svg>
  )
}
