"""The business records and their rules; knows nothing of processes, pages or the engine.

Every function takes the database connection first and never commits. One record per file:
`accounts`, `opportunities`, `pursue`, `pipeline`, `pended`, `thresholds`, `people`, ...
"""
