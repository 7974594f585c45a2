export const budgetProblems = {
  'budget.none': {
    en: 'This platform costs money, and the project has no budget for it; set one on the page of the sources',
    ru: 'Эта площадка платная, а бюджета на неё у проекта нет; задайте его на странице источников',
  },
  'budget.spent': {
    en: 'The budget of the month is spent; it goes on on {until} (UTC), or at once when the budget is raised',
    ru: 'Бюджет месяца израсходован; сбор продолжится {until} (UTC) или сразу, как только бюджет увеличат',
  },
} as const
