import { readRows } from './read-rows.ts'

/** danielpreotiuc/complaints-social-media at 54e3402c: English tweets to and about brands, and others. */
export function readComplaints(): { text: string; domain: string; isComplaint: boolean }[] {
  return readRows<'label' | 'domain' | 'text'>('complaints/complaints.train.tsv').map(({ label, domain, text }) => ({
    text,
    domain,
    isComplaint: label === 'complaint',
  }))
}
