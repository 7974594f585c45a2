import { ActionIcon, Button, Menu } from '@mantine/core'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Mention } from '../../serve/api/shapes/mention.ts'
import { useLive } from '../api/live.ts'
import { Problem } from '../api/problem.ts'
import { useProject, useTopics } from '../api/queries.ts'
import { Icon } from '../look/icons.tsx'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { FilterSheet } from '../parts/FilterSheet.tsx'
import { useFilter } from '../parts/filter.ts'
import { useFormat } from '../parts/format.ts'
import { useKeys } from '../parts/keys.ts'
import { useNarrow } from '../parts/narrow.ts'
import { tonalities } from '../parts/codes.ts'
import { Page } from '../parts/Page.tsx'
import { QueryLine } from '../parts/QueryLine.tsx'
import { mayManage, mayWork } from '../parts/roles.ts'
import { Empty, Failed, Loading } from '../parts/states.tsx'
import { VirtualList } from '../parts/VirtualList.tsx'
import { type Order, orders } from './address.ts'
import { useMentionActions } from './actions.ts'
import type { AskedFor } from './asked-for.ts'
import { AssignSheet } from './AssignSheet.tsx'
import { CategorySheet } from './CategorySheet.tsx'
import { useCategorise } from './categorise.ts'
import styles from './InboxScreen.module.css'
import { isKnownAuthor, MentionDetail } from './MentionDetail.tsx'
import { MentionRow } from './MentionRow.tsx'
import { PlaceSheet } from './PlaceSheet.tsx'
import { mentionQuery, mentionsQuery, sinceQuery } from './queries.ts'
import { SelectionBar } from './SelectionBar.tsx'
import { useShowing } from './showing.ts'
import { StageSheet } from './StageSheet.tsx'
import { TagSheet } from './TagSheet.tsx'
import { isWebAddress } from './web-address.ts'

const rowHeight = 78
type Asking = { what: AskedFor; ids: readonly string[] }

const nobody: ReadonlySet<string> = new Set()
/** The list one was in last and the mention one stood at, for whoever comes back from another screen. */
let left: { place: string; cursor: string | null } = { place: '', cursor: null }

export function InboxScreen() {
  const { t } = useTranslation()
  const f = useFormat()
  const project = useProject()
  const client = useQueryClient()
  const navigate = useNavigate()
  const router = useRouter()
  const narrow = useNarrow()
  const { filter, count: filtersOn, search } = useFilter()
  const { open = null, order = 'newest' } = useSearch({ strict: false })
  const actions = useMentionActions(project.id)
  const categorise = useCategorise(project.id)
  const asked = mentionsQuery(project.id, filter, order)
  const list = useInfiniteQuery(asked)
  const mentions = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data])
  const total = list.data?.pages[0]?.total
  const newest = list.data?.pages[0]?.newest ?? null
  const waiting = useQuery(sinceQuery(project.id, filter, order === 'newest' ? newest : null)).data ?? 0
  const place = JSON.stringify(asked.queryKey)
  const [cursor, setCursor] = useState(open ?? (left.place === place ? left.cursor : null))
  useEffect(() => {
    left = { place, cursor }
  }, [place, cursor])
  const [selected, setSelected] = useState(nobody)
  const [asking, setAsking] = useState<Asking | null>(null)
  const [filtering, setFiltering] = useState(false)
  const pushed = useRef(false)
  const lastSelected = useRef<string | null>(null)

  const at = mentions.findIndex(({ id }) => id === cursor)
  // A mention reached by a link or from a thread stands beside a list that may not hold it.
  const beside = useQuery({ ...mentionQuery(project.id, open ?? ''), enabled: open !== null }).data?.mention ?? null
  const current = mentions[at] ?? (cursor === open ? beside : null)
  const chosen = mentions.filter(({ id }) => selected.has(id))
  const showing = useShowing({
    toxic: current?.toxic === true ? [current.id] : [],
    mentions: current === null ? [] : [current],
  })
  const targets = chosen.length > 0 ? chosen : current === null ? [] : [current]

  useEffect(() => setSelected(nobody), [filter, order])
  useLive((event) => {
    if (event.kind === 'mentions' && event.project === project.id && total === 0) void client.invalidateQueries(asked)
  })

  const show = useCallback(
    (id: string, replace: boolean) => {
      if (!replace) pushed.current = true
      void navigate({ to: '.', search: (before: object) => ({ ...before, open: id }), replace })
    },
    [navigate],
  )
  const openMention = useCallback(
    (mention: Mention) => {
      setCursor(mention.id)
      show(mention.id, open !== null)
    },
    [show, open],
  )
  const close = () => {
    // The way back is the same as the gesture's: a press on close leaves no stray page in the history.
    if (pushed.current) router.history.back()
    else void navigate({ to: '.', search: (before: object) => ({ ...before, open: undefined }), replace: true })
    pushed.current = false
  }
  const moveTo = (index: number) => {
    const mention = mentions[Math.max(0, Math.min(index, mentions.length - 1))]
    if (mention === undefined) return
    if (document.activeElement instanceof HTMLElement && document.activeElement !== document.body)
      document.activeElement.blur()
    setCursor(mention.id)
    if (open !== null) show(mention.id, true)
    const following = mentions[index + 1]
    if (following !== undefined) void client.prefetchQuery(mentionQuery(project.id, following.id))
  }
  const select = useCallback(
    (mention: Mention, extend: boolean) => {
      const from = mentions.findIndex(({ id }) => id === lastSelected.current)
      const to = mentions.findIndex(({ id }) => id === mention.id)
      const range = extend && from >= 0 ? mentions.slice(Math.min(from, to), Math.max(from, to) + 1) : [mention]
      lastSelected.current = mention.id
      setCursor(mention.id)
      setSelected((before) => {
        const next = new Set(before)
        const on = extend || !before.has(mention.id)
        for (const { id } of range) {
          if (on) next.add(id)
          else next.delete(id)
        }
        return next
      })
    },
    [mentions],
  )
  const takeNew = () => {
    setCursor(null)
    // The list stays until the new one is there, and only its first page is asked for.
    client.setQueryData(asked.queryKey, (data) =>
      data === undefined ? data : { pages: data.pages.slice(0, 1), pageParams: data.pageParams.slice(0, 1) },
    )
    void list.refetch()
  }
  const setOrder = (next: Order) =>
    void navigate({ to: '.', search: (before: object) => ({ ...before, order: next === 'newest' ? undefined : next }) })
  const clearFilters = () =>
    void navigate({
      to: '.',
      search: (before: object) => ({
        ...Object.fromEntries(Object.entries(before).filter(([name]) => name === 'order')),
      }),
    })
  const finish = () => {
    const allRead = targets.every(({ read }) => read)
    void actions.setRead(targets, !allRead)
    if (chosen.length > 0) setSelected(nobody)
    else if (!allRead) moveTo(at + 1)
  }
  const works = mayWork(project.role)
  const noTarget = targets.length === 0 || !works
  const ask = (what: Asking['what'], about: readonly Mention[] = targets) =>
    setAsking({ what, ids: about.map(({ id }) => id) })
  const askedAbout = (what: Asking['what']) =>
    asking?.what !== what
      ? []
      : [...mentions, ...(at < 0 && current !== null ? [current] : [])].filter(({ id }) => asking.ids.includes(id))
  const endAsking = () => setAsking(null)

  useKeys(t('inbox.keys'), [
    { keys: 'j', also: 'ArrowDown', does: t('inbox.next'), run: () => moveTo(at + 1) },
    { keys: 'k', also: 'ArrowUp', does: t('inbox.previous'), run: () => moveTo(at - 1) },
    {
      keys: 'Enter',
      does: t('inbox.open'),
      off: current === null,
      run: () => current !== null && openMention(current),
    },
    { keys: 'e', does: t('inbox.doneHelp'), off: noTarget, run: finish },
    {
      keys: 't',
      does: t('inbox.ticket'),
      off: noTarget,
      run: () => void actions.openTicket(targets).then(() => setSelected(nobody)),
    },
    { keys: 'a', does: t('inbox.assign'), off: noTarget, run: () => ask('member') },
    { keys: 'r', does: t('inbox.reply'), off: noTarget, run: () => void actions.answer(targets) },
    ...tonalities.map((value, index) => ({
      keys: String(index + 1),
      does: t(`inbox.judge_${value}`),
      off: noTarget,
      run: () => void actions.judge(targets, { field: 'sentiment', value }),
    })),
    { keys: 's', does: t('inbox.stage'), off: noTarget, run: () => ask('stage') },
    { keys: 'p', does: t('understood.place'), off: noTarget, run: () => ask('place') },
    { keys: 'c', does: t('understood.category'), off: noTarget, run: () => ask('category') },
    { keys: 'l', does: t('inbox.tag'), off: noTarget, run: () => ask('tag') },
    {
      keys: 'm',
      does: t('inbox.important'),
      off: noTarget,
      run: () => void actions.setImportant(targets, !targets.every(({ important }) => important)),
    },
    {
      keys: 'x',
      does: t('inbox.select'),
      off: current === null || !works,
      run: () => current !== null && select(current, false),
    },
    {
      keys: 'o',
      does: t('inbox.original'),
      off: current?.url == null,
      run: () =>
        current?.url != null && isWebAddress(current.url) && window.open(current.url, '_blank', 'noopener,noreferrer'),
    },
    {
      keys: 'w',
      does: t('author.openKey'),
      off: !isKnownAuthor(current),
      run: () =>
        void navigate({
          to: '/projects/$project/authors/$author',
          params: { project: String(project.id), author: current?.author?.id ?? '' },
        }),
    },
    {
      // A ticket has the small one for its queue.
      keys: 'U',
      also: 'u',
      does: t('understood.uncoverKey'),
      ...showing,
    },
    { keys: 'n', does: t('inbox.newKey'), off: waiting === 0, run: takeNew },
    { keys: 'f', does: t('inbox.filtersKey'), run: () => setFiltering(true) },
    {
      keys: 'Escape',
      does: t('inbox.close'),
      off: open === null && selected.size === 0,
      run: () => (open === null ? setSelected(nobody) : close()),
    },
  ])

  const queryProblem = list.error instanceof Problem && list.error.field === 'q' ? list.error.message : null
  const showsList = !narrow || open === null
  return (
    <Page
      title={t('inbox.title')}
      scroll={false}
      covered={!showsList}
      note={total === undefined ? undefined : t('inbox.total', { count: total, shown: f.number(total) })}
      bar={
        showsList ? (
          <QueryLine project={project.id} sentence={queryProblem} onAll={() => setFiltering(true)} />
        ) : undefined
      }
      actions={
        <>
          {waiting > 0 && (
            <Button variant="light" leftSection={<Icon name="up" />} onClick={takeNew}>
              {t('inbox.newWaiting', { count: waiting, shown: f.number(waiting) })}
            </Button>
          )}
          <Menu position="bottom-end">
            <Menu.Target>
              {narrow ? (
                <ActionIcon size={40} aria-label={t('inbox.order')}>
                  <Icon name="updown" />
                </ActionIcon>
              ) : (
                <Button variant="subtle" color="gray" rightSection={<Icon name="down" size={12} />}>
                  {t(`inbox.order_${order}`)}
                </Button>
              )}
            </Menu.Target>
            <Menu.Dropdown>
              {orders.map((one) => (
                <Menu.Item
                  key={one}
                  rightSection={one === order && <Icon name="check" />}
                  onClick={() => setOrder(one)}
                >
                  {t(`inbox.order_${one}`)}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
          {narrow && (
            <ActionIcon
              size={40}
              className={styles.filters}
              aria-label={filtersOn === 0 ? t('filter.all') : `${t('filter.all')}: ${f.number(filtersOn)}`}
              onClick={() => setFiltering(true)}
            >
              <Icon name="filter" />
              {filtersOn > 0 && <span className={styles.count}>{f.number(filtersOn)}</span>}
            </ActionIcon>
          )}
        </>
      }
    >
      {showsList && (
        <section className={styles.list} data-beside={open !== null || undefined}>
          {list.isPending ? (
            <Loading rows={9} height={60} />
          ) : list.isError && list.data === undefined ? (
            queryProblem !== null ? (
              <Empty says={t('inbox.repairQuery')} />
            ) : (
              <Failed error={list.error} retry={list.refetch} />
            )
          ) : mentions.length === 0 ? (
            <NothingHere
              filtered={filtersOn > 0 || search.period !== undefined || search.from !== undefined}
              onClear={clearFilters}
            />
          ) : (
            <VirtualList
              key={JSON.stringify(asked.queryKey) + (list.data?.pages[0]?.newest ?? '')}
              items={mentions}
              keyOf={({ id }) => id}
              height={rowHeight}
              label={t('inbox.list')}
              current={at < 0 ? null : at}
              {...(total === undefined ? {} : { total })}
              onEnd={() =>
                list.hasNextPage && !list.isFetchingNextPage && !list.isFetchNextPageError && void list.fetchNextPage()
              }
              footer={
                list.isFetchNextPageError ? (
                  <p className={styles.foot}>
                    {t('inbox.moreFailed')}{' '}
                    <Button onClick={() => void list.fetchNextPage()}>{t('states.retry')}</Button>
                  </p>
                ) : (
                  <p className={styles.foot}>{list.hasNextPage ? t('states.loading') : t('inbox.end')}</p>
                )
              }
            >
              {(mention) => (
                <MentionRow
                  mention={mention}
                  current={mention.id === cursor}
                  open={mention.id === open}
                  selected={selected.has(mention.id)}
                  onOpen={openMention}
                  onSelect={works ? select : null}
                />
              )}
            </VirtualList>
          )}
          {chosen.length > 0 && works && (
            <SelectionBar
              mentions={chosen}
              actions={actions}
              onAsk={(what) => ask(what, chosen)}
              onAll={() => setSelected(new Set(mentions.map(({ id }) => id)))}
              onNone={() => setSelected(nobody)}
            />
          )}
        </section>
      )}
      {open !== null && (
        <div className={styles.detail}>
          <MentionDetail
            id={open}
            known={mentions.find(({ id }) => id === open) ?? null}
            actions={actions}
            onAsk={(what, mention) => ask(what, [mention])}
            onOpen={openMention}
            onClose={close}
          />
        </div>
      )}
      <TagSheet project={project.id} targets={askedAbout('tag')} actions={actions} onClose={endAsking} />
      <StageSheet targets={askedAbout('stage')} actions={actions} onClose={endAsking} />
      <PlaceSheet targets={askedAbout('place')} actions={actions} onClose={endAsking} />
      <CategorySheet targets={askedAbout('category')} categorise={categorise} onClose={endAsking} />
      <AssignSheet targets={askedAbout('member')} actions={actions} onClose={endAsking} />
      <FilterSheet project={project.id} open={filtering} onClose={() => setFiltering(false)} />
    </Page>
  )
}

/** Empty because of the filters, because there is no topic, or because nothing has come yet: each has one next step. */
function NothingHere({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  const { t } = useTranslation()
  const project = useProject()
  const topics = useTopics(project.id)
  const params = { project: String(project.id) }
  if (filtered) {
    return (
      <Empty says={t('inbox.nothing')} next={<Button onClick={onClear}>{t('inbox.clearFilters')}</Button>}>
        {t('inbox.nothingWords')}
      </Empty>
    )
  }
  if (topics.data?.length === 0 && mayManage(project.role)) {
    return (
      <Empty
        says={t('inbox.empty')}
        next={
          <ButtonLink variant="filled" to="/projects/$project/topics/$topic" params={{ ...params, topic: 'new' }}>
            {t('inbox.emptyAdd')}
          </ButtonLink>
        }
      >
        {t('inbox.emptyNoTopics')}
      </Empty>
    )
  }
  return (
    <Empty
      says={t('inbox.empty')}
      next={
        mayManage(project.role) && (
          <ButtonLink to="/projects/$project/sources" params={params}>
            {t('inbox.emptySources')}
          </ButtonLink>
        )
      }
    >
      {t('inbox.emptyWords')}
    </Empty>
  )
}
