"""Taking the exports of other systems: read a CSV file, check every row, then write all of it at once.

A file goes through `reading` (encoding, delimiter, header), `mapping` (which column is which field),
`evidence` (how its numbers and dates are written), `checking` (each row becomes a staged row or
findings) and `applying` (one transaction, set by set). `runs` keeps the state, `work` joins the steps.
"""
