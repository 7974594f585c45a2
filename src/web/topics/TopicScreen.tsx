export function TopicScreen() {
  return null
}
