export const filesProblems = {
  'file.empty': { en: 'The file is empty', ru: 'Файл пуст' },
  'file.not-found': { en: 'The file could not be opened: {reason}', ru: 'Файл не удалось открыть: {reason}' },
  'file.too-large': {
    en: 'The file is larger than {limit} MB; split it or raise the limit',
    ru: 'Файл больше {limit} МБ; разделите его или поднимите предел',
  },
  'file.unpacked-too-large': {
    en: 'Unpacked, the workbook is larger than {limit} MB and was not read; save it as CSV or raise the limit',
    ru: 'В распакованном виде книга больше {limit} МБ и не прочитана; сохраните её как CSV или поднимите предел',
  },
  'file.too-many-texts': {
    en: 'The workbook has more than {limit} different texts; save it as CSV or raise the limit',
    ru: 'В книге больше {limit} разных текстов; сохраните её как CSV или поднимите предел',
  },
  'file.format': {
    en: 'This is {found}; save it as CSV, XLSX or JSON Lines',
    ru: 'Это {found}; сохраните файл как CSV, XLSX или JSON Lines',
  },
  'file.not-text': {
    en: 'This file is neither a workbook nor text; open it in the program it comes from and save it as CSV, XLSX or JSON Lines',
    ru: 'Это не таблица и не текст; откройте файл в программе, из которой он взят, и сохраните как CSV, XLSX или JSON Lines',
  },
  'file.damaged': {
    en: 'The workbook is cut or damaged and cannot be read ({reason}); save or download it anew',
    ru: 'Книга обрезана или повреждена и не читается ({reason}); сохраните или скачайте её заново',
  },
  'file.old-workbook': {
    en: 'This is an old workbook (XLS) or one locked with a password; save it as XLSX without a password',
    ru: 'Это старая книга (XLS) или книга с паролем; сохраните её как XLSX без пароля',
  },
  'file.no-sheet': { en: 'The workbook has no sheet with rows', ru: 'В книге нет листа со строками' },
  'file.too-many-rows': {
    en: 'The file has more than {limit} rows; the rest was not read',
    ru: 'В файле больше {limit} строк; остальные не прочитаны',
  },
  'file.too-many-columns': {
    en: 'The file has {found} columns, more than {limit}',
    ru: 'В файле {found} столбцов, больше чем {limit}',
  },
  'file.no-text-column': {
    en: 'No column was recognised as the text; choose it, or name it “text” in the file',
    ru: 'Столбец с текстом не найден; выберите его или назовите в файле «text»',
  },
  'row.too-long': { en: 'The row is longer than {limit} characters', ru: 'Строка длиннее {limit} знаков' },
  'row.cell-too-long': {
    en: 'The cell “{column}” is longer than {limit} characters',
    ru: 'Ячейка «{column}» длиннее {limit} знаков',
  },
  'row.too-many-columns': { en: 'The row has more than {limit} cells', ru: 'В строке больше {limit} ячеек' },
  'row.quotes': {
    en: 'The quotes of the row are broken: a quote inside a quoted cell must be doubled, and the cell closed',
    ru: 'В строке нарушены кавычки: кавычка внутри ячейки удваивается, а ячейка закрывается',
  },
  'row.json': { en: 'The row is not readable as JSON', ru: 'Строка не читается как JSON' },
  'row.not-an-object': { en: 'The row is not a JSON object', ru: 'Строка не является объектом JSON' },
  'row.no-text': { en: 'The row has neither text nor title', ru: 'В строке нет ни текста, ни заголовка' },
  'row.date': { en: 'The date “{value}” cannot be read', ru: 'Дату «{value}» не удалось прочитать' },
  'cell.date-implausible': {
    en: 'The date “{value}” cannot be true; the post goes in without a date',
    ru: 'Дата «{value}» невозможна; публикация загружается без даты',
  },
  'cell.number': {
    en: '“{value}” in “{column}” is not a number; it stays unknown',
    ru: '«{value}» в «{column}» не число; значение остаётся неизвестным',
  },
  'cell.rating': {
    en: 'The rating “{value}” is not between 1 and 5; it stays unknown',
    ru: 'Оценка «{value}» не от 1 до 5; она остаётся неизвестной',
  },
  'cell.url': {
    en: '“{value}” is not an address of a page; the post goes in without a link',
    ru: '«{value}» не адрес страницы; публикация загружается без ссылки',
  },
  'cell.word': {
    en: '“{value}” in “{column}” is unknown; it is left out',
    ru: 'Значение «{value}» в «{column}» неизвестно; оно пропущено',
  },
} as const
