// Adds up the reports of a folder with SheetJS.
const fs = require("fs");
const path = require("path");
const XLSX = require("xlsx");

const sums = {};
const root = process.argv[2];
for (const month of fs.readdirSync(root)) {
  for (const name of fs.readdirSync(path.join(root, month))) {
    const book = XLSX.readFile(path.join(root, month, name), { sheets: "Báo cáo" });
    for (const row of XLSX.utils.sheet_to_json(book.Sheets["Báo cáo"], { header: "A" })) {
      if (row.B && typeof row.E === "number") sums[row.B] = (sums[row.B] || 0) + row.E;
    }
  }
}
for (const code of Object.keys(sums).sort()) console.log(code, sums[code]);
