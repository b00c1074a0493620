"""Whether the site works: health for machines, a page for staff, answers for what nobody has named."""
