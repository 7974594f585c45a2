/** What the server allows styles by; Mantine and the query editor put it on the style elements they add. */
export const nonce = document.querySelector('meta[name="csp-nonce"]')?.getAttribute('content') ?? ''
