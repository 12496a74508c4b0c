"""Adds up the reports of a folder with pandas."""
import pathlib
import sys

import pandas

sums = {}
for path in sorted(pathlib.Path(sys.argv[1]).glob("*/*.xlsx")):
    sheet = pandas.read_excel(path, sheet_name="Báo cáo", header=None, usecols="B,E")
    sheet.columns = ["code", "value"]
    sheet["value"] = pandas.to_numeric(sheet["value"], errors="coerce")
    for code, n in sheet.dropna().itertuples(index=False):
        sums[code] = sums.get(code, 0) + int(n)
for code in sorted(sums):
    print(code, sums[code])
