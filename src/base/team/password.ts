/** In characters. Length is the only rule: it is the one that helps. */
export const shortestPassword = 10
export const longestPassword = 200
