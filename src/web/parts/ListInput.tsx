import { TextInput } from '@mantine/core'
import { useState } from 'react'

/** Several words with commas between. What is typed stays as it is typed while it means the same. */
export function ListInput({
  label,
  placeholder,
  values,
  onChange,
}: {
  label: string
  placeholder: string
  values: readonly string[]
  onChange: (values: string[]) => void
}) {
  const [typed, setTyped] = useState(() => values.join(', '))
  const isSame = read(typed).join('\n') === values.join('\n')
  return (
    <TextInput
      label={label}
      placeholder={placeholder}
      value={isSame ? typed : values.join(', ')}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        onChange(read(event.currentTarget.value))
      }}
    />
  )
}

function read(text: string): string[] {
  return text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
}
