package main

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// wrongCells are those that no total may count, with the cells that stand or
// fall with them.
var wrongCells = map[string]bool{
	"2025-06/soc-son.xlsx CT02_LD":     true,
	"2025-06/dong-anh.xlsx CT01_CB":    true,
	"2025-06/hoai-duc.xlsx CT02_LD":    true,
	"2025-06/hoai-duc.xlsx CT02_LD_NU": true,
	"2025-06/ung-hoa.xlsx CT03_HO":     true,
}

// superseded is the version that was handed in again.
const superseded = "2025-06/hoang-mai.xlsx"

var nothing = map[string]bool{"0": true, "-": true, "kps": true, "không phát sinh": true}

// Sums over the workbooks made without any of the code that reads submissions:
// what every published figure of the samples can be held against.
func TestTotals(t *testing.T) {
	files := made(t)
	codes := []string{"CT01_KN", "CT01_HV", "CT01_CB", "CT01_VU", "CT02_LD", "CT02_LD_NU", "CT03_HO"}
	sums := map[string]int{}
	for _, f := range files {
		if !isReport(f) || f.path == superseded {
			continue
		}
		month, _, _ := strings.Cut(f.path, "/")
		found := answers(t, f.data)
		for _, code := range codes {
			raw, asked := found[code]
			if !asked || wrongCells[f.path+" "+code] || nothing[strings.ToLower(raw)] {
				continue
			}
			n, err := strconv.Atoi(strings.ReplaceAll(raw, ".", ""))
			if err != nil {
				t.Errorf("%s: %s is %q", f.path, code, raw)
			}
			sums[code+" "+month] += n
		}
	}
	var b strings.Builder
	for _, code := range codes {
		for m := range months {
			month := firstMonth.Add(m).String()
			fmt.Fprintf(&b, "%s %s %d\n", code, month, sums[code+" "+month])
		}
	}
	golden(t, "totals.txt", b.String())
}

// answers are the stored values beside the codes.
func answers(t *testing.T, data []byte) map[string]string {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows("Báo cáo", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, row := range rows {
		if len(row) >= colValue && strings.Contains(row[colCode-1], "_") {
			found[row[colCode-1]] = row[colValue-1]
		}
	}
	return found
}
