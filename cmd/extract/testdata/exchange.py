"""Loads and saves a translator's file, as Weblate does with the same library:

    python3 exchange.py po|xliff|csv file
"""

import csv
import sys

tool, name = sys.argv[1:]

if tool == "csv":  # as a spreadsheet program: every cell, with other quotation marks
    with open(name, encoding="utf-8-sig", newline="") as f:
        rows = list(csv.reader(f))
    with open(name, "w", encoding="utf-8-sig", newline="") as f:
        csv.writer(f, delimiter=";", quoting=csv.QUOTE_ALL).writerows(rows)
    sys.exit()

if tool == "po":
    from translate.storage.pypo import pofile as store
elif tool == "xliff":
    from translate.storage.xliff import xlifffile as store
loaded = store.parsefile(name)
with open(name, "wb") as f:
    loaded.serialize(f)
