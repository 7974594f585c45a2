/** A button that leads somewhere: <ButtonLink to="/projects/$project/topics" params={…} variant="filled">…</ButtonLink> */
import { Button, type ButtonProps } from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import type { ComponentPropsWithRef } from 'react'

type Props = ButtonProps & Omit<ComponentPropsWithRef<'a'>, keyof ButtonProps>

export const ButtonLink = createLink((props: Props) => <Button component="a" {...props} />)
