export const webhookProblems = {
  'webhook.name': {
    en: 'Name the system that will send, with at most 80 letters',
    ru: 'Назовите систему, которая будет присылать; не больше 80 знаков',
  },
} as const
