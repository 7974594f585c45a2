/** What a sheet asks of mentions. */
export type AskedFor = 'tag' | 'stage' | 'place' | 'category' | 'member'
