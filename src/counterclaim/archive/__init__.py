"""Archive: years of reports, sifted, read and kept as Parquet.

Takes archives of pages and texts on disk; gives a folder of tables (claims, figures, events, documents,
problems, what was let go), parted by day, with a manifest, and the readings in it to a ledger.
Never reads words itself, never drops a document without a row that says why, and gives the same bytes
however many processes worked.

Doors: ``run.code_archives``, ``views.open_views``, ``loading.read_back``. Its libraries come with the
extra ``archive``; Ray with the extra ``ray``.
"""
