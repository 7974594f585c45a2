import {
  createTheme,
  type CSSVariablesResolver,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core'

// Mantine paints with shades 0 to 9; these lie around the accent of tokens.css, which overrides what is visible.
const cobalt: MantineColorsTuple = [
  '#e9effc',
  '#cfdcf8',
  '#a9c0ff',
  '#8dabff',
  '#5f85e4',
  '#3f69d3',
  '#2a56c6',
  '#2149ab',
  '#1b3d90',
  '#142e6e',
]
// Dark grounds: 0 is text, 7 the body, 6 the ground of controls, 4 their border.
const dark: MantineColorsTuple = [
  '#eceef1',
  '#b1b6bf',
  '#9096a0',
  '#747983',
  '#3a3d45',
  '#292c32',
  '#1a1c20',
  '#121316',
  '#0d0e10',
  '#08090a',
]

/** Buttons in our colours: one filled accent, a quiet rest, and orange-red for what cannot be undone. */
const variantColors: VariantColorsResolver = (input) => {
  const isDanger = input.color === 'red'
  const strong = isDanger ? 'var(--negative)' : 'var(--accent)'
  const soft = isDanger ? 'var(--negative-soft)' : 'var(--accent-soft)'
  const border = '1px solid transparent'
  switch (input.variant) {
    case 'filled':
      return {
        background: strong,
        hover: `color-mix(in srgb, ${strong} 86%, var(--text))`,
        color: 'var(--on-accent)',
        border,
      }
    case 'light':
      return { background: soft, hover: `color-mix(in srgb, ${soft} 80%, ${strong})`, color: strong, border }
    case 'outline':
      return { background: 'transparent', hover: soft, color: strong, border: `1px solid ${strong}` }
    case 'subtle':
      return {
        background: 'transparent',
        hover: 'var(--hover)',
        color: input.color === 'gray' ? 'var(--text-2)' : strong,
        border,
      }
    default:
      return defaultVariantColorsResolver(input)
  }
}

// The names stay in line whether one is chosen or not, and Enter takes the first that was found.
const choosing = {
  size: 'sm',
  checkIconPosition: 'right',
  selectFirstOptionOnChange: true,
  comboboxProps: { transitionProps: { duration: 0 } },
}

export const theme = createTheme({
  variantColorResolver: variantColors,
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  fontSizes: { xs: '12px', sm: '14px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '16px', sm: '20px', md: '20px', lg: '24px', xl: '28px' },
  headings: { fontFamily: 'var(--font)', fontWeight: '600' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '3px', sm: '4px', md: '5px', lg: '8px', xl: '12px' },
  defaultRadius: 'md',
  colors: { cobalt, dark },
  primaryColor: 'cobalt',
  primaryShade: { light: 6, dark: 3 },
  autoContrast: true,
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'xs', variant: 'default' } },
    ActionIcon: { defaultProps: { size: 28, variant: 'subtle', color: 'gray' } },
    TextInput: { defaultProps: { size: 'sm' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    Textarea: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: choosing },
    // What is chosen stands above already, and Enter must not take it back.
    MultiSelect: { defaultProps: { ...choosing, hidePickedOptions: true } },
    Popover: { defaultProps: { transitionProps: { duration: 0 }, shadow: 'none' } },
    Menu: { defaultProps: { transitionProps: { duration: 0 }, shadow: 'none', position: 'bottom-start' } },
    Tooltip: {
      defaultProps: { openDelay: 400, transitionProps: { duration: 0 }, withinPortal: true, multiline: true, maw: 320 },
    },
    Modal: { defaultProps: { lockScroll: false, transitionProps: { duration: 0 }, centered: true } },
    Drawer: { defaultProps: { lockScroll: false, transitionProps: { duration: 0 }, position: 'right' } },
    Checkbox: { defaultProps: { size: 'xs' } },
  },
})

/** Mantine's own variables point at ours, so that tokens.css stays the only place with colours. */
export const cssVariables: CSSVariablesResolver = () => {
  const ours = {
    '--mantine-color-body': 'var(--ground)',
    '--mantine-color-text': 'var(--text)',
    '--mantine-color-bright': 'var(--text)',
    '--mantine-color-dimmed': 'var(--text-3)',
    '--mantine-color-default': 'var(--raised)',
    '--mantine-color-default-hover': 'var(--hover)',
    '--mantine-color-default-color': 'var(--text)',
    '--mantine-color-default-border': 'color-mix(in srgb, var(--line-strong) 55%, var(--line))',
    '--mantine-color-placeholder': 'var(--text-3)',
    '--mantine-color-error': 'var(--negative)',
    '--mantine-color-anchor': 'var(--accent)',
    '--mantine-color-gray-light-color': 'var(--text-2)',
    '--mantine-color-gray-light-hover': 'var(--ground-3)',
    '--mantine-primary-color-filled': 'var(--accent)',
    '--mantine-primary-color-filled-hover': 'var(--accent-hover)',
    '--mantine-primary-color-contrast': 'var(--on-accent)',
  }
  return { variables: {}, light: ours, dark: ours }
}
