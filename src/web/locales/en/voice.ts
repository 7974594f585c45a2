export const voice = {
  title: 'How this client speaks',
  help: 'Drafts are read by this. A reply that names another client or uses a word from the list does not go out, and it says why; other tones are told before it is sent.',
  names: 'What people call this client',
  namesLike: 'Owl Bank, Owl, OwlBank',
  banned: 'Never said in a reply, in any form',
  bannedLike: 'technical error, our experts',
  address: 'In Russian people are spoken to as',
  address_formal: '«вы»',
  address_informal: '«ты»',
  anyAddress: 'either',
  saved: 'Saved; drafts are read by it from now on',
  notSaved: 'This was not saved',
} as const
