/** Leads from one thing to the list it stands in: <BackLink to="/projects/$project/topics" params={…}>All topics</BackLink> */
import { Button, type ButtonProps } from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import type { ComponentPropsWithRef } from 'react'
import { Icon } from '../look/icons.tsx'

type Props = ButtonProps & Omit<ComponentPropsWithRef<'a'>, keyof ButtonProps>

export const BackLink = createLink((props: Props) => (
  <Button component="a" variant="subtle" leftSection={<Icon name="left" />} {...props} />
))
