import type { Point } from '../posts/post.ts'

export type Circle = { center: Point; km: number }

/** The value of `near`, as the tree keeps it: `latitude,longitude,km`. */
export function readCircle(text: string): Circle {
  const [latitude = 0, longitude = 0, km = 0] = text.split(',').map(Number)
  return { center: { latitude, longitude }, km }
}

/** Kilometres along the surface (haversine, on a sphere of the earth's mean radius). */
export function kmBetween(a: Point, b: Point): number {
  const [latitude, longitude] = [radians(b.latitude - a.latitude), radians(b.longitude - a.longitude)]
  const half =
    Math.sin(latitude / 2) ** 2 +
    Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(longitude / 2) ** 2
  return 2 * earthKm * Math.asin(Math.min(1, Math.sqrt(half)))
}

/** Degrees of latitude that the circle certainly does not leave. */
export function latitudesOf({ center, km }: Circle): [number, number] {
  const reach = (km / earthKm) * (180 / Math.PI) + 1e-6
  return [center.latitude - reach, center.latitude + reach]
}

const earthKm = 6371.0088

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180
}
